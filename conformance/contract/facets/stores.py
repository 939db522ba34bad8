"""What is sent is kept."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
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


class Stores(OperationFacet):
    """The request properties that an operation keeps, by name."""

    kept: dict[str, Kept]
