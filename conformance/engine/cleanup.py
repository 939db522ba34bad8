"""Undo what a run created."""

from __future__ import annotations

from conformance.contract.message import Request
from conformance.engine.api import Api, Session
from conformance.engine.ending import undoing_of
from conformance.engine.outcome import Outcome


def clean_up(session: Session) -> tuple[int, tuple[str, ...]]:
    """Undo what the ledger holds, newest first; how many of all that was made are gone, and what is left behind.

    What the run itself brought to its end is gone, and nothing is sent for it. A child goes with its parent. What
    nothing undoes, or whose undoing failed, is left behind.
    """
    session.transport.undoing = True
    removed = len(session.ledger.ended)
    left: list[str] = []
    api = Api(session, f"{session.vendor.name}/clean-up", undoing=True)
    for entry in reversed(session.ledger.entries):
        resource = session.vendor.semantics.resources[entry.resource]
        undoing = undoing_of(resource)
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
