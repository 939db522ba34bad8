"""What is sent is kept."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import CommandName


class Kept(Model):
    """A value sent at ``place`` that the reply, and every later read, shows at the pointer ``at``.

    ``expect`` is what is shown where that is not what was sent (an address that stands for an id).
    ``beside`` are further values that the request then needs, and ``instead_of`` places it must not carry.
    ``whole`` says that an object sent here replaces the one before, so that what it leaves out is gone.
    ``late`` says that the operation does more, of which its reply tells, so that reads alone show the value.
    ``outlives`` are commands of the resource that can follow, one after the other, and leave the value alone, each with
    the further values that it sends.
    """

    place: Place
    value: Value
    at: Pointer
    expect: Value | None = None
    beside: dict[Place, Value] = Field(default_factory=dict)
    instead_of: tuple[Place, ...] = ()
    whole: bool = False
    late: bool = False
    outlives: dict[CommandName, dict[Place, Value]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_an_object(self) -> Self:
        if self.whole and self.value.literal is not None and not isinstance(self.value.literal, dict):
            raise ValueError("'whole' is for a value that is an object; any other takes the place of the one before")
        return self


class Stores(OperationFacet):
    """The request properties that an operation keeps, by name."""

    kept: dict[str, Kept]

    def carried(self, request: Request) -> dict[str, Kept]:
        """Those of them that ``request`` sends, whatever it is sent for."""
        return {name: one for name, one in self.kept.items() if one.place.sent(request) is not ABSENT}
