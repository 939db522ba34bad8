"""How long a process is under way after it was created or moved: not at all, some reads, or some seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.progress import Progress
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import ENDED, INITIALIZED, RUNNING

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import OptimaJet


def under_way(server: OptimaJet, instance: Instance) -> float:
    """The part of the way still to go, from 1 to 0."""
    gone = (server.clock.now() - instance.moved_at).total_seconds()
    return 1 - Progress.of(server.settings.progress).share(instance.reads + 1, gone)


def status(server: OptimaJet, instance: Instance) -> int:
    """The instance status: of the way first, then of the activity where the process rests."""
    left = server.rules.progress.under_way(server, instance)
    if not left:
        return instance.activity.status
    return INITIALIZED if left == 1 and not instance.steps else RUNNING


def look(_: OptimaJet, instance: Instance) -> None:
    """Count a read of an instance."""
    instance.reads += 1


def ended(instance: Instance) -> bool:
    """Whether a process rests in a final activity."""
    return instance.activity.status in ENDED


@dataclass
class ProgressRules:
    """How processes come to rest."""

    under_way: Callable[[OptimaJet, Instance], float] = under_way
    status: Callable[[OptimaJet, Instance], int] = status
    look: Callable[[OptimaJet, Instance], None] = look
