"""Media types as they are told apart."""

from __future__ import annotations


def bare(media_type: str | None) -> str:
    """A media type without its parameters, lower-case; empty for none."""
    return (media_type or "").partition(";")[0].strip().lower()


def is_json(media_type: str | None) -> bool:
    """Whether a media type is JSON or built on it."""
    return bare(media_type) == "application/json" or bare(media_type).endswith("+json")
