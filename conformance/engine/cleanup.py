"""Undo what a run created."""

from __future__ import annotations

from conformance.contract.message import Request
from conformance.engine.api import Api, Session
from conformance.engine.outcome import Outcome


def clean_up(session: Session) -> tuple[int, tuple[str, ...]]:
    """Undo what the ledger holds, newest first; how many were undone, and what is left behind.

    A child goes with its parent. What nothing undoes, or whose undoing failed, is left behind.
    """
    removed = 0
    left: list[str] = []
    api = Api(session, f"{session.vendor.name}/clean-up")
    for entry in reversed(session.ledger.entries):
        resource = session.vendor.semantics.resources[entry.resource]
        if resource.undo is None or not entry.id:
            if resource.parent is None:
                left.append(f"{entry.resource} {entry.id or 'of unknown id'}")
            continue
        command = resource.commands[resource.undo]
        try:
            reply = api.send(command.id.put(Request(command.operation), entry.id), entry.identity)
        except Outcome:
            left.append(f"{entry.resource} {entry.id}")
        else:
            removed += api.succeeded(reply)
    return removed, tuple(left)
