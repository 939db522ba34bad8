"""Responses: at which statuses, with which content and headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Operation, Response
from conformance.drift.families._calls import calls
from conformance.drift.families._media import covering
from conformance.drift.families._text import text_changes
from conformance.drift.families._written import written_changes
from conformance.drift.families._xml import xml_changes
from conformance.drift.wording import change


def changes(comparison: Comparison) -> Iterator[Change]:
    """The changes of the responses of each operation that both documents have."""
    for old, new in calls(comparison):
        direction: Direction = "request" if old.is_outgoing else "response"
        told: set[tuple[str, str]] = set()
        for status in _statuses(old, new):
            ours, theirs = _at(old.responses, status), _at(new.responses, status)
            if ours is None and theirs is not None:
                yield _added(new, status, theirs, direction)
            elif ours is not None and theirs is None:
                yield _removed(new, status, ours, direction)
            elif ours is not None and theirs is not None and (ours.status, theirs.status) not in told:
                told.add((ours.status, theirs.status))
                yield from _changed(comparison, new, ours, theirs, direction)


def _statuses(old: Operation, new: Operation) -> list[str]:
    return sorted(old.responses.keys() | new.responses.keys())


def _at(responses: Mapping[str, Response], status: str) -> Response | None:
    """What is said of a status: its own entry, that of its range, or ``default``.

    ``default`` is for refusals where a success is listed.
    """
    for key in (status, f"{status[0]}XX"):
        if key in responses:
            return responses[key]
    lists_success = any(_is_success(key) for key in responses)
    if status == "DEFAULT" or (lists_success and _is_success(status)):
        return None
    return responses.get("DEFAULT")


def _is_success(status: str) -> bool:
    return status[0] in "23"


def _added(new: Operation, status: str, response: Response, direction: Direction) -> Change:
    is_breaking = _is_success(status) and direction == "response"
    level: Level = "breaking" if is_breaking else "additive"
    rule = "response-status-added"
    return change(level, rule, new.name, response.pointer, direction, None, status)


def _removed(new: Operation, status: str, response: Response, direction: Direction) -> Change:
    is_breaking = _is_success(status) or (direction == "request")
    level: Level = "breaking" if is_breaking else "additive"
    return change(
        level,
        "response-status-removed",
        new.name,
        response.pointer,
        direction,
        status,
        None,
        gone=True,
    )


def _changed(
    comparison: Comparison, new: Operation, ours: Response, theirs: Response, direction: Direction
) -> Iterator[Change]:
    name = new.name
    yield from _headers(comparison, name, ours, theirs, direction)
    if ours.body.media and not theirs.body.media:
        yield change(
            "breaking", "response-body-removed", name, theirs.pointer, direction, sorted(ours.body.media), None
        )
        return
    if theirs.body.media and not ours.body.media:
        at = f"{theirs.pointer}/content"
        yield change("additive", "response-body-added", name, at, direction, None, sorted(theirs.body.media))
        return
    for media_type, media in ours.body.media.items():
        other = covering(theirs.body.media, media_type)
        if other is not None:
            yield from comparison.schema_changes("response-body", name, direction, media.schema, other.schema)
            yield from xml_changes(comparison, "response-body", name, direction, media, other)
        elif not any(covering({media_type: media}, one) for one in theirs.body.media):
            rule = "response-body-media-type-removed"
            yield change("breaking", rule, name, media.pointer, direction, media_type, None, gone=True)
    for media_type, media in theirs.body.media.items():
        wider = covering(ours.body.media, media_type)
        if wider is None:
            rule = "response-body-media-type-added"
            yield change("additive", rule, name, media.pointer, direction, None, media_type)
        elif media_type not in ours.body.media:
            yield from comparison.schema_changes("response-body", name, direction, wider.schema, media.schema)


def _headers(
    comparison: Comparison, name: str, ours: Response, theirs: Response, direction: Direction
) -> Iterator[Change]:
    for key in sorted(ours.headers.keys() | theirs.headers.keys()):
        one, other = ours.headers.get(key), theirs.headers.get(key)
        if one is None and other is not None:
            yield change("additive", "response-header-added", name, other.pointer, direction, None, other.name)
        elif other is None and one is not None:
            level: Level = "breaking" if one.required else "additive"
            yield change(
                level,
                "response-header-removed",
                name,
                one.pointer,
                direction,
                one.name,
                None,
                gone=True,
            )
        elif one is not None and other is not None:
            if one.required != other.required:
                level = "additive" if other.required else "breaking"
                rule = f"response-header-{'required' if other.required else 'optional'}"
                at = other.pointer
                yield change(level, rule, name, at, direction, one.required, other.required)
            yield from written_changes(comparison, "response-header", name, one, other, direction)
            yield from text_changes(comparison, "response-header", name, one, other, direction)
