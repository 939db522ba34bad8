"""The answer to one question: does one schema have every value of another?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal

from conformance.drift.containment.candidates import Candidates
from conformance.drift.containment.expansion import Expansion
from conformance.drift.containment.proof import Prover
from conformance.drift.containment.shape import TooComplex
from conformance.drift.containment.universe import Schema, Universe, text

TRIED = 1500
"""Candidates for a counterexample that are held against both schemas."""


@dataclass(frozen=True)
class Answer:
    """``yes`` was proven; ``no`` has a confirmed ``counterexample``; ``unknown`` says what was ``tried``."""

    verdict: Literal["yes", "no", "unknown"]
    counterexample: Any = None
    tried: tuple[str, ...] = ()


YES = Answer("yes")


@dataclass
class Containment:
    """Decides containment of the schemas of one universe; each question is answered once."""

    universe: Universe
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.expansion = Expansion(self.universe)

    def decide(self, wider: Schema, narrower: Schema) -> Answer:
        """Whether every value of ``narrower`` is one of ``wider``."""
        key = (text(wider), text(narrower))
        if key not in self._answers:
            self._answers[key] = self._decided(wider, narrower)
        return self._answers[key]

    def has_values(self, schema: Schema) -> bool:
        """Whether ``schema`` may have any value."""
        return not Prover(self.expansion).empty(schema)

    def example(self, schema: Schema) -> Any:
        """A value of ``schema``; ``None`` may also mean that none was found."""
        return next(self._values(Candidates(self.expansion).some(schema)), None)

    def _decided(self, wider: Schema, narrower: Schema) -> Answer:
        prover = Prover(self.expansion)
        if prover.contains(wider, narrower):
            return YES
        count = 0
        made = Candidates(self.expansion)
        for value in islice(self._values(chain(made.of(narrower, wider), made.some(narrower))), TRIED):
            count += 1
            if self.universe.is_valid(narrower, value) and not self.universe.is_valid(wider, value):
                return Answer("no", value)
        if prover.empty(narrower):
            return YES
        return Answer("unknown", tried=(*dict.fromkeys(prover.doubts[-3:]), f"{count} values hold on both sides"))

    def _values(self, made: Iterator[Any]) -> Iterator[Any]:
        seen: set[str] = set()
        try:
            for value in made:
                key = text(value)
                if key not in seen:
                    seen.add(key)
                    yield value
        except TooComplex:
            return
