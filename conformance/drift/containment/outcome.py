"""What the search for a value can come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Found:
    """A value that is as it was asked for."""

    value: Any


@dataclass(frozen=True)
class Nothing:
    """No such value exists."""


@dataclass(frozen=True)
class Unsure:
    """No value was found, and none was shown to be missing; ``tried`` says what stood in the way."""

    tried: frozenset[str]


NOTHING: Final = Nothing()
Outcome = Found | Nothing | Unsure


def unsure(*tried: str) -> Unsure:
    """An outcome that says what was tried."""
    return Unsure(frozenset(tried))


def either(outcomes: list[Outcome]) -> Outcome:
    """The outcome of a search that has several ways: the first value found, else nothing only if each says so."""
    tried: frozenset[str] = frozenset()
    for outcome in outcomes:
        if isinstance(outcome, Found):
            return outcome
        if isinstance(outcome, Unsure):
            tried |= outcome.tried
    return Unsure(tried) if tried else NOTHING
