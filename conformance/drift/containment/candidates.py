"""Values that may break a containment: of the narrower schema, near the borders of the wider one.

Nothing here is relied on: whoever uses a candidate holds it against both schemas first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain, islice, product
from typing import Any

from conformance.drift.containment import formats, patterns
from conformance.drift.containment.expansion import Expansion
from conformance.drift.containment.shape import Shape, TooComplex
from conformance.drift.containment.universe import Schema, text

DEEP = 9
"""Levels of a value that candidates are varied in."""

EACH = 60
"""Candidates for one part of a value."""

LONGEST = 5000
"""Letters of a text, and items or properties of a value, that a candidate has."""


@dataclass
class Candidates:
    """Makes values of the schemas of one universe."""

    expansion: Expansion
    _open: list[str] = field(default_factory=list, repr=False)

    def of(self, narrower: Schema, wider: Schema, deep: int = DEEP) -> Iterator[Any]:
        """Values of ``narrower``, most of them, of which some may be none of ``wider``."""
        key = text([narrower, wider])
        if deep <= 0 or self._open.count(key) > 1:
            return
        self._open.append(key)
        try:
            outers = self._shapes(wider)
            for inner in self._shapes(narrower):
                same = [shape for shape in outers if shape.kind == inner.kind]
                yield from islice(self._near(inner, same, deep), EACH * 4)
        finally:
            self._open.remove(key)

    def some(self, schema: Schema, deep: int = 6) -> Iterator[Any]:
        """Plain values of ``schema``, small ones first."""
        if deep > 0:
            for shape in self._shapes(schema):
                yield from islice((value for value in self._plain(shape, deep) if self._is(schema, value)), 3)

    def _is(self, schema: Schema, value: Any) -> bool:
        return self.expansion.universe.is_valid(schema, value)

    def _shapes(self, schema: Schema) -> Sequence[Shape]:
        try:
            return self.expansion.shapes(schema)
        except TooComplex:
            return ()

    def _plain(self, shape: Shape, deep: int) -> Iterator[Any]:
        yield from self._near(shape, (), deep)

    def _near(self, inner: Shape, outers: Sequence[Shape], deep: int) -> Iterator[Any]:
        values = inner.values if inner.values is not None else inner.integers()
        if values is not None:
            yield from values
            return
        match inner.kind:
            case "number":
                yield from _numbers([inner, *outers])
            case "string":
                yield from _strings(inner, outers)
            case "array":
                yield from self._arrays(inner, outers, deep)
            case "object":
                yield from self._objects(inner, outers, deep)

    def _arrays(self, inner: Shape, outers: Sequence[Shape], deep: int) -> Iterator[Any]:
        lengths = _lengths([inner, *outers])
        fillings: dict[int, list[Any]] = {}

        def filled(index: int) -> Any:
            place = min(index, len(inner.prefix))
            if place not in fillings:
                fillings[place] = list(islice(self.some(inner.item(place), deep - 1), 4))
            found = fillings[place]
            if not found:
                return None
            return _another(found, index) if inner.unique else found[0]

        for length in lengths:
            if length <= LONGEST:
                yield [filled(index) for index in range(length)]
        reach = max([len(inner.prefix), *(len(one.prefix) for one in outers)]) + 1
        for index in range(reach):
            before = [filled(place) for place in range(max(index, inner.shortest))]
            for other in outers or (Shape("array"),):
                for value in islice(self.of(inner.item(index), other.item(index), deep - 1), EACH):
                    whole = list(before)
                    whole[index : index + 1] = [value]
                    yield whole
                    yield [value, value]

    def _objects(self, inner: Shape, outers: Sequence[Shape], deep: int) -> Iterator[Any]:
        least = self._least(inner, deep)
        yield least
        whole = {**self._all(inner, deep), **least}
        yield whole
        for base in (least, whole):
            for name in [name for name in base if name not in inner.required]:
                yield {key: value for key, value in base.items() if key != name}
        further = self._further_names(inner, outers)
        named = dict.fromkeys((*inner.properties, *(n for one in outers for n in one.properties), *further))
        for name in (name for name in named if not inner.never_sends(name) or name in further):
            for value in self._member_values(name, inner, outers, deep):
                yield {**least, name: value}
                yield {**whole, name: value}
        for count in _lengths([inner, *outers]):
            yield from self._counted(inner, least, count, further)
        for picked in islice(self._combined(inner, deep), EACH):
            yield {**least, **picked}

    def _member_values(self, name: str, inner: Shape, outers: Sequence[Shape], deep: int) -> Iterator[Any]:
        ours = inner.member(name)
        theirs = [one.member(name) for one in outers] or [True]
        yield from islice(chain.from_iterable(self.of(ours, other, deep - 1) for other in theirs), EACH)
        yield from self.some(ours, min(deep - 1, 3))

    def _least(self, shape: Shape, deep: int) -> dict[str, Any]:
        found = {name: next(self.some(shape.member(name), deep - 1), None) for name in sorted(shape.required)}
        for name in shape.properties:
            if len(found) < shape.shortest and name not in found:
                found[name] = next(self.some(shape.member(name), deep - 1), None)
        number = 0
        while len(found) < min(shape.shortest, LONGEST):
            number += 1
            found[f"extra{number}"] = next(self.some(shape.member(f"extra{number}"), deep - 1), None)
        return found

    def _all(self, shape: Shape, deep: int) -> dict[str, Any]:
        nothing = object()
        found = {name: next(self.some(shape.member(name), min(deep - 1, 4)), nothing) for name in shape.properties}
        return {name: value for name, value in found.items() if value is not nothing}

    def _further_names(self, inner: Shape, outers: Sequence[Shape]) -> list[str]:
        """Names that no schema lists: one of no pattern, and some of each."""
        named = [pattern for one in (inner, *outers) for pattern in one.by_pattern]
        found = ["furtherProperty", *(name for pattern in named for name in islice(patterns.matching(pattern), 2))]
        for schema in (*inner.names, *(name for one in outers for name in one.names)):
            found += [value for value in islice(self.some(schema, 2), 3) if isinstance(value, str)]
        return found

    def _counted(self, inner: Shape, least: dict[str, Any], count: int, further: list[str]) -> Iterator[dict[str, Any]]:
        if not len(least) < count <= LONGEST:
            return
        names = [*inner.properties, *further, *(f"further{number}" for number in range(count))]
        found = dict(least)
        for name in names:
            if len(found) < count and name not in found:
                value = next(self.some(inner.member(name), 3), None)
                if self._is(inner.member(name), value):
                    found[name] = value
        yield found

    def _combined(self, shape: Shape, deep: int) -> Iterator[dict[str, Any]]:
        """Choices for several properties with few values, together."""
        few: dict[str, list[Any]] = {}
        for name in shape.properties:
            values = list(islice(self.some(shape.member(name), min(deep - 1, 2)), 3))
            if len(values) > 1 and len(few) < 4:
                few[name] = values
        for picked in product(*few.values()):
            yield dict(zip(few, picked, strict=True))


def _another(found: list[Any], index: int) -> Any:
    """A value that differs from those before it, where one is at hand."""
    if index < len(found):
        return found[index]
    value = found[-1]
    if isinstance(value, str):
        return f"{value}{index}"
    return value + index if isinstance(value, int) and not isinstance(value, bool) else value


def _numbers(shapes: Sequence[Shape]) -> Iterator[int | float]:
    borders = {Fraction(0), Fraction(1)}
    borders |= {border for one in shapes for border in (one.low, one.high) if border is not None}
    steps = {step for one in shapes for step in one.multiples} | {Fraction(1), Fraction(1, 2), Fraction(1, 100)}
    inner = shapes[0]
    seen: set[Fraction] = set()
    further = [
        Fraction(-1),
        Fraction(2),
        Fraction(10) ** 6,
        -(Fraction(10) ** 6),
        Fraction(10) ** 20,
        -(Fraction(10) ** 20),
    ]
    for border in (*sorted(borders), *further):
        for step in (Fraction(0), *sorted(steps), *(-step for step in sorted(steps))):
            for number in (border + step, *_stepped(border + step, inner.multiples)):
                if number not in seen and inner.holds(number):
                    seen.add(number)
                    yield int(number) if number.denominator == 1 else float(number)


def _stepped(number: Fraction, steps: Iterable[Fraction]) -> Iterator[Fraction]:
    for step in steps:
        below = number // step * step
        yield from (below, below + step)


def _strings(inner: Shape, outers: Sequence[Shape]) -> Iterator[str]:
    for own in sorted(inner.patterns):
        for pattern in sorted({pattern for one in outers for pattern in one.patterns}):
            yield from patterns.beyond(pattern, own)
        yield from patterns.matching(own)
        for length in _lengths([inner, *outers]):
            yield from islice(patterns.beyond(f"^(.{{0,{length - 1}}}|.{{{length + 1},}})$", own), 2) if length else ()
    for name in sorted(inner.formats):
        yield from formats.VALUES.get(name, ())
    if not inner.patterns:
        for pattern in sorted({pattern for one in outers for pattern in one.patterns}):
            yield from patterns.beyond(pattern, "^.*$")
        for length in _lengths([inner, *outers]):
            if length <= LONGEST:
                yield "a" * length
                yield "Ä b-1"[:length].ljust(length, "~")
        if "uri" in inner.formats or "email" in inner.formats:
            yield from (
                "https://example.com/" + "a" * length for length in _lengths([inner, *outers]) if length <= LONGEST
            )


def _lengths(shapes: Sequence[Shape]) -> list[int]:
    """The lengths at every border, and one beside each, those that the first shape allows."""
    inner = shapes[0]
    borders = {0, 1, 2, inner.fewest if inner.kind == "object" else inner.shortest}
    for one in shapes:
        for border in (one.shortest, one.longest):
            if border is not None:
                borders |= {border - 1, border, border + 1}
    return sorted(
        border for border in borders if border >= inner.shortest and (inner.longest is None or border <= inner.longest)
    )
