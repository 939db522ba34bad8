"""Media types, their ranges, and how the parts of a form are encoded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.contract.schema import Direction
from conformance.drift.change import Change
from conformance.drift.containment.rewriting import equal, text
from conformance.drift.document.model import Media
from conformance.drift.wording import change

_SAID = ("contentType", "style", "explode", "allowReserved")


def covering(media: Mapping[str, Media], name: str) -> Media | None:
    """The entry for a media type: its own, or that of a range which includes it."""
    kind = name.partition("/")[0]
    return next((media[key] for key in (name, f"{kind}/*", "*/*") if key in media), None)


def encoding_changes(subject: str, operation: str, direction: Direction, old: Media, new: Media) -> Iterator[Change]:
    """Properties whose part of a form is encoded another way."""
    for name in sorted(old.encoding.keys() | new.encoding.keys()):
        ours, theirs = ({k: v for k, v in (one.encoding.get(name) or {}).items() if k in _SAID} for one in (old, new))
        if not equal(ours, theirs):
            at = f"{new.pointer}/encoding/{name}" if name in new.encoding else new.pointer
            yield change("breaking", f"{subject}-encoding-changed", operation, at, direction, text(ours), text(theirs))
