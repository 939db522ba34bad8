"""The normal form of a schema: shapes, each a conjunction of what is said of values of one JSON type."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

from conformance.drift.containment.universe import SILENT, Schema, conjunction

Kind = Literal["null", "boolean", "number", "string", "array", "object"]
KINDS: tuple[Kind, ...] = ("null", "boolean", "number", "string", "array", "object")
FEW = 64
"""Integers of a range that are taken one by one."""


class TooComplex(Exception):
    """A schema is beyond this procedure; the text says how."""


@dataclass(frozen=True)
class Shape:
    """Values of one ``kind``; every field that is left alone says nothing.

    ``values`` are all there are, where they are finite. ``shortest`` and ``longest`` count the letters of a string, the
    items of an array, the properties of an object. ``rest`` is for items after ``prefix``; ``additional`` for
    properties that neither ``properties`` nor ``by_pattern`` names; ``names`` are what every property's name fits.
    ``nots`` are schemas whose values are left out; ``opaque`` are keywords that nothing is concluded from.
    """

    kind: Kind
    values: tuple[Any, ...] | None = None
    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False
    multiples: frozenset[Fraction] = frozenset()
    shortest: int = 0
    longest: int | None = None
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    prefix: tuple[Schema, ...] = ()
    rest: Schema = True
    unique: bool = False
    properties: Mapping[str, Schema] = field(default_factory=dict)
    by_pattern: Mapping[str, Schema] = field(default_factory=dict)
    additional: Schema = True
    required: frozenset[str] = frozenset()
    names: tuple[Schema, ...] = ()
    nots: tuple[Schema, ...] = ()
    opaque: frozenset[str] = frozenset()

    def item(self, index: int) -> Schema:
        """The schema of the item at ``index``."""
        return self.prefix[index] if index < len(self.prefix) else self.rest

    def member(self, name: str) -> Schema:
        """The schema of the property ``name``."""
        matching = [schema for pattern, schema in self.by_pattern.items() if re.search(pattern, name)]
        if name in self.properties:
            matching.insert(0, self.properties[name])
        return conjunction(*matching) if matching else self.additional

    def never_sends(self, name: str) -> bool:
        """Whether a sender that lists its properties, and is silent about others, neither lists nor needs this one."""
        silent = self.additional == SILENT and name not in self.properties and name not in self.required
        return silent and not any(re.search(pattern, name) for pattern in self.by_pattern)

    @property
    def fewest(self) -> int:
        """The least number of properties."""
        return max(self.shortest, len(self.required))

    def integers(self) -> tuple[int, ...] | None:
        """All values of a range that holds few integers and nothing else; ``None`` for any other."""
        if self.kind != "number" or self.low is None or self.high is None:
            return None
        if not any(step.denominator == 1 for step in self.multiples) or self.high - self.low > FEW:
            return None
        numbers = range(math.ceil(self.low), math.floor(self.high) + 1)
        return tuple(number for number in numbers if self.holds(Fraction(number)))

    def holds(self, number: Fraction) -> bool:
        """Whether a number is in the range and on every step."""
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below and all((number / step).denominator == 1 for step in self.multiples)


def both(one: Shape, other: Shape) -> Shape | None:
    """The shape of the values that two shapes of one kind share; ``None`` when there are none.

    :raises TooComplex: patterns of property names that nobody can tell apart.
    """
    low, low_open = _bound(one.low, one.low_open, other.low, other.low_open, highest=True)
    high, high_open = _bound(one.high, one.high_open, other.high, other.high_open, highest=False)
    lengths = [length for length in (one.longest, other.longest) if length is not None]
    longest = max(len(one.prefix), len(other.prefix))
    merged = replace(
        one,
        values=_shared(one.values, other.values),
        low=low,
        low_open=low_open,
        high=high,
        high_open=high_open,
        multiples=one.multiples | other.multiples,
        shortest=max(one.shortest, other.shortest),
        longest=min(lengths) if lengths else None,
        patterns=one.patterns | other.patterns,
        formats=one.formats | other.formats,
        prefix=tuple(conjunction(one.item(index), other.item(index)) for index in range(longest)),
        rest=conjunction(one.rest, other.rest),
        unique=one.unique or other.unique,
        properties=_properties(one, other),
        by_pattern=_by_pattern(one, other),
        additional=conjunction(one.additional, other.additional),
        required=one.required | other.required,
        names=_joined(one.names, other.names),
        nots=_joined(one.nots, other.nots),
        opaque=one.opaque | other.opaque,
    )
    return None if is_empty(merged) else merged


def is_empty(shape: Shape) -> bool:
    """Whether it is plain that a shape has no value; ``False`` leaves it open."""
    if shape.values is not None:
        return not shape.values
    if any(schema in (True, {}) for schema in shape.nots):
        return True
    if shape.kind == "number":
        return _no_number(shape)
    if shape.longest is not None and shape.longest < shape.fewest:
        return True
    if shape.kind == "array":
        return any(shape.item(index) is False for index in range(shape.shortest))
    return any(shape.member(name) is False for name in shape.required)


def _no_number(shape: Shape) -> bool:
    if shape.low is None or shape.high is None:
        return False
    if shape.low > shape.high or (shape.low == shape.high and (shape.low_open or shape.high_open)):
        return True
    if shape.low == shape.high:
        return not shape.holds(shape.low)
    step = max(shape.multiples, default=Fraction(0))
    if not step:
        return False
    first = math.ceil(shape.low / step) * step
    first = first + step if first == shape.low and shape.low_open else first
    return first > shape.high or (first == shape.high and shape.high_open)


def _bound(
    one: Fraction | None, one_open: bool, other: Fraction | None, other_open: bool, *, highest: bool
) -> tuple[Fraction | None, bool]:
    """The tighter of two bounds."""
    if one is None or other is None:
        return (other, other_open) if one is None else (one, one_open)
    if one == other:
        return one, one_open or other_open
    return (one, one_open) if (one > other) == highest else (other, other_open)


def _shared(one: tuple[Any, ...] | None, other: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return tuple(value for value in one if value in other)


def _joined(one: Iterable[Schema], other: Iterable[Schema]) -> tuple[Schema, ...]:
    found = list(one)
    found += [schema for schema in other if schema not in found]
    return tuple(found)


def _properties(one: Shape, other: Shape) -> dict[str, Schema]:
    names = dict.fromkeys((*one.properties, *other.properties))
    return {name: conjunction(one.member(name), other.member(name)) for name in names}


def _by_pattern(one: Shape, other: Shape) -> dict[str, Schema]:
    if one.by_pattern and other.by_pattern and one.by_pattern.keys() != other.by_pattern.keys():
        if one.additional is not True or other.additional is not True:
            raise TooComplex("patternProperties of two schemas that are combined")
        names = dict.fromkeys((*one.by_pattern, *other.by_pattern))
        return {name: conjunction(one.by_pattern.get(name, True), other.by_pattern.get(name, True)) for name in names}
    names = dict.fromkeys((*one.by_pattern, *other.by_pattern))
    return {
        name: conjunction(one.by_pattern.get(name, one.additional), other.by_pattern.get(name, other.additional))
        for name in names
    }
