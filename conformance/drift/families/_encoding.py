"""How the parts of a form are encoded: which media types they may have, and how their values are written.

What is not said is as OpenAPI's Encoding Object has it: the media type by the kind of the property's values, and in a
urlencoded form the style of query parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract import pointer
from conformance.contract.media import bare, covering
from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.containment.rewriting import text
from conformance.drift.document.model import Media
from conformance.drift.schema.ways import Key, Way, children, ways
from conformance.drift.wording import change

_SAID = ("contentType", "style", "explode", "allowReserved")
_URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class _Part:
    """The media types of a part, none where nothing tells them, and how its values are written."""

    types: frozenset[str]
    written: tuple[tuple[str, Any], ...]

    def takes(self, other: _Part) -> bool:
        """Whether whatever ``other`` may be encoded as is among what this may be."""
        if self.written != other.written:
            return False
        return self.types == other.types or (
            bool(other.types) and all(covering(self.types, one) for one in other.types)
        )


def encoding_changes(
    comparison: Comparison, subject: str, operation: str, direction: Direction, old: Media, new: Media
) -> Iterator[Change]:
    """Properties whose part of a form is encoded another way; a receiver may take more."""
    if not _is_form(old.name) or not _is_form(new.name):
        return
    for name in sorted(old.encoding.keys() | new.encoding.keys()):
        ours, theirs = _part(comparison.old.root, old, name), _part(comparison.new.root, new, name)
        sender, receiver = (ours, theirs) if direction == "request" else (theirs, ours)
        if receiver.takes(sender) and sender.takes(receiver):
            continue
        level: Level = "additive" if receiver.takes(sender) else "breaking"
        at = f"{new.pointer}/encoding/{name}" if name in new.encoding else new.pointer
        before, after = text(_said(old, name)), text(_said(new, name))
        yield change(level, f"{subject}-encoding-changed", operation, at, direction, before, after)


def _is_form(media_type: str) -> bool:
    return bare(media_type) == _URLENCODED or bare(media_type).startswith("multipart/")


def _said(media: Media, name: str) -> dict[str, Any]:
    return {word: value for word, value in (media.encoding.get(name) or {}).items() if word in _SAID}


def _part(root: Mapping[str, Any], media: Media, name: str) -> _Part:
    said = _said(media, name)
    told = said.pop("contentType", None)
    if bare(media.name) == _URLENCODED:
        style = said.get("style", "form")
        said = {"style": style, "explode": style == "form", "allowReserved": False} | said
    if isinstance(told, str):
        types: Iterable[str] = told.split(",")
    else:
        types = _usual(root, _below(root, (media.schema.pointer,), ("properties", name)))
    return _Part(frozenset(map(bare, types)), tuple(sorted(said.items())))


def _below(root: Mapping[str, Any], at: Way, key: Key) -> Way:
    """The schemas under ``key`` of what holds together at ``at``."""
    return tuple(place for way in ways(root, at) for place in children(root, way).get(key, ()))


def _usual(root: Mapping[str, Any], at: Way) -> Iterator[str]:
    """The media types of a part whose schemas are at ``at`` when nothing is said; none where these leave it open."""
    for place in dict.fromkeys(place for way in ways(root, at) for place in way):
        schema = pointer.get(root, place)
        kind = schema.get("type") if isinstance(schema, dict) else None
        if kind == "array":
            yield from _usual(root, _below(root, (place,), ("items",)))
        elif kind == "object":
            yield "application/json"
        elif isinstance(kind, str):
            is_raw = schema.get("format") == "binary" or "contentEncoding" in schema
            yield "application/octet-stream" if is_raw else "text/plain"
