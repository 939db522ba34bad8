"""Whether values stand in an order that a server may legally mean by "ascending": pure functions.

A vendor that does not write how ids and texts compare is free to choose, so each kind of value has several orders.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

Key = Callable[[Any], Any]
_SQL_SERVER = (10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3)
"""The bytes of a little-endian UUID by weight, as SQL Server's uniqueidentifier compares them."""


def disorder(values: Sequence[Any], *, descending: bool = False) -> tuple[Any, Any] | None:
    """The first neighbours that are out of order under every legal order; ``None`` when one order fits them all.

    Values that are ``None`` are left out: where they stand is not written anywhere.
    """
    present = [value for value in values if value is not None]
    found: tuple[Any, Any] | None = None
    for key in orders(present).values():
        broken = _break(present, key, descending)
        if broken is None:
            return None
        found = found or broken
    return found


def _break(values: Sequence[Any], key: Key, descending: bool) -> tuple[Any, Any] | None:
    for before, after in pairwise(values):
        first, second = key(before), key(after)
        if first < second if descending else second < first:
            return before, after
    return None


def orders(values: Sequence[Any]) -> Mapping[str, Key]:
    """The legal orders of values of one kind, by name; values of several kinds are compared as text."""
    if all(isinstance(value, (int, float)) for value in values):
        return {"number": lambda value: value}
    texts = [str(value) for value in values]
    if all(instant(text) is not None for text in texts):
        return {"instant": lambda value: instant(str(value))}
    if all(_uuid(text) is not None for text in texts):
        return {"text": lambda value: str(value).lower(), "signed": _signed, "sql-server": _sql_server}
    return {"code-points": str, "no-case": _no_case, "no-accents": _no_accents, "letters-only": _letters_only}


def instant(text: str) -> datetime | None:
    """The moment that an RFC 3339 date-time denotes, in UTC; ``None`` for any other text.

    That of ``0001-01-01T00:00:00+01:00`` lies before all that are known here, and is ``None`` too.
    """
    if len(text) < len("2000-01-01T00:00:00") or text[10:11] not in "Tt ":
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def same_moment(one: Any, other: Any) -> bool:
    """Whether two texts denote one moment, as far as the one that is written less precisely tells."""
    first, second = instant(str(one)), instant(str(other))
    if first is None or second is None:
        return False
    apart = abs((first - second).total_seconds())
    return apart == 0 or apart < 10.0 ** -min(_decimals(str(one)), _decimals(str(other)))


def exactness(texts: Iterable[str]) -> timedelta:
    """How far apart two moments are that do not show as one where moments show as ``texts`` do."""
    decimals = max((_decimals(text) for text in texts if instant(text) is not None), default=0)
    return timedelta(microseconds=10 ** max(0, 6 - decimals))


def _decimals(text: str) -> int:
    """The decimals of the seconds of a date-time; zeros at the end may be padding."""
    found = re.search(r"\.(\d+)", text)
    return len(found[1].rstrip("0")) if found else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _signed(value: Any) -> tuple[int, int]:
    """The two halves as signed numbers, as Java's UUID.compareTo takes them."""
    halves = divmod(UUID(str(value)).int, 1 << 64)
    high, low = (half - (1 << 64) if half >> 63 else half for half in halves)
    return high, low


def _sql_server(value: Any) -> bytes:
    little = UUID(str(value)).bytes_le
    return bytes(little[place] for place in _SQL_SERVER)


def _no_case(value: Any) -> str:
    return str(value).casefold()


def _no_accents(value: Any) -> str:
    parts = unicodedata.normalize("NFKD", str(value))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _letters_only(value: Any) -> str:
    return "".join(part for part in _no_accents(value) if part.isalnum())
