"""JSON Patch (RFC 6902) on a stored value."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer
from conformance.contract.semantics.names import OperationName


class Setter(Model):
    """The operation that sets the whole value, and where it takes it."""

    operation: OperationName
    place: Place


class Patch(OperationFacet):
    """An operation that patches the JSON value that its reply shows at ``value``."""

    value: Pointer
    replace: Setter
