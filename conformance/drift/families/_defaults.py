"""Defaults: what a request means that leaves something out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison, Places
from conformance.drift.containment.rewriting import equal
from conformance.drift.document.model import Forms, Parameter
from conformance.drift.families._text import spelled
from conformance.drift.schema import place
from conformance.drift.schema.ways import Way, children, matched, required, ways
from conformance.drift.wording import change


def parameter_changes(comparison: Comparison, operation: str, old: Parameter, new: Parameter) -> Iterator[Change]:
    """The change of a parameter's default, unless it has to be sent."""
    if not (old.required or new.required):
        is_text = old.media is None and new.media is None
        yield from (
            one
            for one in _changes(comparison, "parameter", operation, (old.schema.pointer,), (new.schema.pointer,))
            if not (is_text and one.rule.endswith("-changed") and equal(spelled(one.before), spelled(one.after)))
        )


def body_changes(comparison: Comparison, operation: str, old: Forms, new: Forms) -> Iterator[Change]:
    """The changes of the defaults of properties of a request's body."""
    seen: set[Places] = set()
    waiting: list[Places] = [((old.pointer,), (new.pointer,))]
    while waiting:
        places = waiting.pop()
        if places not in seen:
            seen.add(places)
            if places not in comparison.defaults:
                comparison.defaults[places] = _at(comparison, *places)
            changes, below = comparison.defaults[places]
            yield from (replace(one, operation=operation) for one in changes)
            waiting += below


def _at(comparison: Comparison, old_at: Way, new_at: Way) -> tuple[tuple[Change, ...], tuple[Places, ...]]:
    """The changes of the defaults of one schema's properties, and the schemas of all that is inside its values.

    A default says something only of what a request can have and can do without.
    """
    before, after = comparison.old.root, comparison.new.root
    ours, theirs = list(ways(before, old_at)), list(ways(after, new_at))
    old_below, new_below = [children(before, way) for way in ours], [children(after, way) for way in theirs]
    changes: list[Change] = []
    below: dict[Places, None] = {}
    for here, there in matched(before, old_below, after, new_below):
        one, other = old_below[here], new_below[there]
        needed = required(before, ours[here]) | required(after, theirs[there])
        for key in [key for key in one if key in other]:
            if _is_read_only(before, one[key]) or _is_read_only(after, other[key]):
                continue
            below[one[key], other[key]] = None
            if key[0] == "properties" and key[1] not in needed:
                changes += _changes(comparison, "request-body", "", one[key], other[key])
    return tuple(changes), tuple(below)


def _changes(comparison: Comparison, subject: str, operation: str, old_at: Way, new_at: Way) -> Iterator[Change]:
    _, was = _default(comparison.old.root, old_at)
    place_now, is_now = _default(comparison.new.root, new_at)
    if was is is_now or (was is not ABSENT and is_now is not ABSENT and equal(was, is_now)):
        return
    at = f"{place_now}{'/default' if is_now is not ABSENT else ''}"
    rule = f"{subject}-default-{'added' if was is ABSENT else 'removed' if is_now is ABSENT else 'changed'}"
    level: Level = "additive" if was is ABSENT else "breaking"
    yield change(level, rule, operation, at, "request", was, is_now)


def _is_read_only(root: Mapping[str, Any], way: Way) -> bool:
    return any(place.has(root, at, "readOnly") for at in way)


def _default(root: Mapping[str, Any], at: Way) -> tuple[str, Any]:
    """Where the default of what ``at`` says together is declared, and its value."""
    places = [place.declares(root, one, {"default"}) for one in at]
    for one in places:
        schema = pointer.get(root, one)
        if isinstance(schema, dict) and "default" in schema:
            return one, schema["default"]
    return places[0], ABSENT
