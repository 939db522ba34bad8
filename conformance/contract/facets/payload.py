"""Bodies in a format of their own: what is not taken."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Value
from conformance.contract.semantics.names import ResourceName


class Body(Model):
    """A body, the media type that it is sent as, parameters included, and what is ``beside``; ``None`` sends none."""

    value: Value | None = None
    media_type: str | None = None
    beside: dict[Place, Value] = Field(default_factory=dict)


class Payload(OperationFacet):
    """An operation that begins something out of a body.

    The smallest valid request begins one of ``resource``, as each of ``taken`` does, each of ``refused`` begins none,
    and what each of ``open`` gets is not written.
    """

    resource: ResourceName
    place: Place = Place("request", "body", "")
    taken: dict[str, Body] = Field(default_factory=dict)
    refused: dict[str, Body] = Field(default_factory=dict)
    open: dict[str, Body] = Field(default_factory=dict)
