"""Values that break their schema are kept, and marked."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Pointer, Value


class Validity(OperationFacet):
    """An operation that saves a JSON value and marks it: ``flag`` true or false, ``errors`` when false.

    ``place`` is where the value is sent, with ``beside`` what makes the request save all of it; ``value``, ``flag``
    and ``errors`` are pointers in the reply, and ``leads`` is where an error has a pointer into the value. ``valid``
    fits the value's schema and ``invalid`` breaks it.
    """

    place: Place
    beside: dict[Place, Value] = Field(default_factory=dict)
    value: Pointer
    flag: Pointer
    errors: Pointer
    leads: Pointer | None = None
    valid: Value
    invalid: Value
