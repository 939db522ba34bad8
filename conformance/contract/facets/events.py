"""Events that the server sends out."""

from __future__ import annotations

from conformance.contract.semantics.model import Model, Pointer, Value, VendorFacet


class Trigger(Model):
    """What makes the server send an event: a resource made, or a command run on one in its first legal state.

    ``command`` is the operation that runs it. ``names`` pairs pointers in the delivered body with values;
    ``{resource: NAME}`` is the id of the one made, and tells the event from those of other resources.
    """

    create: str | None = None
    command: str | None = None
    names: dict[Pointer, Value]


class Events(VendorFacet):
    """Deliveries of ``webhook``: each kind, told by the pointer ``kind``, has a trigger.

    ``id`` is the pointer that tells deliveries apart, ``version`` and ``timestamp`` where an event says what it is
    written in and when it happened.
    """

    webhook: str
    kind: Pointer
    id: Pointer
    version: Pointer | None = None
    timestamp: Pointer | None = None
    each: dict[str, Trigger]

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that events name."""
        values = [value for trigger in self.each.values() for value in trigger.names.values()]
        return tuple(value.fixture for value in values if value.fixture)
