"""What takes back the making of a resource, and what leaves nothing of it to take back."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.semantics.document import Semantics
from conformance.contract.semantics.resource import Command, Resource


def undoing_of(resource: Resource) -> Command | Removal | None:
    """What takes back the making of one: its removal, else the command that neutralises it."""
    removal = resource.facets.get("removal")
    if isinstance(removal, Removal):
        return removal
    return resource.commands[resource.undo] if resource.undo else None


def ended_by(semantics: Semantics, request: Request, reply: Reply) -> Iterator[tuple[str, str]]:
    """The resources, by kind and id, of which a successful ``reply`` says that they came to their end.

    That is one that was removed, or one that the reply shows in a terminal state to which the command leads and from
    which nothing is undone. Of several that are removed at once it says too little, and so does one that shows no
    state.
    """
    for resource in semantics.resources.values():
        undoing = undoing_of(resource)
        if isinstance(undoing, Removal) and undoing.operation == request.operation:
            yield from _named(resource, undoing.id, request)
        elif isinstance(undoing, Command):
            for command in resource.commands.values():
                final = command.to in resource.terminal and command.to not in undoing.of
                if final and command.operation == request.operation and _has_arrived(resource, command, reply):
                    yield from _named(resource, command.id, request)


def _has_arrived(resource: Resource, command: Command, reply: Reply) -> bool:
    """Whether the reply shows the resource in the state to which the command leads."""
    shows = command.answers == "resource" and resource.state is not None
    return shows and resource.state_in(reply.json) == command.to


def _named(resource: Resource, place: Place, request: Request) -> Iterator[tuple[str, str]]:
    sent = place.sent(request)
    if isinstance(sent, str):
        yield resource.name, sent
