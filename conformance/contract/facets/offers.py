"""Lists of what can be done with a resource now."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer
from conformance.contract.semantics.names import OperationName, ResourceName


class Taker(Model):
    """The operation that takes an offered name at ``place``; ``actor`` is where it takes who acts."""

    operation: OperationName
    id: Place
    place: Place
    actor: Place | None = None


class Offers(OperationFacet):
    """An operation that lists the names that ``by`` takes for the resource in its present state.

    ``items`` is a pointer in the reply and ``name`` one in an item; ``actor`` is where the list takes who would act.
    ``also`` are further operations that take the same names. ``ends`` says that nothing is offered in a terminal state,
    ``leads`` that what is offered is a state and brings the resource to it. ``shows`` pairs places in an item with
    those where a read shows the same of the resource.
    """

    resource: ResourceName
    id: Place
    items: Pointer
    name: Pointer
    actor: Place | None = None
    by: Taker
    also: tuple[Taker, ...] = ()
    ends: bool = False
    leads: bool = False
    shows: dict[Pointer, Pointer] = Field(default_factory=dict)
