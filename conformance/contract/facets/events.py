"""Events that the server sends out."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, Pointer, Value, VendorFacet
from conformance.contract.semantics.names import OperationName, ResourceName, WebhookName


class Trigger(Model):
    """What makes the server send an event: a resource made, or a command run on one in its first legal state.

    ``kind`` is that of the event, where it is not the name of the trigger. A create takes ``request`` beside what it
    needs, and does without what is to ``leave_out``. ``command`` is the operation that runs it, on the parent of the
    ``child`` that the event is about, where one is named. ``names`` pairs pointers in the delivered body with values;
    ``{resource: NAME}`` is the id of the one made, and tells the event from those of other resources; the pointers in
    ``apart`` tell it from others of its kind about the same one.
    """

    kind: str | None = None
    create: ResourceName | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    leave_out: tuple[Place, ...] = ()
    command: OperationName | None = None
    child: ResourceName | None = None
    names: dict[Pointer, Value]
    apart: tuple[Pointer, ...] = ()


class Events(VendorFacet):
    """Deliveries of ``webhook``, whose kind is told by the pointer ``kind``: ``each`` of them has a trigger or several.

    ``id`` is the pointer that tells deliveries apart, ``version`` and ``timestamp`` where an event says what it is
    written in and when it happened.
    """

    webhook: WebhookName
    kind: Pointer
    id: Pointer
    version: Pointer | None = None
    timestamp: Pointer | None = None
    each: dict[str, Trigger]
