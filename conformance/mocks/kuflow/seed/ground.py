"""What seeded records grow from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conformance.mocks.kit.ids import Ids

TIES = 12


def seed_ids(seed: int) -> Ids:
    """The ids of the data that a seed gives."""
    return Ids("kuflow-seed", seed)


def seed_chance(seed: int, part: str) -> random.Random:
    """The chance of one part of the data that a seed gives."""
    return random.Random(f"{seed}:{part}")  # noqa: S311 - reproducible on purpose


@dataclass(frozen=True)
class Ground:
    """The ids and the chance of a seed, and the moment before which everything happened."""

    ids: Ids
    chance: random.Random
    now: datetime

    def audited(self, key: str, number: int, author: str) -> dict[str, Any]:
        """The common fields of record ``number``.

        Its moment of creation is no other's and more than three days old, its last modification is one of twelve
        moments within the last two days.
        """
        return {
            "key": key,
            "id": key,
            "created_by": author,
            "created_at": self.now - timedelta(days=90) + timedelta(minutes=17 * number, milliseconds=7 * number),
            "modified_by": author,
            "modified_at": self.now - timedelta(hours=4 * self.chance.randint(1, TIES)),
        }
