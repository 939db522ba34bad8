"""Lists of what can be done with a resource now."""

from __future__ import annotations

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer


class Taker(Model):
    """The operation that takes an offered name at ``place``; ``actor`` is where it takes who acts."""

    operation: str
    id: Place
    place: Place
    actor: Place | None = None


class Offers(OperationFacet):
    """An operation that lists the names that ``by`` takes for the resource in its present state.

    ``items`` is a pointer in the reply and ``name`` one in an item; ``actor`` is where the list takes who would act.
    ``ends`` says that nothing is offered in a terminal state.
    """

    resource: str
    id: Place
    items: Pointer
    name: Pointer
    actor: Place | None = None
    by: Taker
    ends: bool = False

    def operations(self) -> tuple[str, ...]:
        """The operation that takes what is offered."""
        return (self.by.operation,)
