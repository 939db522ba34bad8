"""Schemas that have another name and are the same on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.drift.change import Change
from conformance.drift.comparison import Comparison, Side
from conformance.drift.wording import change

_SCHEMAS = "/components/schemas/"


def changes(comparison: Comparison) -> Iterator[Change]:
    """Renamed schemas, as far as one alone has taken the place of one that is gone."""
    for table in ("request", "sender"):
        ours, theirs = _named(comparison.old, table), _named(comparison.new, table)
        gone = {name: form for name, form in ours.items() if name not in theirs}
        come = {name: form for name, form in theirs.items() if name not in ours}
        for name, form in gone.items():
            same = [other for other, form_of in come.items() if form_of == form]
            twins = [other for other, form_of in gone.items() if form_of == form]
            if len(same) == 1 and len(twins) == 1:
                at = _SCHEMAS + same[0]
                yield change("client", "schema-renamed", "", at, "request", name, same[0])


def _named(side: Side, table: str) -> dict[str, Any]:
    names = side.names[table]
    return {
        key.removeprefix(_SCHEMAS): called
        for key, called in names.items()
        if key.startswith(_SCHEMAS) and "/" not in key.removeprefix(_SCHEMAS) and " " not in key
    }
