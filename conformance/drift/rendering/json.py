"""Changes for programs, in the fixed form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conformance.contract.pointer import ABSENT
from conformance.drift.change import Change, verdict


def as_json(changes: Iterable[Change]) -> dict[str, Any]:
    """The verdict and every change; what a change does not have is left out, but ``before`` and ``after`` are null."""
    changes = tuple(changes)
    return {"verdict": verdict(changes), "changes": [_change(change) for change in changes]}


def _change(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {
        "level": change.level,
        "rule": change.rule,
        "operation": change.operation,
        "pointer": change.pointer,
        "direction": change.direction,
        "before": None if change.before is ABSENT else change.before,
        "after": None if change.after is ABSENT else change.after,
        "says": change.says,
    }
    if change.counterexample is not ABSENT:
        told["counterexample"] = change.counterexample
    if change.client:
        told["client"] = list(change.client)
    if change.tried:
        told["tried"] = list(change.tried)
    return told
