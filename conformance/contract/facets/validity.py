"""Values that break their schema are kept, and marked."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Value


class Validity(OperationFacet):
    """An operation that saves a JSON value and marks it: ``flag`` true or false, ``errors`` when false.

    ``place`` is where the value is sent, ``value``, ``flag`` and ``errors`` are pointers in the reply. In a patch
    the value is sent as one operation that replaces the whole document.
    """

    place: Place
    value: str
    flag: str
    errors: str
    valid: Value
    invalid: Value

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures of the two values."""
        return tuple(value.fixture for value in (self.valid, self.invalid) if value.fixture)
