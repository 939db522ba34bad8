"""What is removed does not exist any more."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, ResourceFacet
from conformance.contract.semantics.names import OperationName


class Existence(Model):
    """The operation that tells whether one exists: true or false ``at`` a place of a successful reply."""

    operation: OperationName
    id: Place
    at: Place


class Several(Model):
    """The operation that removes several at once; ``ids`` takes the list of them."""

    operation: OperationName
    ids: Place


class Removal(ResourceFacet):
    """The operation that removes one of a resource for good.

    Without ``exists``, a read that is refused tells that one is gone.
    """

    operation: OperationName
    id: Place
    several: Several | None = None
    exists: Existence | None = None
