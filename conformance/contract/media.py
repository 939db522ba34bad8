"""Media types as they are told apart."""

from __future__ import annotations

from collections.abc import Iterable


def bare(media_type: str | None) -> str:
    """A media type without its parameters, lower-case; empty for none."""
    return (media_type or "").partition(";")[0].strip().lower()


def covering(media_types: Iterable[str], media_type: str | None) -> str | None:
    """The one of ``media_types`` that is about a media type: its own, else a range with it; ``None`` when none is."""
    known = {bare(one): one for one in reversed(list(media_types))}
    name = bare(media_type)
    ranges = (name, f"{name.partition('/')[0]}/*", "*/*")
    return next((known[one] for one in ranges if one in known), None)


def is_json(media_type: str | None) -> bool:
    """Whether a media type is JSON or built on it."""
    return bare(media_type) == "application/json" or bare(media_type).endswith("+json")
