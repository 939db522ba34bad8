"""What an operation promises to call back."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.document.matching import match
from conformance.drift.wording import change


def changes(comparison: Comparison) -> Iterator[Change]:
    """Callbacks that went and came; those that both have are compared like operations."""
    for old, new in comparison.matched.pairs:
        found = match(tuple(old.callbacks.values()), tuple(new.callbacks.values()))
        for one in found.removed:
            yield change("breaking", "callback-removed", new.name, one.pointer, "response", one.path, None, gone=True)
        for one in found.added:
            yield change("additive", "callback-added", new.name, one.pointer, "response", None, one.path)
