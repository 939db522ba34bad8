"""Bodies in a format of their own: what is not taken."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Value


class Body(Model):
    """A body, and the media type that it is sent as, parameters included; ``None`` sends none."""

    value: Value | None = None
    media_type: str | None = None


class Payload(OperationFacet):
    """An operation that begins something out of a body.

    The smallest valid request begins one of ``resource``, each of ``refused`` begins none, and what each of ``open``
    gets is not written.
    """

    resource: str
    place: Place = Place("request", "body", "")
    refused: dict[str, Body] = Field(default_factory=dict)
    open: dict[str, Body] = Field(default_factory=dict)

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that the bodies come from."""
        bodies = (*self.refused.values(), *self.open.values())
        return tuple(body.value.fixture for body in bodies if body.value and body.value.fixture)
