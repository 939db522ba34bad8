"""Arrays: how many items they have, what those are, and whether they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from conformance.drift.containment.facts import Fact
from conformance.drift.containment.finder import Finder
from conformance.drift.containment.literal import Goal, Literal
from conformance.drift.containment.outcome import NOTHING, Found, Nothing, Outcome, Unsure, either, unsure
from conformance.drift.containment.rewriting import plain, text

_MOST_ITEMS = 2_000
_MOST_DISTINCT = 40

Extra = dict[int, Goal]


@dataclass(frozen=True)
class _Wanted:
    """``every`` are the facts about all items, ``somewhere`` those about one each."""

    every: tuple[Fact, ...]
    somewhere: tuple[Fact, ...]
    least: int
    most: int | None
    distinct: bool
    repeats: bool
    limited: bool
    besides: frozenset[str]

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> _Wanted:
        def named(*names: str) -> tuple[Fact, ...]:
            return tuple(fact for fact in facts if fact.name in names)

        most = [int(fact.arg) for fact in named("maxItems")]
        contained = tuple(fact for fact in named("contains") if fact.arg[0])
        return cls(
            named("items", "no item"),
            (*named("bad item", "bad item from"), *contained),
            max((int(fact.arg) for fact in named("minItems")), default=0),
            min(most) if most else None,
            bool(named("uniqueItems")),
            bool(named("repeats")),
            any(fact.arg[0] > 1 or fact.arg[1] is not None for fact in named("contains")),
            frozenset(value for fact in named("besides") for value in fact.arg),
        )

    def at(self, search: Finder, index: int) -> Goal:
        """The literals that the item at ``index`` is under."""
        found = set()
        for fact in self.every:
            assert fact.node is not None
            if fact.name == "no item":
                found.add(Literal(fact.node, False, fact.role))
                continue
            prefix = fact.node.said.get("prefixItems", ())
            schema = prefix[index] if index < len(prefix) else fact.node.said.get("items", True)
            if schema is not True:
                found.add(Literal(search.universe.node(schema), True, fact.role))
        return frozenset(found)

    @property
    def prefix(self) -> int:
        """The index from which on all items are under the same literals."""
        lengths: list[int] = [len(fact.node.said.get("prefixItems", ())) for fact in self.every if fact.node]
        indexes: list[int] = [fact.arg + 1 for fact in self.somewhere if fact.name == "bad item"]
        starts: list[int] = [fact.arg for fact in self.somewhere if fact.name == "bad item from"]
        return max([*lengths, *indexes, *starts, 0])


def array(search: Finder, facts: Sequence[Fact]) -> Outcome:
    """An array of which ``facts`` hold."""
    wanted = _Wanted.of(facts)
    if wanted.most is not None and wanted.least > wanted.most:
        return NOTHING
    outcomes: list[Outcome] = []
    last = wanted.prefix + max(len(wanted.somewhere), 1)
    for indexes in product(*(_places(fact, last) for fact in wanted.somewhere)):
        search.tick()
        extra: Extra = {}
        for fact, index in zip(wanted.somewhere, indexes, strict=True):
            assert fact.node is not None
            extra[index] = extra.get(index, frozenset()) | {Literal(fact.node, fact.name == "contains", fact.role)}
        for twins in _twins(wanted, last):
            outcomes.append(_filled(search, wanted, extra, twins))
            if isinstance(outcomes[-1], Found):
                return outcomes[-1]
    return either(outcomes)


def _places(fact: Fact, last: int) -> Sequence[int]:
    match fact.name:
        case "bad item":
            return (fact.arg,)
        case "bad item from":
            return range(fact.arg, last + 1)
        case _:
            return range(last + 1)


def _twins(wanted: _Wanted, last: int) -> Sequence[tuple[int, int] | None]:
    """Which two items are equal; None where none have to be."""
    return list(combinations(range(last + 2), 2)) if wanted.repeats else [None]


def _filled(search: Finder, wanted: _Wanted, extra: Extra, twins: tuple[int, int] | None) -> Outcome:
    length = max([wanted.least, *(index + 1 for index in extra), *((twins[1] + 1,) if twins else ())])
    if (wanted.most is not None and length > wanted.most) or (wanted.distinct and twins):
        return NOTHING
    if length > (_MOST_DISTINCT if wanted.distinct else _MOST_ITEMS):
        return unsure(f"made no array of {length} items")
    goals = [wanted.at(search, index) | extra.get(index, frozenset()) for index in range(length)]
    outcome = _items(search, goals, twins, distinct=wanted.distinct)
    if not isinstance(outcome, Found):
        return outcome
    if wanted.limited:
        return unsure("does not count contained items")
    return _besides(search, wanted, goals, outcome.value) if text(outcome.value) in wanted.besides else outcome


def _items(search: Finder, goals: Sequence[Goal], twins: tuple[int, int] | None, *, distinct: bool) -> Outcome:
    """An item for each of ``goals``; ``twins`` are one and the same."""
    values: list[Any] = []
    tried: frozenset[str] = frozenset()
    for index, wanted in enumerate(goals):
        if twins and index == twins[1]:
            values.append(values[twins[0]])
            continue
        goal = wanted | goals[twins[1]] if twins and index == twins[0] else wanted
        if distinct and values:
            goal |= {Literal(search.universe.node({"enum": _distinct(values)}), False, "sender")}
        outcome = search.find(goal)
        if isinstance(outcome, Nothing):
            is_crowded = distinct and values and not isinstance(search.find(wanted), Nothing)
            may_differ = is_crowded and len(set(goals)) > 1
            return Unsure(tried | {"tried one choice of distinct items"}) if may_differ or tried else NOTHING
        tried |= outcome.tried if isinstance(outcome, Unsure) else frozenset()
        values.append(outcome.value if isinstance(outcome, Found) else None)
    return Unsure(tried) if tried else Found(values)


def _besides(search: Finder, wanted: _Wanted, goals: Sequence[Goal], values: list[Any]) -> Outcome:
    """Another array than this excluded one: a longer one, or one with another item."""
    outcomes: list[Outcome] = []
    if wanted.most is None or len(values) < wanted.most:
        outcomes.append(_appended(search, wanted, values))
    for index, goal in enumerate(goals):
        other = Literal(search.universe.node({"enum": _distinct([values[index]])}), False, "sender")
        outcome = search.find(goal | {other})
        changed = outcome
        if isinstance(outcome, Found):
            changed = Found([*values[:index], outcome.value, *values[index + 1 :]])
        outcomes.append(changed)
    found = [one for one in outcomes if isinstance(one, Found) and text(one.value) not in wanted.besides]
    if wanted.distinct or wanted.repeats:
        found = [one for one in found if (len(_distinct(one.value)) == len(one.value)) == wanted.distinct]
    if found:
        return found[0]
    is_alone = all(isinstance(one, Nothing) for one in outcomes)
    return NOTHING if is_alone else unsure("tried some arrays besides the excluded values")


def _appended(search: Finder, wanted: _Wanted, values: list[Any]) -> Outcome:
    outcome = search.find(wanted.at(search, len(values)))
    return Found([*values, outcome.value]) if isinstance(outcome, Found) else outcome


def _distinct(values: Sequence[Any]) -> list[Any]:
    found = {text(plain(value)): plain(value) for value in values}
    return [found[key] for key in sorted(found)]
