"""Request bodies: whether there is one, in which media types, and of what schema."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Body, Media, Operation
from conformance.drift.families import _defaults
from conformance.drift.families._calls import calls
from conformance.drift.families._encoding import encoding_changes
from conformance.drift.families._media import covering
from conformance.drift.families._xml import xml_changes
from conformance.drift.wording import change


def changes(comparison: Comparison) -> Iterator[Change]:
    """The changes of the request bodies of each operation that both documents have."""
    for old, new in calls(comparison):
        direction: Direction = "response" if old.is_outgoing else "request"
        if old.body is None and new.body is not None:
            yield _added(new, new.body, direction)
        elif old.body is not None and new.body is None:
            at = new.pointer
            yield change("breaking", "request-body-removed", new.name, at, direction, sorted(old.body.media), None)
        elif old.body is not None and new.body is not None:
            yield from _changed(comparison, new, old.body, new.body, direction)


def _added(new: Operation, body: Body, direction: Direction) -> Change:
    is_needed = body.required and direction == "request"
    rule = "request-body-added-required" if is_needed else "request-body-added"
    level: Level = "breaking" if is_needed else "additive"
    return change(level, rule, new.name, body.pointer, direction, None, sorted(body.media))


def _changed(
    comparison: Comparison, new: Operation, ours: Body, theirs: Body, direction: Direction
) -> Iterator[Change]:
    name = new.name
    if ours.required != theirs.required:
        rule = "request-body-required" if theirs.required else "request-body-optional"
        level: Level = "breaking" if theirs.required == (direction == "request") else "additive"
        at = f"{theirs.pointer}/required" if theirs.required else theirs.pointer
        yield change(level, rule, name, at, direction, ours.required, theirs.required)
    for media_type, media in ours.media.items():
        other = covering(theirs.media, media_type)
        if other is None:
            level = "breaking" if direction == "request" else "additive"
            yield change(
                level,
                "request-body-media-type-removed",
                name,
                media.pointer,
                direction,
                media_type,
                None,
                gone=True,
            )
            continue
        yield from _content_changes(comparison, name, media, other, direction)
    for media_type, media in theirs.media.items():
        wider = covering(ours.media, media_type)
        if wider is None:
            level = "additive" if direction == "request" else "breaking"
            rule = "request-body-media-type-added"
            yield change(level, rule, name, media.pointer, direction, None, media_type)
        elif media_type not in ours.media:
            yield from _content_changes(comparison, name, wider, media, direction)


def _content_changes(
    comparison: Comparison, name: str, ours: Media, theirs: Media, direction: Direction
) -> Iterator[Change]:
    yield from comparison.schema_changes("request-body", name, direction, ours.schema, theirs.schema)
    yield from encoding_changes(comparison, "request-body", name, direction, ours, theirs)
    yield from xml_changes(comparison, "request-body", name, direction, ours, theirs)
    if direction == "request":
        yield from _defaults.body_changes(comparison, name, ours.schema, theirs.schema)
