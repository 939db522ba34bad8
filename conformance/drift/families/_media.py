"""Media types and the ranges that include them."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.drift.document.model import Media


def covering(media: Mapping[str, Media], name: str) -> Media | None:
    """The entry for a media type: its own, or that of a range which includes it."""
    kind = name.partition("/")[0]
    return next((media[key] for key in (name, f"{kind}/*", "*/*") if key in media), None)
