"""Removals that were announced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from conformance.contract.http_date import http_date
from conformance.drift.change import Level

_WORDS = ("x-sunset", "x-sunset-date", "sunset")


def sunset(raw: Mapping[str, Any]) -> date | None:
    """The day on which something ends, as its ``x-sunset`` says."""
    for word in _WORDS:
        said = raw.get(word)
        if isinstance(said, date):
            return said
        if isinstance(said, str):
            try:
                return date.fromisoformat(said[:10])
            except ValueError:
                pass
            moment = http_date(said)
            return moment.date() if moment else None
    return None


def softened(raw: Mapping[str, Any], today: date) -> Level:
    """The level of a removal: of what was deprecated and whose sunset is past, only clients' authors need to know."""
    day = sunset(raw)
    return "client" if raw.get("deprecated") is True and day is not None and day <= today else "breaking"
