"""Documents that say where other operations are."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet
from conformance.contract.semantics.names import OperationName


class Discovery(OperationFacet):
    """An operation whose reply names the addresses of others: a place in the reply by operation."""

    names: dict[OperationName, Place]
