"""Defaults: what a request means that leaves something out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison, Places, Side
from conformance.drift.containment.rewriting import equal
from conformance.drift.document.model import Forms, Parameter
from conformance.drift.schema import place
from conformance.drift.schema.place import Step
from conformance.drift.wording import change


def parameter_changes(comparison: Comparison, operation: str, old: Parameter, new: Parameter) -> Iterator[Change]:
    """The change of a parameter's default, unless it has to be sent."""
    if not (old.required or new.required):
        yield from _changes(comparison, "parameter", operation, old.schema.pointer, new.schema.pointer)


def body_changes(comparison: Comparison, operation: str, old: Forms, new: Forms) -> Iterator[Change]:
    """The changes of the defaults of properties of a request's body."""
    seen: set[Places] = set()
    waiting: list[Places] = [_targets(comparison, old.pointer, new.pointer)]
    while waiting:
        places = waiting.pop()
        if places not in seen:
            seen.add(places)
            if places not in comparison.defaults:
                comparison.defaults[places] = _at(comparison, *places)
            changes, below = comparison.defaults[places]
            yield from (replace(one, operation=operation) for one in changes)
            waiting += below


def _at(comparison: Comparison, old_at: str, new_at: str) -> tuple[tuple[Change, ...], tuple[Places, ...]]:
    """The changes of the defaults of one schema's properties, and the schemas of those and of items."""
    ours, theirs = _properties(comparison.old.root, old_at), _properties(comparison.new.root, new_at)
    below = [(ours[name], theirs[name]) for name in ours if name in theirs]
    changes = [one for pair in below for one in _changes(comparison, "request-body", "", *pair)]
    one, other = (place.child(side.root, at, Step("items")) for side, at in _both(comparison, old_at, new_at))
    if one.endswith("/items") and other.endswith("/items"):
        below.append((one, other))
    return tuple(changes), tuple(_targets(comparison, *pair) for pair in below)


def _targets(comparison: Comparison, old_at: str, new_at: str) -> Places:
    return place.target(comparison.old.root, old_at), place.target(comparison.new.root, new_at)


def _both(comparison: Comparison, old_at: str, new_at: str) -> tuple[tuple[Side, str], tuple[Side, str]]:
    return (comparison.old, old_at), (comparison.new, new_at)


def _properties(root: Mapping[str, Any], at: str) -> dict[str, str]:
    found: dict[str, str] = {}
    schema = pointer.get(root, at)
    if not isinstance(schema, dict):
        return {}
    for part in (at, *(place.target(root, f"{at}/allOf/{n}") for n in range(len(schema.get("allOf") or ())))):
        declared = pointer.get(root, f"{part}/properties")
        if isinstance(declared, dict):
            found |= {name: f"{part}/properties{pointer.join(name)}" for name in declared}
    return found


def _changes(comparison: Comparison, subject: str, operation: str, old_at: str, new_at: str) -> Iterator[Change]:
    was, is_now = (_default(side.root, at) for side, at in _both(comparison, old_at, new_at))
    if was is is_now or (was is not ABSENT and is_now is not ABSENT and equal(was, is_now)):
        return
    at = f"{place.declares(comparison.new.root, new_at, {'default'})}{'/default' if is_now is not ABSENT else ''}"
    rule = f"{subject}-default-{'added' if was is ABSENT else 'removed' if is_now is ABSENT else 'changed'}"
    level: Level = "additive" if was is ABSENT else "breaking"
    yield change(level, rule, operation, at, "request", was, is_now)


def _default(root: Mapping[str, Any], at: str) -> Any:
    schema = pointer.get(root, place.declares(root, at, {"default"}))
    return schema.get("default", ABSENT) if isinstance(schema, dict) else ABSENT
