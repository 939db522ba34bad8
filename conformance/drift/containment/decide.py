"""Whether everything that one schema admits is admitted by another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.contract.pointer import ABSENT
from conformance.drift.containment.literal import Literal
from conformance.drift.containment.outcome import Found, Nothing
from conformance.drift.containment.search import Search
from conformance.drift.containment.universe import Node, Universe


@dataclass(frozen=True)
class Yes:
    """Whatever is sent is understood."""


@dataclass(frozen=True)
class No:
    """``counterexample`` is sent and not understood; the validator says so of both sides."""

    counterexample: Any


@dataclass(frozen=True)
class Unknown:
    """Neither was shown; ``tried`` says how."""

    tried: tuple[str, ...]


Answer = Yes | No | Unknown


class Containment:
    """Answers for the schemas of one universe."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self._searches = {strict: Search(universe, strict) for strict in (False, True)}
        self._answers: dict[tuple[Node, Node, bool], Answer] = {}

    def answer(self, sender: Node, receiver: Node, *, strict: bool = False) -> Answer:
        """Whether ``receiver`` admits whatever ``sender`` does.

        Unless ``strict``, the sender of an object with declared properties uses no name that the receiver alone
        declares.
        """
        if sender is receiver or receiver.schema is True or sender.schema is False:
            return Yes()
        key = (sender, receiver, strict)
        if key not in self._answers:
            self._answers[key] = self._answer(sender, receiver, strict)
        return self._answers[key]

    def _answer(self, sender: Node, receiver: Node, strict: bool) -> Answer:
        goal = frozenset({Literal(sender, True, "sender"), Literal(receiver, False, "receiver")})
        outcome = self._searches[strict].value(goal)
        if isinstance(outcome, Nothing):
            return Yes()
        if isinstance(outcome, Found):
            if self.universe.admits(sender, outcome.value) and not self.universe.admits(receiver, outcome.value):
                return No(outcome.value)
            return Unknown(("found a value that the validator does not confirm",))
        return Unknown(tuple(sorted(outcome.tried)))

    def is_same(self, one: Node, other: Node) -> bool:
        """Whether both are shown to admit the same values."""
        return one is other or all(
            isinstance(self.answer(a, b, strict=True), Yes) for a, b in ((one, other), (other, one))
        )

    def sample(self, node: Node, *others: Node) -> Any:
        """A value that ``node`` and all ``others`` admit, or ``ABSENT``."""
        goal = frozenset(Literal(each, True, "sender") for each in (node, *others))
        outcome = self._searches[True].value(goal)
        if isinstance(outcome, Found) and all(self.universe.admits(each, outcome.value) for each in (node, *others)):
            return outcome.value
        return ABSENT
