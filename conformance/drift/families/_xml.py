"""How the values of a body are written as XML: what their elements are called, and which of them are attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract import pointer
from conformance.contract.schema import Direction
from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.containment.rewriting import equal
from conformance.drift.document.model import Media
from conformance.drift.schema.ways import Key, Way, children, matched, ways
from conformance.drift.wording import change


def xml_changes(
    comparison: Comparison, subject: str, operation: str, direction: Direction, old: Media, new: Media
) -> Iterator[Change]:
    """Each place that both documents have and that they write otherwise, where the media type is XML."""
    if not _is_xml(old.name) or not _is_xml(new.name):
        return
    before, after = comparison.old.root, comparison.new.root
    waiting: list[tuple[str, Way, Way]] = [("", (old.schema.pointer,), (new.schema.pointer,))]
    seen: set[tuple[str, Way, Way]] = set()
    while waiting:
        here = own, old_at, new_at = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        ours, theirs = [list(ways(root, at)) for root, at in ((before, old_at), (after, new_at))]
        (_, was), (at, is_now) = _said(before, ours[0], own), _said(after, theirs[0], own)
        if not equal(was, is_now):
            yield change("breaking", f"{subject}-xml-changed", operation, at, direction, was, is_now)
        below = ([children(root, way) for way in found] for root, found in ((before, ours), (after, theirs)))
        old_below, new_below = below
        for number, alike in matched(before, old_below, after, new_below):
            one, other = old_below[number], new_below[alike]
            waiting += [(_own(key, own), one[key], other[key]) for key in one if key in other]


def _is_xml(media_type: str) -> bool:
    return media_type.partition(";")[0].endswith(("/xml", "+xml"))


def _own(key: Key, outer: str) -> str:
    """What the element of a property is called where nothing is said; the items of a list are called as the list."""
    return key[1] if key[0] == "properties" else outer if key == ("items",) else ""


def _said(root: Mapping[str, Any], way: Way, own: str) -> tuple[str, dict[str, Any]]:
    """Where a schema says how its value is written, and what; its own name, and what is not so, say nothing."""
    for place in way:
        schema = pointer.get(root, place)
        said = schema.get("xml") if isinstance(schema, dict) else None
        if isinstance(said, dict):
            kept = {word: value for word, value in said.items() if value not in (None, False, "")}
            if kept.get("name") in (own, place.removeprefix("/components/schemas/")):
                del kept["name"]
            return f"{place}/xml", kept
    return way[0], {}
