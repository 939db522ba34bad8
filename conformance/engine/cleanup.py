"""Undo what a run created."""

from __future__ import annotations

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.contract.semantics.resource import Command, Resource
from conformance.engine.api import Api, Session
from conformance.engine.outcome import Outcome


def _undoing(resource: Resource) -> Command | Removal | None:
    """What takes back the making of one: its removal, else the command that neutralises it."""
    removal = resource.facets.get("removal")
    if isinstance(removal, Removal):
        return removal
    return resource.commands[resource.undo] if resource.undo else None


def clean_up(session: Session) -> tuple[int, tuple[str, ...]]:
    """Undo what the ledger holds, newest first; how many were undone, and what is left behind.

    A child goes with its parent. What nothing undoes, or whose undoing failed, is left behind.
    """
    removed = 0
    left: list[str] = []
    api = Api(session, f"{session.vendor.name}/clean-up", undoing=True)
    for entry in reversed(session.ledger.entries):
        resource = session.vendor.semantics.resources[entry.resource]
        undoing = _undoing(resource)
        if undoing is None or not entry.id:
            if resource.parent is None:
                left.append(f"{entry.resource} {entry.id or 'of unknown id'}")
            continue
        try:
            reply = api.send(undoing.id.put(Request(undoing.operation), entry.id), entry.identity)
        except Outcome:
            left.append(f"{entry.resource} {entry.id}")
        else:
            removed += api.succeeded(reply)
    return removed, tuple(left)
