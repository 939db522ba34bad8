"""Null and the two truth values."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.drift.containment.facts import Fact
from conformance.drift.containment.outcome import NOTHING, Found, Outcome
from conformance.drift.containment.rewriting import text

_ALL = {"null": (None,), "boolean": (True, False)}


def constant(kind: str, facts: Sequence[Fact]) -> Outcome:
    """A null or truth value of which ``facts`` hold."""
    besides = {value for fact in facts if fact.name == "besides" for value in fact.arg}
    for value in _ALL[kind]:
        if text(value) not in besides:
            return Found(value)
    return NOTHING
