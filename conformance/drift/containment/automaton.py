"""Regular expressions as automata: which texts match some and not others."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import Any

op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

Span = tuple[int, int]
Spans = tuple[Span, ...]

_LAST = 0x10FFFF
_ANY: Spans = ((0, 0xD7FF), (0xE000, _LAST))
_BREAKS = (0x0A, 0x0D, 0x2028, 0x2029)
_SPACES: Spans = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_DIGITS: Spans = ((0x30, 0x39),)
_WORDS: Spans = (*_DIGITS, (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_LARGEST = 6_000
_STEPS = 30_000


class Unreadable(Exception):
    """The expression is in no syntax that is read here, or too large."""


@dataclass
class Automaton:
    """Nondeterministic, for finding a match anywhere in a text.

    ``exact`` is false when it matches more than the expression does, because of what no automaton tells (a look
    ahead, a group repeated).
    """

    steps: list[list[tuple[Spans, int]]] = field(default_factory=list)
    free: list[list[tuple[str, int]]] = field(default_factory=list)
    exact: bool = True
    start: int = 0
    end: int = 0

    def new(self) -> int:
        """One more state."""
        if len(self.steps) >= _LARGEST:
            raise Unreadable("the pattern is too large")
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def closure(self, states: Iterable[int], *, first: bool = False, last: bool = False) -> frozenset[int]:
        """The states reached without a character, ``first`` before the first one and ``last`` after the last."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for guard, target in self.free[waiting.pop()]:
                if target in found or (guard == "^" and not first) or (guard == "$" and not last):
                    continue
                found.add(target)
                waiting.append(target)
        return frozenset(found)

    def after(self, states: frozenset[int], code: int) -> frozenset[int]:
        """The states after one more character."""
        return self.closure(
            target for state in states for spans, target in self.steps[state] if any(a <= code <= b for a, b in spans)
        )

    def accepts(self, states: frozenset[int], *, first: bool) -> bool:
        """Whether a text that ends in ``states`` matches."""
        return self.end in states or self.end in self.closure(states, first=first, last=True)


@lru_cache(maxsize=512)
def automaton(pattern: str) -> Automaton:
    """The automaton of a regular expression as JSON Schema has them.

    :raises Unreadable: it is not understood.
    """
    try:
        tree = parser.parse(re.sub(r"\(\?<(?![=!])", "(?P<", pattern))
    except (re.error, OverflowError, RecursionError, ValueError) as wrong:
        raise Unreadable(f"the pattern {pattern!r} is not understood: {wrong}") from None
    found = Automaton()
    found.start = found.new()
    found.steps[found.start].append((_ANY, found.start))
    begin = found.new()
    found.free[found.start].append(("", begin))
    found.end = _sequence(found, list(tree), begin)
    found.steps[found.end].append((_ANY, found.end))
    return found


def texts(
    met: Sequence[Automaton], broken: Sequence[Automaton], least: int = 0, most: int | None = None
) -> Iterator[str]:
    """Texts from ``least`` to ``most`` characters long that all of ``met`` match and none of ``broken``, short first.

    A set of states is passed once for each length below ``least``, so that none is yielded when there is none.

    :raises Unreadable: after too many steps.
    """
    machines = (*met, *broken)
    letters = _letters(machines)
    first = tuple(machine.closure([machine.start], first=True) for machine in machines)
    waiting = deque([(first, "")])
    seen = {(first, 0)}
    count = 0
    while waiting:
        states, text = waiting.popleft()
        if len(text) >= least and _fits(machines, len(met), states, first=not text):
            yield text
        if most is not None and len(text) >= most:
            continue
        for code in letters:
            after = tuple(machine.after(these, code) for machine, these in zip(machines, states, strict=True))
            key = (after, min(len(text) + 1, least))
            if key in seen or not all(after[: len(met)]):
                continue
            seen.add(key)
            count += 1
            if count > _STEPS:
                raise Unreadable(f"gave up on the patterns after {_STEPS} steps")
            waiting.append((after, text + chr(code)))


def _fits(machines: Sequence[Automaton], met: int, states: Sequence[frozenset[int]], *, first: bool) -> bool:
    found = [machine.accepts(these, first=first) for machine, these in zip(machines, states, strict=True)]
    return all(found[:met]) and not any(found[met:])


