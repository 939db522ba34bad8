"""The operations that both documents have, with the callbacks that both of an operation have."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.comparison import Comparison
from conformance.drift.document.matching import match
from conformance.drift.document.model import Operation


def calls(comparison: Comparison) -> Iterator[tuple[Operation, Operation]]:
    """Every pair, callbacks after their operations."""
    waiting = list(comparison.matched.pairs)
    while waiting:
        old, new = waiting.pop(0)
        yield old, new
        waiting += match(tuple(old.callbacks.values()), tuple(new.callbacks.values())).pairs
