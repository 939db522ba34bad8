"""Numbers within bounds that are multiples of some and not of others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from conformance.drift.containment.facts import Fact
from conformance.drift.containment.outcome import NOTHING, Found, Outcome, unsure
from conformance.drift.containment.rewriting import text

_MOST = 20_000
"""How many multiples are looked at."""


@dataclass
class _Range:
    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    steps: list[Fraction] = field(default_factory=list)
    barred: list[Fraction] = field(default_factory=list)
    besides: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> _Range:
        found = cls()
        for fact in facts:
            match fact.name:
                case "minimum" | "exclusiveMinimum":
                    found._from(_exact(fact.arg), fact.name != "minimum")
                case "maximum" | "exclusiveMaximum":
                    found._to(_exact(fact.arg), fact.name != "maximum")
                case "multipleOf":
                    found.steps.append(_exact(fact.arg))
                case "integer":
                    found.steps.append(Fraction(1))
                case "not multipleOf":
                    found.barred.append(_exact(fact.arg))
                case "fraction":
                    found.barred.append(Fraction(1))
                case "besides":
                    found.besides |= set(fact.arg)
        return found

    def _from(self, bound: Fraction, is_open: bool) -> None:
        if self.low is None or (bound, is_open) > (self.low, self.low_open):
            self.low, self.low_open = bound, is_open

    def _to(self, bound: Fraction, is_open: bool) -> None:
        if self.high is None or (-bound, is_open) > (-self.high, self.high_open):
            self.high, self.high_open = bound, is_open

    def holds(self, number: Fraction) -> bool:
        """Whether ``number`` is as asked for."""
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return (
            above
            and below
            and all(_divides(step, number) for step in self.steps)
            and not any(_divides(step, number) for step in self.barred)
            and text(_json(number)) not in self.besides
        )


def number(facts: Sequence[Fact]) -> Outcome:
    """A number of which ``facts`` hold."""
    wanted = _Range.of(facts)
    if wanted.low is not None and wanted.high is not None and wanted.low > wanted.high:
        return NOTHING
    candidates, is_all = _multiples(wanted) if wanted.steps else _between(wanted)
    for candidate in candidates:
        if wanted.holds(candidate):
            return Found(_json(candidate))
    return NOTHING if is_all else unsure(f"looked at {_MOST} multiples")


def _multiples(wanted: _Range) -> tuple[Iterator[Fraction], bool]:
    """The multiples of every step in the range, and whether those are enough to know."""
    step = wanted.steps[0]
    for other in wanted.steps[1:]:
        step = _least_common(step, other)
    if any(_divides(barred, step) for barred in wanted.barred):
        return iter(()), True
    first, last = _first(wanted, step), _last(wanted, step)
    if first is None and last is None:
        middle = range(_MOST)
        return (step * sign * n for n in middle for sign in (1, -1)), False
    if first is None:
        assert last is not None
        return (step * (last - n) for n in range(_MOST)), False
    if last is None:
        return (step * (first + n) for n in range(_MOST)), False
    count = min(last - first + 1, _MOST)
    return (step * (first + n) for n in range(max(count, 0))), count < _MOST


def _first(wanted: _Range, step: Fraction) -> int | None:
    if wanted.low is None:
        return None
    count = math.ceil(wanted.low / step)
    return count + 1 if wanted.low_open and count * step == wanted.low else count


def _last(wanted: _Range, step: Fraction) -> int | None:
    if wanted.high is None:
        return None
    count = math.floor(wanted.high / step)
    return count - 1 if wanted.high_open and count * step == wanted.high else count


def _between(wanted: _Range) -> tuple[Iterator[Fraction], bool]:
    """Numbers in the range, of a kind that no few multiples and values exhaust."""
    low, high = wanted.low, wanted.high
    if low is not None and low == high:
        return iter((low,)), True
    if low is None and high is None:
        low, high = Fraction(0), Fraction(1000)
    elif low is None:
        assert high is not None
        low = high - 1000
    elif high is None:
        high = low + 1000
    assert low is not None
    assert high is not None
    width = high - low
    whole = [Fraction(n) for n in range(math.ceil(low), min(math.floor(high), math.ceil(low) + 20) + 1)]
    parts = [low + width * Fraction(n, d) for d in (2, 4, 8, 16, 128, 1024) for n in range(1, d, 2)][:200]
    odd = [low + width * Fraction(n, 997) for n in range(1, 997)]
    return iter([*whole, low, high, *parts, *map(_rounded, odd)]), False


def _rounded(value: Fraction) -> Fraction:
    return Fraction(repr(float(value)))


def _exact(value: Any) -> Fraction:
    return Fraction(value) if isinstance(value, int) else Fraction(repr(value))


def _divides(step: Fraction, value: Fraction) -> bool:
    return (value / step).denominator == 1


def _least_common(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(math.lcm(one.numerator, other.numerator), math.gcd(one.denominator, other.denominator))


def _json(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)
