"""Behavioural drift: what two ``semantics.yaml`` promise, clause by clause, resource by resource, facet by facet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.pointer import ABSENT, join
from conformance.contract.semantics.document import Semantics
from conformance.contract.semantics.model import Faceted, Model
from conformance.contract.semantics.resource import Resource
from conformance.drift.change import Change, Level
from conformance.drift.promised import departures

STRENGTH = {"observe": 0, "should": 1, "must": 2}
FILE = "semantics.yaml"


def compare_semantics(old: Semantics | None, new: Semantics | None) -> Iterator[Change]:
    """Every promise that came, went, or became another; one change where only one side has semantics at all."""
    found = _promises(old, new) if old is not None and new is not None else _all(old, new)
    yield from (replace(change, beside=FILE) for change in found)


def _all(old: Semantics | None, new: Semantics | None) -> Iterator[Change]:
    if old is not None:
        says = f"{FILE} is gone, with {len(old.clauses)} clauses"
        yield Change("breaking", "semantics-removed", "", "", says, before=list(old.clauses), gone=True)
    if new is not None:
        says = f"{FILE} is new, with {len(new.clauses)} clauses"
        yield Change("additive", "semantics-added", "", "", says, after=list(new.clauses))


def _promises(old: Semantics, new: Semantics) -> Iterator[Change]:
    yield from _clauses(old, new)
    yield from _operations(old, new)
    yield from _resources(old, new)
    yield from _facets("", old, new, "the API", ())


def _clauses(old: Semantics, new: Semantics) -> Iterator[Change]:
    for name, clause in old.clauses.items():
        pointer = join("clauses", name)
        if name not in new.clauses:
            level: Level = "breaking" if clause.level == "must" else "additive"
            says = f"clause {name} is no longer promised: {clause.says}"
            yield Change(level, "clause-removed", "", pointer, says, before=clause.level, gone=True)
            continue
        other = new.clauses[name]
        if STRENGTH[other.level] != STRENGTH[clause.level]:
            weaker = STRENGTH[other.level] < STRENGTH[clause.level]
            level = "breaking" if weaker and clause.level == "must" else "additive"
            says = f"clause {name} is {other.level}, no longer {clause.level}: {clause.says}"
            rule = "clause-weakened" if weaker else "clause-strengthened"
            yield Change(level, rule, "", pointer, says, before=clause.level, after=other.level)
        elif other.says != clause.says:
            says = f"clause {name} reads: {other.says}"
            yield Change("docs", "clause-reworded", "", pointer, says, before=clause.says, after=other.says)
        for change in _changed("clause", "", pointer, f"clause {name}", clause, other, ("says", "level")):
            yield change if clause.level == "must" else replace(change, level="additive")
    for name, clause in new.clauses.items():
        if name not in old.clauses:
            says = f"clause {name} is promised as well: {clause.says}"
            yield Change("additive", "clause-added", "", join("clauses", name), says, after=clause.level)


def _operations(old: Semantics, new: Semantics) -> Iterator[Change]:
    for name, call in old.operations.items():
        pointer = join("operations", name)
        other = new.operations.get(name)
        if other is not None and other.effect != call.effect:
            says = f"{name} has effect {other.effect}, no longer {call.effect}"
            at = pointer + join("effect")
            yield Change("breaking", "effect-changed", name, at, says, before=call.effect, after=other.effect)
        if other is not None:
            yield from _changed("operation", name, pointer, name, call, other, ("effect",))
    for name in dict.fromkeys((*old.operations, *new.operations)):
        yield from _facets(name, old.operations.get(name), new.operations.get(name), name, ("operations", name))


def _facets(
    operation: str, old: Faceted | None, new: Faceted | None, subject: str, where: tuple[str, ...]
) -> Iterator[Change]:
    """What became of the facets of one thing; a create that loses replays loses idempotency."""
    before, after = old.facets if old else {}, new.facets if new else {}
    for word in dict.fromkeys((*before, *after)):
        pointer = join(*where, word)
        if word not in after:
            says = f"{subject} no longer promises what {word} says"
            yield Change("breaking", "facet-removed", operation, pointer, says, gone=True)
        elif word not in before:
            yield Change("additive", "facet-added", operation, pointer, f"{subject} promises what {word} says")
        else:
            one, two = before[word], after[word]
            apart: tuple[str, ...] = ()
            if isinstance(one, Create) and isinstance(two, Create):
                yield from _replay(operation, pointer, one, two)
                apart = ("replay",)
            yield from _changed("facet", operation, pointer, f"{subject}: {word}", one, two, apart)


def _changed(
    what: str, operation: str, pointer: str, subject: str, old: Model, new: Model, apart: Collection[str]
) -> Iterator[Change]:
    """Every promise of a model that is another one."""
    for one in departures(old, new, apart):
        rule = f"{what}-extended" if one.level == "additive" else f"{what}-changed"
        now = "gone" if one.after is ABSENT else _short(one.after)
        before = "" if one.before is ABSENT else f", no longer {_short(one.before)}"
        yield Change(
            one.level,
            rule,
            operation,
            pointer + join(*one.at),
            f"{subject}: {' '.join(one.at)} is {now}{before}",
            before=one.before,
            after=one.after,
            gone=one.after is ABSENT,
        )


def _replay(subject: str, pointer: str, old: Create, new: Create) -> Iterator[Change]:
    before, after = old.replay, new.replay
    if before == after:
        return
    at = pointer + join("replay")
    if before is not None and (after is None or after.gets != before.gets):
        gets = after.gets if after else "nothing that is promised"
        says = f"{subject} loses idempotency: a replay gets {gets}, no longer {before.gets}"
        yield Change("breaking", "idempotency-lost", subject, at, says, before=before.gets, after=after and after.gets)
        return
    if before is None:
        says = f"{subject} promises what a replay gets"
        yield Change("additive", "idempotency-promised", subject, at, says, after=after and after.gets)
        return
    assert after is not None
    lost = [status for status in before.statuses if status not in after.statuses]
    come = [status for status in after.statuses if status not in before.statuses]
    if lost or come:
        says = f"{subject}: a replay is answered with {_listed(after.statuses)}, no longer {_listed(before.statuses)}"
        rule = "idempotency-lost" if lost else "replay-status-added"
        one, other = list(before.statuses), list(after.statuses)
        yield Change("breaking", rule, subject, at + join("statuses"), says, before=one, after=other)


def _resources(old: Semantics, new: Semantics) -> Iterator[Change]:
    for name in dict.fromkeys((*old.resources, *new.resources)):
        one, two = old.resources.get(name), new.resources.get(name)
        pointer = join("resources", name)
        if two is None:
            yield Change("breaking", "resource-removed", "", pointer, f"the resource {name} is gone", gone=True)
        elif one is None:
            yield Change("additive", "resource-added", "", pointer, f"the resource {name} is new")
        else:
            yield from _sets(name, pointer, one, two)
            yield from _changed("resource", "", pointer, name, one, two, SETS)
            for word in one.commands.keys() & two.commands.keys():
                told, at = f"{name}: the command {word}", pointer + join("commands", word)
                before, after = one.commands[word], two.commands[word]
                yield from _changed("command", before.operation, at, told, before, after, ())
        yield from _facets("", one, two, name, ("resources", name))


SETS = ("states", "terminal", "commands")


def _sets(name: str, pointer: str, old: Resource, new: Resource) -> Iterator[Change]:
    for word in SETS:
        before, after = list(getattr(old, word)), list(getattr(new, word))
        at = pointer + join(word)
        for lost in (one for one in before if one not in after):
            says = f"{name} has no {word.rstrip('s')} {lost} any more"
            where = at + join(lost if word == "commands" else before.index(lost))
            yield Change("breaking", f"{word}-removed", "", where, says, before=lost, gone=True)
        for come in (one for one in after if one not in before):
            level: Level = "breaking" if word != "commands" else "additive"
            says = f"{name} has the {word.rstrip('s')} {come} as well"
            where = at + join(come if word == "commands" else after.index(come))
            yield Change(level, f"{word}-added", "", where, says, after=come)


def _listed(statuses: tuple[int, ...]) -> str:
    return " or ".join(map(str, statuses)) or "no status that is named"


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 80 else f"{told[:77]}..."
