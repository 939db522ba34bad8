"""The proof that every value of one schema is a value of another; what is not proven may still hold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from conformance.drift.containment import formats, patterns
from conformance.drift.containment.expansion import Expansion
from conformance.drift.containment.shape import Shape, TooComplex, both, is_empty
from conformance.drift.containment.splitting import splits
from conformance.drift.containment.universe import Schema, conjunction, text

SPLITS = 4
"""How often one shape is split into parts that are proven one by one."""


@dataclass
class Prover:
    """Proves containment over the shapes of one universe; ``doubts`` say where a proof ended, the last ones last.

    A pair that is met again below itself is taken for proven: values are finite, so that a value which breaks it has a
    smaller part that breaks it too.
    """

    expansion: Expansion
    doubts: list[str] = field(default_factory=list)
    _proven: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    def contains(self, wider: Schema, narrower: Schema) -> bool:
        """Whether it is proven that ``wider`` has every value of ``narrower``."""
        if narrower is False or wider in (True, {}) or wider == narrower:
            return True
        key = (text(wider), text(narrower))
        if key in self._proven:
            return self._proven[key]
        self._proven[key] = True
        try:
            outers = self.expansion.shapes(wider)
            proven = all(self._covered(one, outers, wider, SPLITS) for one in self.expansion.shapes(narrower))
        except TooComplex as wrong:
            self._doubt(str(wrong))
            proven = False
        if not proven:
            self._proven = {pair: known for pair, known in self._proven.items() if not known}
            self._proven[key] = False
        return proven

    def empty(self, schema: Schema, deep: int = 3) -> bool:
        """Whether it is proven that ``schema`` has no value."""
        try:
            return all(self._empty(shape, deep) for shape in self.expansion.shapes(schema))
        except TooComplex:
            return False

    def _empty(self, shape: Shape, deep: int) -> bool:
        if is_empty(shape):
            return True
        if not deep or shape.values is not None:
            return False
        if shape.kind == "object":
            return any(self.empty(shape.member(name), deep - 1) for name in shape.required)
        if shape.kind == "array":
            return any(self.empty(shape.item(index), deep - 1) for index in range(min(shape.shortest, 4)))
        return False

    def _doubt(self, says: str) -> bool:
        if says not in self.doubts[-20:]:
            self.doubts.append(says)
        return False

    def _covered(self, inner: Shape, outers: Sequence[Shape], wider: Schema, left: int) -> bool:
        """Whether the shapes ``outers`` of ``wider`` have together every value of ``inner``."""
        values = inner.values if inner.values is not None else inner.integers()
        if values is not None:
            return all(self.expansion.universe.is_valid(wider, value) for value in values)
        if self._empty(inner, 2):
            return True
        outers = [shape for shape in outers if shape.kind == inner.kind]
        if any(self._within(inner, outer) for outer in outers):
            return True
        if not left or not outers:
            return self._doubt(f"no alternative holds every {inner.kind}")
        for parts in splits(inner, outers, self.expansion):
            if all(self._covered(part, outers, wider, left - 1) for part in parts):
                return True
        return False

    def _within(self, inner: Shape, outer: Shape) -> bool:
        rules: dict[str, Callable[[Shape, Shape], bool]] = {
            "number": self._numbers,
            "string": self._strings,
            "array": self._arrays,
            "object": self._objects,
        }
        if outer.values is not None:
            return False
        if not outer.opaque <= inner.opaque:
            return self._doubt(f"nothing is concluded from {', '.join(sorted(outer.opaque - inner.opaque))}")
        return rules[inner.kind](inner, outer) and all(self._apart(inner, schema) for schema in outer.nots)

    def _apart(self, shape: Shape, schema: Schema) -> bool:
        """Whether no value of ``shape`` is one of ``schema``."""
        if any(self.contains(forbidden, schema) for forbidden in shape.nots):
            return True
        bare = replace(shape, nots=())
        for other in self.expansion.shapes(schema):
            if other.kind != shape.kind:
                continue
            shared = both(bare, other)
            if shared is not None and not self._empty(shared, 3):
                return self._doubt("a value that 'not' or another branch of 'oneOf' takes out")
        return True

    def _numbers(self, inner: Shape, outer: Shape) -> bool:
        low = outer.low is None or (
            inner.low is not None
            and (inner.low > outer.low or (inner.low == outer.low and (inner.low_open or not outer.low_open)))
        )
        high = outer.high is None or (
            inner.high is not None
            and (inner.high < outer.high or (inner.high == outer.high and (inner.high_open or not outer.high_open)))
        )
        return low and high and all(_on_step(inner.multiples, step) for step in outer.multiples)

    def _strings(self, inner: Shape, outer: Shape) -> bool:
        least, most = formats.lengths(inner.formats)
        shortest = max(inner.shortest, least)
        longest = min((n for n in (inner.longest, most) if n is not None), default=None)
        if shortest < outer.shortest or (outer.longest is not None and (longest is None or longest > outer.longest)):
            return self._long_enough(inner, outer)
        for wanted in outer.formats:
            if wanted not in formats.IDLE and not any(formats.holds(wanted, one) for one in inner.formats):
                return self._doubt(f"format {wanted}")
        return all(self._matches(inner, pattern) for pattern in outer.patterns)

    def _long_enough(self, inner: Shape, outer: Shape) -> bool:
        """Whether the patterns of ``inner`` see to the lengths that ``outer`` asks for."""
        most = "" if outer.longest is None else outer.longest
        wanted = f"^.{{{outer.shortest},{most}}}$"
        if not any(patterns.holds(wanted, pattern) for pattern in inner.patterns):
            return False
        return self._strings(inner, replace(outer, shortest=0, longest=None))

    def _matches(self, inner: Shape, pattern: str) -> bool:
        if any(patterns.holds(pattern, own) for own in inner.patterns):
            return True
        most = "" if inner.longest is None else inner.longest
        if patterns.holds(pattern, f"^.{{{inner.shortest},{most}}}$"):
            return True
        return self._doubt(f"pattern {pattern}")

    def _arrays(self, inner: Shape, outer: Shape) -> bool:
        if inner.shortest < outer.shortest:
            return False
        if outer.longest is not None and (inner.longest is None or inner.longest > outer.longest):
            return False
        if outer.unique and not inner.unique and not (inner.longest is not None and inner.longest <= 1):
            return False
        reach = max(len(inner.prefix), len(outer.prefix)) + 1
        if inner.longest is not None:
            reach = min(reach, inner.longest)
        return all(self.contains(outer.item(index), inner.item(index)) for index in range(reach))

    def _objects(self, inner: Shape, outer: Shape) -> bool:
        if not outer.required <= inner.required or inner.fewest < outer.shortest:
            return False
        if outer.longest is not None and not self._few(inner, outer.longest):
            return False
        for name in dict.fromkeys((*inner.properties, *outer.properties)):
            if inner.never_sends(name):
                continue
            if not self.contains(outer.member(name), inner.member(name)):
                return False
        return self._further(inner, outer) and self._named(inner, outer)

    def _few(self, inner: Shape, most: int) -> bool:
        """Whether no object of ``inner`` has more than ``most`` properties."""
        if inner.longest is not None and inner.longest <= most:
            return True
        possible = [name for name in inner.properties if not self.empty(inner.member(name), 1)]
        return inner.additional is False and not inner.by_pattern and len(possible) <= most

    def _further(self, inner: Shape, outer: Shape) -> bool:
        """Whether the properties that neither side names one by one are within."""
        if inner.by_pattern.keys() == outer.by_pattern.keys():
            pairs = [(outer.by_pattern[name], inner.by_pattern[name]) for name in inner.by_pattern]
            return all(self.contains(*pair) for pair in [(outer.additional, inner.additional), *pairs])
        ours = [inner.additional, *inner.by_pattern.values()]
        theirs = conjunction(outer.additional, *outer.by_pattern.values())
        return all(self.contains(theirs, schema) for schema in ours)

    def _named(self, inner: Shape, outer: Shape) -> bool:
        for wanted in outer.names:
            if any(self.contains(wanted, own) for own in inner.names):
                continue
            closed = inner.additional is False and not inner.by_pattern
            universe = self.expansion.universe
            if not closed or not all(universe.is_valid(wanted, name) for name in inner.properties):
                return self._doubt("propertyNames")
        return True


def _on_step(steps: frozenset[Fraction], wanted: Fraction) -> bool:
    """Whether numbers on all ``steps`` are on the wanted one."""
    return any((step / wanted).denominator == 1 for step in _combined(steps))


def _combined(steps: frozenset[Fraction]) -> Iterator[Fraction]:
    """Each step, and the least one that is on all of them."""
    yield from steps
    found = Fraction(1)
    for number, step in enumerate(sorted(steps)):
        found = step if not number else _least(found, step)
    if steps:
        yield found


def _least(one: Fraction, other: Fraction) -> Fraction:
    """The least common multiple of two fractions."""

    scale = math.lcm(one.denominator, other.denominator)
    return Fraction(math.lcm(int(one * scale), int(other * scale)), scale)
