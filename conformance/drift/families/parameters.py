"""Parameters: which there are, whether they have to be sent, how they are written, and what they may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Operation, Parameter
from conformance.drift.families import _defaults
from conformance.drift.families._calls import calls
from conformance.drift.families._sunset import softened
from conformance.drift.families._text import text_changes
from conformance.drift.families._written import written_changes
from conformance.drift.wording import change

Key = tuple[str, str]


def changes(comparison: Comparison) -> Iterator[Change]:
    """The changes of the parameters of each operation that both documents have."""
    for old, new in calls(comparison):
        direction: Direction = "response" if old.is_outgoing else "request"
        moved = _moved(old, new)
        for key in sorted(old.parameters.keys() | new.parameters.keys()):
            ours, theirs = old.parameters.get(key), new.parameters.get(key)
            if key in moved:
                if theirs is None and ours is not None:
                    yield _move(new, ours, moved[key], direction)
            elif ours is None and theirs is not None:
                yield _added(new, theirs, direction)
            elif theirs is None and ours is not None:
                yield _removed(comparison, new, ours, direction)
            elif ours is not None and theirs is not None:
                yield from _changed(comparison, new, ours, theirs, direction)


def _moved(old: Operation, new: Operation) -> Mapping[Key, Parameter]:
    """Parameters that are elsewhere under the same name, by both keys."""
    gone = {p.name: p for key, p in old.parameters.items() if key not in new.parameters and p.place != "path"}
    come = {p.name: p for key, p in new.parameters.items() if key not in old.parameters and p.place != "path"}
    return {one.key: come[name] for name in gone.keys() & come.keys() for one in (gone[name], come[name])}


def _move(new: Operation, ours: Parameter, theirs: Parameter, direction: Direction) -> Change:
    return change("breaking", "parameter-moved", new.name, f"{theirs.pointer}/in", direction, ours.place, theirs.place)


def _added(new: Operation, parameter: Parameter, direction: Direction) -> Change:
    is_needed = parameter.required and direction == "request"
    rule = "parameter-added-required" if is_needed else "parameter-added"
    level: Level = "breaking" if is_needed else "additive"
    return change(level, rule, new.name, parameter.pointer, direction, after=parameter.name)


def _removed(comparison: Comparison, new: Operation, parameter: Parameter, direction: Direction) -> Change:
    level: Level = softened(parameter.raw, comparison.today)
    if direction == "response" and not parameter.required:
        level = "additive"
    return change(
        level,
        "parameter-removed",
        new.name,
        parameter.pointer,
        direction,
        before=parameter.name,
        gone=True,
    )


def _changed(
    comparison: Comparison, new: Operation, ours: Parameter, theirs: Parameter, direction: Direction
) -> Iterator[Change]:
    at, name = theirs.pointer, new.name
    if ours.place == "path" and ours.name != theirs.name:
        yield change("client", "path-parameter-renamed", name, f"{at}/name", direction, ours.name, theirs.name)
    if ours.required != theirs.required:
        is_breaking = theirs.required == (direction == "request")
        rule = "parameter-required" if theirs.required else "parameter-optional"
        place = f"{at}/required" if "required" in theirs.raw else at
        level: Level = "breaking" if is_breaking else "additive"
        yield change(level, rule, name, place, direction, ours.required, theirs.required)
    yield from written_changes(comparison, "parameter", name, ours, theirs, direction)
    yield from text_changes(comparison, "parameter", name, ours, theirs, direction)
    if direction == "request":
        yield from _defaults.parameter_changes(comparison, name, ours, theirs)
    was, is_now = ours.raw.get("deprecated") is True, theirs.raw.get("deprecated") is True
    if was != is_now:
        yield change("docs", "parameter-deprecated", name, at, direction, was, is_now)
