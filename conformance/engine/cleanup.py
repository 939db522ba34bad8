"""Undo what a run created."""

from __future__ import annotations

from typing import NamedTuple

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command, Resource
from conformance.engine.api import Api
from conformance.engine.ending import undoing_of
from conformance.engine.existence import exists
from conformance.engine.ledger import Entry
from conformance.engine.making import read_request
from conformance.engine.session import Session
from conformance.engine.weather import weather


class CleanUp(NamedTuple):
    """How many of all that was made are gone, what is left behind, and whether an interruption is why."""

    removed: int
    left: tuple[str, ...]
    interrupted: bool


def clean_up(session: Session) -> CleanUp:
    """Undo what the ledger holds, newest first.

    What the run itself brought to its end is gone, and nothing is sent for it. A child goes with its parent. What
    nothing undoes, or whose undoing failed, is left behind; one that refused it is not when it is gone or at its end.
    An interruption, and a server that no longer answers, leave behind all that is not undone yet; one that gave no
    reply while the cases ran is asked again.
    """
    session.transport.undoing = True
    session.watch.forget_silence()
    removed = len(session.ledger.ended)
    left: list[str] = []
    api = Api(session, f"{session.vendor.name}/clean-up", undoing=True)
    interrupted = False
    for entry in reversed(session.ledger.entries):
        resource = session.vendor.semantics.resources[entry.resource]
        undoing = undoing_of(resource)
        if undoing is None or not entry.id:
            if resource.parent is None:
                left.append(f"{entry.resource} {entry.id or 'of unknown id'}")
            continue
        undone = False
        if not interrupted:
            try:
                undone = _undone(api.acting_as(entry.identity), resource, undoing, entry)
            except KeyboardInterrupt:
                interrupted = True
        if undone:
            removed += 1
        else:
            left.append(f"{entry.resource} {entry.id}")
    return CleanUp(removed, tuple(left), interrupted)


def _undone(api: Api, resource: Resource, undoing: Command | Removal, entry: Entry) -> bool:
    """Whether one is gone or at its end, now that it was undone; what met weather is tried once more."""
    before = len(api.history)
    return _tried(api, resource, undoing, entry) or (
        weather(api.history[before:]) is not None and _tried(api, resource, undoing, entry)
    )


def _tried(api: Api, resource: Resource, undoing: Command | Removal, entry: Entry) -> bool:
    try:
        reply = api.send(undoing.id.put(Request(undoing.operation), entry.id))
        if api.succeeded(reply):
            return True
        api.expect_refusal(reply)
        return _is_over(api, resource, entry.id)
    except Exception:  # whatever keeps one from being undone: it is left behind, and the next one is not
        return False


def _is_over(api: Api, resource: Resource, id: str) -> bool:  # noqa: A002 - an id is what it is
    """Whether the server shows that one is gone or in a terminal state; a refusal may be for another reason."""
    removal = resource.facets.get("removal")
    if isinstance(removal, Removal) and removal.exists is not None:
        return not exists(api, resource, id)
    if resource.read is None:
        return False
    reply = api.send(read_request(resource, id))
    if not api.succeeded(reply):
        return reply.status in {404, 410}
    return resource.state_in(get(reply.json, resource.read.at)) in resource.terminal
