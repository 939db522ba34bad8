"""Objects: which properties they have, lack and may have, and what those are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from conformance.drift.containment.facts import Fact
from conformance.drift.containment.finder import Finder
from conformance.drift.containment.literal import Goal, Literal
from conformance.drift.containment.outcome import NOTHING, Found, Nothing, Outcome, Unsure, either, unsure
from conformance.drift.containment.rewriting import text
from conformance.drift.containment.strings import matches
from conformance.drift.containment.universe import Node

_SOMEWHERE = ("bad match", "bad other", "bad name")
_MOST_NAMES = 60
_MOST_TELLING = 5

Extra = Mapping[str, Goal]


@dataclass(frozen=True)
class _Wanted:
    """``extra`` are literals on properties that have to be there; ``somewhere`` are breaches under any name."""

    shapes: tuple[Fact, ...] = ()
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    extra: Extra = field(default_factory=dict)
    somewhere: tuple[Fact, ...] = ()
    names: Goal = frozenset()
    least: int = 0
    most: int | None = None
    besides: frozenset[str] = frozenset()
    unsent: frozenset[str] = frozenset()

    @classmethod
    def of(cls, facts: Sequence[Fact], strict: bool) -> _Wanted:
        by_name: dict[str, list[Fact]] = {}
        for fact in facts:
            by_name.setdefault(fact.name, []).append(fact)
        extra: dict[str, Goal] = {}
        for fact in by_name.get("bad property", ()):
            assert fact.node is not None
            extra[fact.arg] = extra.get(fact.arg, frozenset()) | {Literal(fact.node, False, fact.role)}
        has = frozenset(fact.arg for fact in by_name.get("has", ()))
        shapes = tuple(by_name.get("shape", ()))
        bad = [fact for fact in by_name.get("bad property", ()) if fact.role == "receiver"]
        declared = _sent(shapes, by_name.get("has", ()))
        unsent = {fact.arg for fact in bad if not strict and declared is not None and not declared(fact.arg)}
        most = [int(fact.arg) for fact in by_name.get("maxProperties", ())]
        return cls(
            shapes,
            has,
            frozenset(fact.arg for fact in by_name.get("lacks", ())),
            extra,
            tuple(fact for name in _SOMEWHERE for fact in by_name.get(name, ())),
            frozenset(Literal(fact.node, True, fact.role) for fact in by_name.get("propertyNames", ()) if fact.node),
            max((int(fact.arg) for fact in by_name.get("minProperties", ())), default=0),
            min(most) if most else None,
            frozenset(value for fact in by_name.get("besides", ()) for value in fact.arg),
            frozenset(unsent),
        )

    def on(self, search: Finder, name: str) -> Goal:
        """The literals that a property called ``name`` is under."""
        found = set(self.extra.get(name, ()))
        for shape in self.shapes:
            assert shape.node is not None
            found |= {Literal(node, True, shape.role) for node in under(search, shape.node, name)}
        return frozenset(found)

    @property
    def known(self) -> dict[str, None]:
        """Every name that is mentioned, in order."""
        found = dict.fromkeys(
            name for shape in self.shapes if shape.node for name in shape.node.said.get("properties", ())
        )
        found |= dict.fromkeys(sorted(self.has)) | dict.fromkeys(self.extra)
        for fact in self.somewhere:
            if isinstance(fact.arg, Node):
                found |= dict.fromkeys(fact.arg.said.get("properties", ()))
        return found


def _sent(shapes: Sequence[Fact], has: Sequence[Fact]) -> Any:
    """Tells whether the sender declares a name; None when it declares none, and any may be sent."""
    said = [shape.node.said for shape in shapes if shape.role == "sender" and shape.node]
    if not any("properties" in one for one in said):
        return None
    required = {fact.arg for fact in has if fact.role == "sender"}

    def declared(name: str) -> bool:
        return name in required or any(
            name in one.get("properties", ())
            or isinstance(one.get("additionalProperties"), dict)
            or any(matches(pattern, name) for pattern in one.get("patternProperties", ()))
            for one in said
        )

    return declared


def under(search: Finder, node: Node, name: str) -> Iterator[Node]:
    """The schemas that an object schema has for a property called ``name``."""
    said = node.said
    found = [said["properties"][name]] if name in said.get("properties", ()) else []
    found += [schema for pattern, schema in said.get("patternProperties", {}).items() if matches(pattern, name)]
    if not found and "additionalProperties" in said:
        found = [said["additionalProperties"]]
    return (search.universe.node(schema) for schema in found)


class Judge:
    """Tells of a fact whether what is known of an object makes it certain or impossible."""

    def __init__(self, search: Finder, facts: Sequence[Fact]) -> None:
        self.search = search
        self.wanted = _Wanted.of(facts, search.strict)

    def verdict(self, fact: Fact) -> bool | None:
        """True when it is certain, false when it is impossible, None when neither is known."""
        wanted = self.wanted
        if fact.name == "has":
            return True if fact.arg in wanted.has else False if fact.arg in wanted.lacks else None
        if fact.name == "lacks":
            if fact.arg in wanted.has or fact.arg in wanted.extra:
                return False
            return True if fact.arg in wanted.lacks else None
        if fact.name == "bad property":
            return self._bad_property(fact)
        return None

    def _bad_property(self, fact: Fact) -> bool | None:
        wanted = self.wanted
        if fact.arg in wanted.lacks:
            return False
        assert fact.node is not None
        on = wanted.on(self.search, fact.arg)
        if isinstance(self.search.find(on | {Literal(fact.node, False, fact.role)}), Nothing):
            return False
        if fact.arg in wanted.has and self.search.is_void(on | {Literal(fact.node, True, fact.role)}):
            return True
        return None


def object_(search: Finder, facts: Sequence[Fact]) -> Outcome:
    """An object of which ``facts`` hold."""
    wanted = _Wanted.of(facts, search.strict)
    if wanted.unsent or (wanted.has | wanted.extra.keys()) & wanted.lacks:
        return NOTHING
    if wanted.most is not None and wanted.least > wanted.most:
        return NOTHING
    if not wanted.somewhere and not wanted.names and not wanted.least:
        return _filled(search, wanted, (), is_all=True)
    samples, is_all = _samples(search, wanted)
    candidates = [*wanted.known, *samples]
    places = [[name for name in candidates if _is_place(search, fact, name)] for fact in wanted.somewhere]
    outcomes: list[Outcome] = []
    for names in product(*places):
        search.tick()
        outcomes.append(_filled(search, _placed(wanted, names), samples, is_all=is_all))
        if isinstance(outcomes[-1], Found):
            return outcomes[-1]
    outcome = either(outcomes)
    return outcome if is_all or isinstance(outcome, Unsure) else unsure("tried some names of each kind")


def _placed(wanted: _Wanted, names: Sequence[str]) -> _Wanted:
    """``wanted`` with each breach under the name chosen for it."""
    extra = dict(wanted.extra)
    for fact, name in zip(wanted.somewhere, names, strict=True):
        more = {Literal(fact.node, False, fact.role)} if fact.name != "bad name" and fact.node else set()
        extra[name] = extra.get(name, frozenset()) | more
    return replace(wanted, extra=extra)


def _is_place(search: Finder, fact: Fact, name: str) -> bool:
    """Whether a property called ``name`` is one that the breach is about."""
    if fact.name == "bad match":
        return matches(fact.arg, name)
    if fact.name == "bad name":
        assert fact.node is not None
        return not search.universe.admits(fact.node, name)
    said = fact.arg.said
    return name not in said.get("properties", ()) and not any(
        matches(pattern, name) for pattern in said.get("patternProperties", ())
    )


def _samples(search: Finder, wanted: _Wanted) -> tuple[list[str], bool]:
    """New names, some of each kind that the schemas tell apart, and whether those are all kinds."""
    known = wanted.known
    count = max(len(wanted.somewhere), 1)
    telling: dict[Node, None] = {}
    for shape in wanted.shapes:
        assert shape.node is not None
        for pattern in shape.node.said.get("patternProperties", ()):
            telling[search.universe.node({"pattern": pattern})] = None
    for fact in wanted.somewhere:
        if fact.name == "bad match":
            telling[search.universe.node({"pattern": fact.arg})] = None
        elif fact.name == "bad name" and fact.node:
            telling[fact.node] = None
        elif isinstance(fact.arg, Node):
            for pattern in fact.arg.said.get("patternProperties", ()):
                telling[search.universe.node({"pattern": pattern})] = None
    if not telling and not wanted.names:
        return _new_names(known, count), True
    is_all = len(telling) <= _MOST_TELLING
    found: list[str] = []
    for signs in product((True, False), repeat=min(len(telling), _MOST_TELLING)):
        about = {Literal(node, sign, "sender") for node, sign in zip(telling, signs, strict=False)}
        for _ in range(count):
            name, sure = _name(search, about | wanted.names, [*known, *found])
            is_all = is_all and sure
            found += [name] if name is not None else []
    return found, is_all


def _name(search: Finder, about: set[Literal] | Goal, known: Sequence[str]) -> tuple[str | None, bool]:
    universe = search.universe
    goal = frozenset(about) | {Literal(universe.node({"type": ["string"]}), True, "sender")}
    if known:
        goal |= {Literal(universe.node({"enum": sorted(known)}), False, "sender")}
    outcome = search.find(goal)
    return (outcome.value, True) if isinstance(outcome, Found) else (None, isinstance(outcome, Nothing))


def _new_names(known: Mapping[str, None], count: int) -> list[str]:
    names = (name for n in range(len(known) + count + 1) for name in [f"extra{n or ''}"])
    return [name for name in names if name not in known][:count]


def _filled(search: Finder, wanted: _Wanted, samples: Sequence[str], *, is_all: bool) -> Outcome:
    outcome = _necessary(search, wanted)
    if not isinstance(outcome, Found):
        return outcome
    value: dict[str, Any] = outcome.value
    outcome = _grown(search, wanted, value, samples, is_all=is_all)
    if isinstance(outcome, Found) and text(outcome.value) in wanted.besides:
        return _besides(search, wanted, outcome.value, samples, is_all=is_all)
    return outcome


def _besides(
    search: Finder, wanted: _Wanted, value: dict[str, Any], samples: Sequence[str], *, is_all: bool
) -> Outcome:
    """Another object than this excluded one: one with a property more, or with another value of one."""
    outcomes: list[Outcome] = []
    if wanted.most is None or wanted.most > len(value):
        more = replace(wanted, least=len(value) + 1)
        outcomes.append(_grown(search, more, value, samples or _new_names(wanted.known, 1), is_all=is_all))
    for name, member in value.items():
        other = Literal(search.universe.node({"enum": [member]}), False, "sender")
        outcome = search.find(wanted.on(search, name) | {other})
        outcomes.append(Found({**value, name: outcome.value}) if isinstance(outcome, Found) else outcome)
    for outcome in outcomes:
        if isinstance(outcome, Found) and text(outcome.value) not in wanted.besides:
            return outcome
    has_no_choice = value.keys() == wanted.has | wanted.extra.keys()
    if has_no_choice and all(isinstance(one, Nothing) for one in outcomes):
        return NOTHING
    return unsure("tried some objects besides the excluded values")


def _necessary(search: Finder, wanted: _Wanted) -> Outcome:
    """An object of the properties that have to be there, and of no other."""
    names = dict.fromkeys((*sorted(wanted.has), *wanted.extra))
    is_barred = names.keys() & wanted.lacks or not all(_named_well(search, wanted, name) for name in names)
    if is_barred or (wanted.most is not None and len(names) > wanted.most):
        return NOTHING
    outcomes = {name: search.find(wanted.on(search, name)) for name in names}
    if any(isinstance(outcome, Nothing) for outcome in outcomes.values()):
        return NOTHING
    tried = [outcome.tried for outcome in outcomes.values() if isinstance(outcome, Unsure)]
    if tried:
        return Unsure(frozenset().union(*tried))
    return Found({name: outcome.value for name, outcome in outcomes.items() if isinstance(outcome, Found)})


def _grown(search: Finder, wanted: _Wanted, value: dict[str, Any], samples: Sequence[str], *, is_all: bool) -> Outcome:
    """``value`` with further properties until there are enough."""
    if len(value) >= wanted.least:
        return Found(value)
    if wanted.least - len(value) > _MOST_NAMES:
        return unsure(f"made no object of {wanted.least} properties")
    grown = dict(value)
    tried: frozenset[str] = frozenset()
    for name in (*wanted.known, *samples):
        if len(grown) >= wanted.least:
            break
        if name in grown or name in wanted.lacks or not _named_well(search, wanted, name):
            continue
        outcome = search.find(wanted.on(search, name))
        if isinstance(outcome, Found):
            grown[name] = outcome.value
        elif isinstance(outcome, Unsure):
            tried |= outcome.tried
    if len(grown) < wanted.least:
        tried |= _multiplied(search, wanted, grown, samples)
    if len(grown) >= wanted.least:
        return Found(grown)
    if not is_all:
        tried |= {"tried some names of each kind"}
    return Unsure(tried) if tried else NOTHING


def _multiplied(search: Finder, wanted: _Wanted, grown: dict[str, Any], samples: Sequence[str]) -> frozenset[str]:
    """Add more names of the kinds that ``samples`` are of, as far as those are to be had."""
    for sample in samples:
        on = wanted.on(search, sample)
        outcome = search.find(on)
        if not isinstance(outcome, Found):
            continue
        is_plain = not wanted.names and not any(s.node and "patternProperties" in s.node.said for s in wanted.shapes)
        for number in range(1, 10 * _MOST_NAMES):
            if len(grown) >= wanted.least:
                return frozenset()
            name = f"{sample}{number}"
            alike = is_plain or (_named_well(search, wanted, name) and wanted.on(search, name) == on)
            if alike and name not in wanted.known and name not in grown:
                grown[name] = outcome.value
        if not is_plain:
            return frozenset({"tried numbered names"})
    return frozenset()


def _named_well(search: Finder, wanted: _Wanted, name: str) -> bool:
    return all(search.universe.admits(literal.node, name) == literal.met for literal in wanted.names)
