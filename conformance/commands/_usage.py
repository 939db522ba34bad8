"""What a command refuses to be called with."""

from __future__ import annotations

from conformance.errors import UsageError


def refuse(*cases: tuple[object, str, str]) -> None:
    """Nothing where none of the cases holds; else ``UsageError`` with what the first that does says, and its hint."""
    for holds, says, hint in cases:
        if holds:
            raise UsageError(says, hint)
