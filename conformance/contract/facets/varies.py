"""Replies that depend on the state of a resource."""

from __future__ import annotations

from conformance.contract.semantics.model import OperationFacet, Pointer
from conformance.contract.semantics.names import ResourceName, StateName


class Varies(OperationFacet):
    """An operation that shows something else ``at`` a pointer for each of the ``states`` of the resource it names."""

    resource: ResourceName
    at: Pointer
    states: tuple[StateName, ...]
