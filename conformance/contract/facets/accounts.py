"""What further operations tell of a job."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer
from conformance.contract.semantics.names import OperationName


class Account(Model):
    """An operation that takes the id of a job at ``id`` and tells of it: ``echo`` is the id and ``state`` the state."""

    operation: OperationName
    id: Place
    echo: Pointer
    state: Pointer


class Accounts(OperationFacet):
    """The operations, besides the poll, that tell of a job which this operation starts.

    ``names`` pairs pointers in the replies of those in ``named`` with places of the start: both name the same thing.
    ``lasts`` is what the reply to the start shows already as the first of them does in the end.
    """

    of: tuple[Account, ...]
    names: dict[Pointer, Place] = Field(default_factory=dict)
    named: tuple[str, ...] = ()
    lasts: tuple[Pointer, ...] = ()

    def account(self, operation: str) -> Account:
        """What is told by one of the operations."""
        return next(one for one in self.of if one.operation == operation)

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that tell of a job."""
        return tuple(one.operation for one in self.of)
