"""What the module of a type asks of the search for a value: the values inside, and a step's leave."""

from __future__ import annotations

from typing import Protocol

from conformance.drift.containment.literal import Goal
from conformance.drift.containment.outcome import Outcome
from conformance.drift.containment.universe import Universe


class Finder(Protocol):
    """Finds values among the schemas of one ``universe``; ``strict`` takes an open object at its word."""

    @property
    def universe(self) -> Universe:
        """The schemas."""

    @property
    def strict(self) -> bool:
        """Whether a sender may use a name that only the receiver declares."""

    def find(self, goal: Goal) -> Outcome:
        """A value for ``goal``, as part of a search."""

    def is_void(self, goal: Goal) -> bool:
        """Whether it is certain that no value is as ``goal`` asks."""

    def tick(self) -> None:
        """Count one step.

        :raises Exception: it was the last one; the search takes it from there.
        """
