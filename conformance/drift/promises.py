"""Behavioural drift: what two ``semantics.yaml`` promise, clause by clause and facet by facet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.pointer import ABSENT, join
from conformance.contract.semantics.document import Semantics
from conformance.contract.semantics.model import Facet
from conformance.drift.change import Change, Level

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
    yield from _facets("operations", _of_calls(old), _of_calls(new))
    yield from _facets("resources", _of_resources(old), _of_resources(new))
    yield from _effects(old, new)
    yield from _resources(old, new)


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
    for name, clause in new.clauses.items():
        if name not in old.clauses:
            says = f"clause {name} is promised as well: {clause.says}"
            yield Change("additive", "clause-added", "", join("clauses", name), says, after=clause.level)


Facets = Mapping[str, Mapping[str, Facet]]


def _of_calls(semantics: Semantics) -> Facets:
    return {name: call.facets for name, call in semantics.operations.items()}


def _of_resources(semantics: Semantics) -> Facets:
    return {name: resource.facets for name, resource in semantics.resources.items()}


def _facets(section: str, old: Facets, new: Facets) -> Iterator[Change]:
    for subject in dict.fromkeys((*old, *new)):
        before, after = old.get(subject, {}), new.get(subject, {})
        for word in dict.fromkeys((*before, *after)):
            pointer = join(section, subject, word)
            operation = subject if section == "operations" else ""
            if word not in after:
                says = f"{subject} no longer promises what {word} says"
                yield Change("breaking", "facet-removed", operation, pointer, says, gone=True)
            elif word not in before:
                yield Change("additive", "facet-added", operation, pointer, f"{subject} promises what {word} says")
            elif before[word] != after[word]:
                yield from _changed(operation or subject, pointer, before[word], after[word])


def _changed(subject: str, pointer: str, old: Facet, new: Facet) -> Iterator[Change]:
    """A facet that says something else; a create that loses replays loses idempotency."""
    if isinstance(old, Create) and isinstance(new, Create):
        yield from _replay(subject, pointer, old, new)
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    for name in before:
        if before[name] != after.get(name) and not (isinstance(old, Create) and name == "replay"):
            level: Level = "additive" if before[name] in (None, [], {}, ABSENT) else "breaking"
            says = f"{subject}: {name} is {_short(after.get(name))}, no longer {_short(before[name])}"
            rule = "facet-extended" if level == "additive" else "facet-changed"
            yield Change(level, rule, subject, pointer + join(name), says, before=before[name], after=after.get(name))


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


def _effects(old: Semantics, new: Semantics) -> Iterator[Change]:
    for name, call in old.operations.items():
        other = new.operations.get(name)
        if other is not None and other.effect != call.effect:
            says = f"{name} has effect {other.effect}, no longer {call.effect}"
            pointer = join("operations", name, "effect")
            yield Change("breaking", "effect-changed", name, pointer, says, before=call.effect, after=other.effect)


def _resources(old: Semantics, new: Semantics) -> Iterator[Change]:
    for name, resource in old.resources.items():
        other = new.resources.get(name)
        pointer = join("resources", name)
        if other is None:
            yield Change("breaking", "resource-removed", "", pointer, f"the resource {name} is gone", gone=True)
            continue
        for word in ("states", "terminal", "commands"):
            before, after = list(getattr(resource, word)), list(getattr(other, word))
            for lost in (one for one in before if one not in after):
                says = f"{name} has no {word.rstrip('s')} {lost} any more"
                yield Change("breaking", f"{word}-removed", "", pointer + join(word), says, before=lost, gone=True)
            for come in (one for one in after if one not in before):
                level: Level = "breaking" if word != "commands" else "additive"
                says = f"{name} has the {word.rstrip('s')} {come} as well"
                yield Change(level, f"{word}-added", "", pointer + join(word), says, after=come)
        for command in resource.commands.keys() & other.commands.keys():
            one, two = resource.commands[command], other.commands[command]
            if (one.of, one.to, one.repeat, one.cascade) != (two.of, two.to, two.repeat, two.cascade):
                says = f"{name}: the command {command} does something else"
                at = pointer + join("commands", command)
                yield Change(
                    "breaking", "command-changed", one.operation, at, says, before=_dump(one), after=_dump(two)
                )


def _dump(command: Any) -> Any:
    told = command.model_dump(mode="json")
    return {word: told.get(word) for word in ("of", "to", "repeat", "cascade")}


def _listed(statuses: tuple[int, ...]) -> str:
    return " or ".join(map(str, statuses)) or "no status that is named"


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 80 else f"{told[:77]}..."
