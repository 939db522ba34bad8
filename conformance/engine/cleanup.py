"""Undo what a run created."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command, Resource
from conformance.engine.api import Api
from conformance.engine.ending import undoing_of
from conformance.engine.existence import exists
from conformance.engine.ledger import Entry
from conformance.engine.making import Made, read_request, with_values
from conformance.engine.session import Session
from conformance.engine.weather import weather


class CleanUp(NamedTuple):
    """How many of all that was made are gone, what is left behind, and whether an interruption is why."""

    removed: int
    left: tuple[str, ...]
    interrupted: bool


def clean_up(session: Session) -> CleanUp:
    """Undo what the ledger holds, newest first.

    What the run itself brought to its end is gone, and nothing is sent for it. What nothing undoes, or whose id is not
    known, goes with its parent, and is left behind where that is. What failed to be undone is left behind too; one that
    refused it is not when it is gone or at its end.
    An interruption, and a server that no longer answers, leave behind all that is not undone yet; one that gave no
    reply while the cases ran is asked again.
    """
    session.transport.undoing = True
    session.watch.forget_silence()
    entries, ended = session.ledger.entries, session.ledger.ended
    gone, untried, left = {one.name for one in ended}, list[Entry](), list[Entry]()
    api = Api(session, f"{session.vendor.name}/clean-up", undoing=True)
    interrupted = False
    for entry in reversed(entries):
        resource = session.vendor.semantics.resources[entry.resource]
        undoing = undoing_of(resource) if entry.id else None
        if undoing is None:
            untried.append(entry)
            continue
        undone = False
        if not interrupted:
            try:
                undone = _undone(api.acting_as(entry.identity), resource, undoing, entry)
            except KeyboardInterrupt:
                interrupted = True
        if undone:
            gone.add(entry.name)
        else:
            left.append(entry)
    left += _stayed(session, reversed(untried), gone)
    return CleanUp(len(ended) + len(entries) - len(left), tuple(map(str, left)), interrupted)


def _stayed(session: Session, entries: Iterable[Entry], gone: set[tuple[str, str]]) -> Iterator[Entry]:
    """Those, in the order in which they were made, that did not go with their parent."""
    for entry in entries:
        parent = session.vendor.semantics.resources[entry.resource].parent
        if parent is None or (parent.resource, entry.parent.lower()) not in gone:
            yield entry
        elif entry.id:
            gone.add(entry.name)


def _undone(api: Api, resource: Resource, undoing: Command | Removal, entry: Entry) -> bool:
    """Whether one is gone or at its end, now that it was undone; what met weather is tried once more."""
    before = len(api.history)
    return _tried(api, resource, undoing, entry) or (
        weather(api.history[before:]) is not None and _tried(api, resource, undoing, entry)
    )


def _tried(api: Api, resource: Resource, undoing: Command | Removal, entry: Entry) -> bool:
    try:
        reply = api.send(_request(api, resource, undoing, entry))
        if api.succeeded(reply):
            return True
        api.expect_refusal(reply)
        return _is_over(api, resource, entry.id)
    except Exception:  # whatever keeps one from being undone: it is left behind, and the next one is not
        return False


def _request(api: Api, resource: Resource, undoing: Command | Removal, entry: Entry) -> Request:
    """The request that undoes one, with what it needs besides the id; nothing is made for it."""
    call = api.vendor.semantics.operations[undoing.operation]
    declared = api.vendor.document.operations[undoing.operation]
    bare = Request(undoing.operation, media_type=call.media_type or declared.media_type)
    context = {resource.name: Made(resource, entry.id, None, bare)}
    if resource.parent is not None and entry.parent:
        kind = api.vendor.semantics.resources[resource.parent.resource]
        context[kind.name] = Made(kind, entry.parent, None, bare)
    values = {**call.request, **(undoing.request if isinstance(undoing, Command) else {})}
    known = {place: value for place, value in values.items() if value.resource is None or value.resource in context}
    return undoing.id.put(with_values(api, bare, known, context), entry.id)


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
