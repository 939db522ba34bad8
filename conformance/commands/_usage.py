"""What a command refuses to be called with."""

from __future__ import annotations

from collections.abc import Sequence

import click

from conformance.errors import UsageError


def refuse(*cases: tuple[object, str, str]) -> None:
    """Nothing where none of the cases holds; else ``UsageError`` with what the first that does says, and its hint."""
    for holds, says, hint in cases:
        if holds:
            raise UsageError(says, hint)


def only_one(option: str, patterns: Sequence[str]) -> str | None:
    """The one pattern that an option is given, ``None`` for none; of two the first would be passed over in silence."""
    says = f"{option} is given {len(patterns)} times"
    refuse((len(patterns) > 1, says, "give it one pattern, in which * is any text, ? any letter and [ab] one of some"))
    return patterns[0] if patterns else None


def single(_: click.Context, option: click.Parameter, patterns: Sequence[str]) -> str | None:
    """``only_one``, as click calls it."""
    return only_one(option.opts[0], patterns)
