"""Lists that follow the state of a resource."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Pointer, Value


class Box(OperationFacet):
    """An operation whose list holds entries of a resource as long as it is in a state.

    ``narrow`` takes the id of the resource; of the entries at ``items``, those with that id at ``id`` are compared.
    ``holds`` are the values that the entries show at ``shows``, by the state that the resource was brought to, by
    whatever command; ``follows`` are commands of which that is seen besides.
    """

    resource: str
    narrow: Place
    items: Pointer
    id: Pointer
    shows: Pointer
    holds: dict[str, tuple[Value, ...]] = Field(default_factory=dict)
    follows: tuple[str, ...] = ()

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that entries show."""
        return tuple(value.fixture for values in self.holds.values() for value in values if value.fixture)
