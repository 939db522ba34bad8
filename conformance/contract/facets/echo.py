"""Workflows whose outputs are known from their inputs."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import OperationFacet, Pointer, Value


class Echo(OperationFacet):
    """An operation that runs something on the object at ``inputs`` and answers its outputs at the pointer ``at``.

    ``value`` as inputs gives ``outputs``, and no inputs give ``defaults``; what else stands beside the outputs is not
    looked at. ``request`` are the values that make it answer outputs, besides the smallest request's own. ``repeats``
    says that a text among the inputs that is also an output comes back whatever it is; ``also`` are values in its place
    that come back as they are, or as a text, where the workflow takes them.
    """

    inputs: Place | None = None
    value: Value | None = None
    outputs: Value | None = None
    defaults: Value | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    repeats: bool = False
    also: tuple[Any, ...] = ()
    at: Pointer = ""
