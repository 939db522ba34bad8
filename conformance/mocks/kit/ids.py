"""Identifiers that derive from the seed alone."""

from __future__ import annotations

import random
import uuid
from functools import lru_cache


@lru_cache(maxsize=32_768)
def _named(space: uuid.UUID, name: str) -> str:
    return str(uuid.uuid5(space, name))


class Ids:
    """``named`` ids are the same in every run with one seed; ``fresh`` ones follow each other in a fixed order."""

    def __init__(self, vendor: str, seed: int) -> None:
        self._space = uuid.uuid5(uuid.NAMESPACE_URL, f"mock:{vendor}:{seed}")
        self._random = random.Random(f"{vendor}:{seed}")  # noqa: S311 - reproducible on purpose, guards nothing

    def named(self, *name: object) -> str:
        """The UUID of ``name``, lower case."""
        return _named(self._space, "/".join(map(str, name)))

    def fresh(self) -> str:
        """A UUID of version 4 that nobody had before."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
