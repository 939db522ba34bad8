"""Events that the server sends out."""

from __future__ import annotations

from conformance.contract.semantics.model import Model, Value, VendorFacet


class Trigger(Model):
    """What makes the server send an event: a resource made, or a command run on one in its first legal state.

    ``names`` pairs pointers in the delivered body with values; ``{resource: NAME}`` is the id of the one made.
    """

    create: str | None = None
    command: str | None = None
    names: dict[str, Value]


class Events(VendorFacet):
    """Deliveries of ``webhook``: each kind, told by the pointer ``kind``, has a trigger.

    ``id`` is the pointer that tells deliveries apart.
    """

    webhook: str
    kind: str
    id: str
    each: dict[str, Trigger]
