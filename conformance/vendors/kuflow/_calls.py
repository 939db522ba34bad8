"""Checks kept to some operations by name."""

from __future__ import annotations

from collections.abc import Callable

from conformance.contract.semantics.document import Call


def only(*operations: str) -> Callable[[Call], bool]:
    """Whether a call is of one of ``operations``."""
    return lambda call: call.id in operations
