"""Capped logs."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet


class Log(OperationFacet):
    """An operation that appends an entry to the log at ``entries``; the oldest entry leaves when it is full.

    ``fields`` pairs each request place with the property that an entry shows it in; ``generated`` are the
    properties that the server adds; ``levels`` are the values that ``level`` takes.
    """

    entries: str
    fields: dict[str, Place]
    generated: tuple[str, ...] = ()
    capped: bool = False