def _letters(machines: Sequence[Automaton]) -> list[int]:
    """A character of each class that the automata tell apart, readable ones where there are any."""
    cuts = {0, 0xD800, 0xE000, _LAST + 1}
    for machine in machines:
        for steps in machine.steps:
            for spans, _ in steps:
                for low, high in spans:
                    cuts |= {low, high + 1}
    ends = sorted(cuts)
    found = []
    for low, after in pairwise(ends):
        if low == 0xD800:
            continue
        preferred = next((code for code in (0x61, 0x41, 0x30, 0x78, 0x2D, 0x20, 0x21) if low <= code < after), None)
        found.append(preferred if preferred is not None else max(low, min(0x21, after - 1)))
    return sorted(found, key=lambda code: (not chr(code).isalnum() or code > 0x7F, code))


def _sequence(machine: Automaton, tree: list[Any], at: int) -> int:
    for what, arg in tree:
        at = _element(machine, what, arg, at)
    return at


def _element(machine: Automaton, what: Any, arg: Any, at: int) -> int:  # noqa: PLR0911 - one a kind of element
    if what is op.LITERAL:
        return _step(machine, at, ((arg, arg),))
    if what is op.NOT_LITERAL:
        return _step(machine, at, _complement(((arg, arg),)))
    if what is op.ANY:
        return _step(machine, at, _complement(tuple((code, code) for code in _BREAKS)))
    if what is op.IN:
        return _step(machine, at, _set(arg))
    if what is op.BRANCH:
        end = machine.new()
        for branch in arg[1]:
            machine.free[_sequence(machine, list(branch), at)].append(("", end))
        return end
    if what is op.SUBPATTERN:
        return _sequence(machine, list(arg[-1]), at)
    if what in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, inner = arg
        return _repeat(machine, least, most, list(inner), at)
    if what is op.AT and arg in (op.AT_BEGINNING, op.AT_BEGINNING_STRING, op.AT_END, op.AT_END_STRING):
        end = machine.new()
        machine.free[at].append(("^" if arg in (op.AT_BEGINNING, op.AT_BEGINNING_STRING) else "$", end))
        return end
    machine.exact = False
    if what in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return at
    if what in (op.GROUPREF, op.GROUPREF_EXISTS):
        end = _step(machine, at, _ANY)
        machine.free[at].append(("", end))
        machine.steps[end].append((_ANY, end))
        return end
    raise Unreadable(f"the pattern has {str(what).lower()}")


def _repeat(machine: Automaton, least: int, most: Any, body: list[Any], at: int) -> int:
    for _ in range(least):
        at = _sequence(machine, body, at)
    end = machine.new()
    if most is op.MAXREPEAT:
        loop = machine.new()
        machine.free[at].append(("", loop))
        machine.free[_sequence(machine, body, loop)].append(("", loop))
        machine.free[loop].append(("", end))
        return end
    machine.free[at].append(("", end))
    for _ in range(most - least):
        at = _sequence(machine, body, at)
        machine.free[at].append(("", end))
    return end


def _step(machine: Automaton, at: int, spans: Spans) -> int:
    end = machine.new()
    machine.steps[at].append((spans, end))
    return end


def _set(items: Sequence[tuple[Any, Any]]) -> Spans:
    spans: list[Span] = []
    negated = False
    for what, arg in items:
        if what is op.NEGATE:
            negated = True
        elif what is op.LITERAL:
            spans.append((arg, arg))
        elif what is op.RANGE:
            spans.append(arg)
        elif what is op.CATEGORY:
            spans += _category(arg)
        else:
            raise Unreadable(f"the pattern has {str(what).lower()}")
    return _complement(tuple(spans)) if negated else tuple(spans)


def _category(name: Any) -> Spans:
    table = {
        op.CATEGORY_DIGIT: _DIGITS,
        op.CATEGORY_NOT_DIGIT: _complement(_DIGITS),
        op.CATEGORY_SPACE: _SPACES,
        op.CATEGORY_NOT_SPACE: _complement(_SPACES),
        op.CATEGORY_WORD: _WORDS,
        op.CATEGORY_NOT_WORD: _complement(_WORDS),
    }
    return table[name]


def _complement(spans: Spans) -> Spans:
    found: list[Span] = []
    at = 0
    for low, high in sorted((*spans, (0xD800, 0xDFFF))):
        if low > at:
            found.append((at, low - 1))
        at = max(at, high + 1)
    if at <= _LAST:
        found.append((at, _LAST))
    return tuple(found)
