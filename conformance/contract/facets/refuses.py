"""Values that an operation is documented to refuse, which its schema allows."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Value


class Wrong(Model):
    """A valid request made wrong by ``value`` at ``place``."""

    place: Place
    value: Value


class Refuses(OperationFacet):
    """The wrong values that the operation refuses, by name."""

    wrong: dict[str, Wrong]
