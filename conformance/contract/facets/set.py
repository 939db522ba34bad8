"""Sets that are replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import ControlName, OperationName


def _several(value: Value) -> Value:
    if value.fixture is None and not isinstance(value.literal, list):
        raise ValueError("members are a list of ids, or the fixture that is one")
    return value


Ids = Annotated[Value, AfterValidator(_several)]
"""Several ids."""


class Told(Model):
    """Where a reply shows a set: ``items`` points to its members, ``id`` to the id within one (empty: it is the id)."""

    items: Pointer
    id: Pointer = "/id"


class SetReader(Told):
    """The operation that reads the set of one owner."""

    operation: OperationName
    owner: Place


class SetControl(Model):
    """The control that reads the set where no operation does: ``id`` is its argument, ``members`` where it answers."""

    name: ControlName
    id: str = "id"
    members: Pointer = "/members"


class Agrees(Model):
    """The list that the members come from: ``pairs`` of pointers, in a member as it is told and in an item there."""

    operation: OperationName
    pairs: dict[Pointer, Pointer]


class Set(OperationFacet):
    """An operation that replaces the set that belongs to an owner.

    ``owner`` and ``place`` are where a request names the owner and the ids of the new members; ``members`` are two
    sets of ids to send, neither of which holds the other; ``told`` is where the reply shows the new set.
    ``media_type: optional`` says that a body without a content type is taken for what the contract describes;
    ``made_with`` is where the create of the owner takes the first members.
    """

    owner: Place
    place: Place
    members: tuple[Ids, Ids]
    told: Told | None = None
    agrees: Agrees | None = None
    empty: Literal["removes-all", "refused", "unspecified"] = "unspecified"
    read: SetReader | None = None
    control: SetControl | None = None
    media_type: Literal["required", "optional"] = "required"
    made_with: Place | None = None

    @property
    def is_seen(self) -> bool:
        """Whether an operation or a control reads the set."""
        return self.read is not None or self.control is not None

    def reads(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """The ids in the reply."""
        if self.told is not None:
            yield self.subject, f"{self.told.items}/0{self.told.id}", ("told",)
