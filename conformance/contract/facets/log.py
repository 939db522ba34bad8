"""Capped logs."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Pointer
from conformance.contract.semantics.names import OperationName


class Log(OperationFacet):
    """An operation that appends an entry to the log at ``entries``, a pointer in its reply.

    ``fields`` pairs each property of an entry with the request place that it comes from, ``text`` names the one that
    takes any text, ``generated`` are the properties that the server adds, among them ``moment``, when it did so, and
    ``id`` is the pointer that tells entries apart. With ``capped`` the oldest entry leaves when the log is full.
    ``outlives`` are operations that change something else of what has the log, and ``survives`` such as may move or end
    it, in that order.
    """

    entries: Pointer
    fields: dict[str, Place]
    text: str
    id: Pointer = "/id"
    generated: tuple[str, ...] = ()
    moment: str | None = None
    capped: bool = False
    outlives: tuple[OperationName, ...] = ()
    survives: tuple[OperationName, ...] = ()
