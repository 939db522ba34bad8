"""Lists that follow the state of a resource."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Pointer, Value
from conformance.contract.semantics.names import CommandName, ResourceName, StateName


class Box(OperationFacet):
    """An operation whose list holds entries of a resource as long as it is in a state.

    ``narrow`` takes the id of the resource and ``whose`` what its entries are to show; of the entries at ``items``,
    those with that id at ``id`` are compared. ``holds`` are the values that the entries show at ``shows``, by the state
    that the resource was brought to, by whatever command; ``follows`` are commands of which that is seen besides.
    """

    resource: ResourceName
    narrow: Place
    whose: Place | None = None
    items: Pointer
    id: Pointer
    shows: Pointer
    holds: dict[StateName, tuple[Value, ...]] = Field(default_factory=dict)
    follows: tuple[CommandName, ...] = ()
