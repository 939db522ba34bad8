"""Responses: statuses, headers, and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.change import Change, Level
from conformance.drift.families.bodies import content_changes
from conformance.drift.pair import Couple, Node, Pair
from conformance.drift.schemas import Place, schema_changes


def changes(pair: Pair, couple: Couple) -> Iterator[Change]:
    """The changes of every response; a new one is held against what covered its status before."""
    old = _by_status(pair.old.resolve(couple.old.node.get("responses")))
    new = _by_status(pair.new.resolve(couple.new.node.get("responses")))
    for status in old:
        if _covering(status, new) is None:
            pointer = couple.old.pointer + join("responses", old[status][0])
            says = f"status {status} is answered no longer"
            rule = f"{couple.answers}-status-removed"
            level: Level = "additive" if couple.answers == "response" else "breaking"
            yield Change(level, rule, couple.id, pointer, says, couple.answers, status, gone=True)
    for status, (name, node) in new.items():
        covered = _covering(status, old)
        pointer = couple.new.pointer + join("responses", name)
        if covered is None or _wider(status, covered, old):
            yield _added(couple, status, pointer)
        if covered is not None:
            yield from _changed(pair, couple, pointer, status, old[covered][1], node)


def _by_status(responses: Any) -> dict[str, tuple[str, Any]]:
    found = responses if isinstance(responses, Mapping) else {}
    return {str(name).upper().replace("DEFAULT", "default"): (str(name), node) for name, node in found.items()}


def _covering(status: str, others: Mapping[str, Any]) -> str | None:
    """The key that speaks of ``status``: itself, its range, or ``default``; of a range also any status within it."""
    candidates = [status, f"{status[:1]}XX"] if status != "default" else [status]
    if status.endswith("XX"):
        candidates += [one for one in others if one[:1] == status[:1]]
    return next((one for one in (*candidates, "default") if one in others), None)


def _wider(status: str, covered: str, old: Mapping[str, Any]) -> bool:
    """Whether a range speaks of statuses of which nothing spoke before."""
    return status.endswith("XX") and covered != status and "default" not in old


def _added(couple: Couple, status: str, pointer: str) -> Change:
    success = status[:1] in "123"
    breaks = success and couple.answers == "response"
    says = f"status {status} is new{': clients know it for no success' if breaks else ''}"
    rule = f"{couple.answers}-status-added"
    return Change("breaking" if breaks else "additive", rule, couple.id, pointer, says, couple.answers, after=status)


def _changed(pair: Pair, couple: Couple, pointer: str, status: str, old: Any, new: Any) -> Iterator[Change]:
    before, after = pair.old.resolve(old), pair.new.resolve(new)
    place = Place(couple.id, couple.answers, pointer, f"the body of {status}")
    one, other = before.get("content") or {}, after.get("content") or {}
    if one and not other:
        rule, says = f"{couple.answers}-body-removed", f"{place.what} is gone"
        yield Change("breaking", rule, couple.id, pointer, says, couple.answers, sorted(one))
    elif other and not one:
        rule, says = f"{couple.answers}-body-added", f"{place.what} is new"
        yield Change("additive", rule, couple.id, pointer, says, couple.answers, after=sorted(other))
    else:
        yield from content_changes(pair, place, one, other)
    yield from _headers(pair, couple, pointer, status, before, after)


def _headers(pair: Pair, couple: Couple, pointer: str, status: str, old: Node, new: Node) -> Iterator[Change]:
    before = {name.lower(): (name, pair.old.resolve(node)) for name, node in (old.get("headers") or {}).items()}
    after = {name.lower(): (name, pair.new.resolve(node)) for name, node in (new.get("headers") or {}).items()}
    for key in dict.fromkeys((*before, *after)):
        if key == "content-type":
            continue
        name, _ = after.get(key) or before[key]
        at, title = pointer + join("headers", name), f"the header {name} of {status}"
        needed = [bool(side[key][1].get("required")) if key in side else False for side in (before, after)]
        level: Level = "breaking" if needed[0] else "additive"
        if key not in after:
            says = f"{title} is gone"
            yield Change(level, "response-header-removed", couple.id, at, says, couple.answers, name, gone=True)
        elif key not in before:
            yield Change(
                "additive", "response-header-added", couple.id, at, f"{title} is new", couple.answers, after=name
            )
        else:
            if needed[0] != needed[1]:
                says = f"{title} {'is always there now' if needed[1] else 'can be left out now'}"
                rule = f"response-header-{'required' if needed[1] else 'optional'}"
                yield Change(level, rule, couple.id, at, says, couple.answers, needed[0], needed[1])
            place = Place(couple.id, couple.answers, at + join("schema"), title)
            yield from schema_changes(pair, place, before[key][1].get("schema", {}), after[key][1].get("schema", {}))
