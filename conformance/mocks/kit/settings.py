"""Settings held against what a vendor's mock offers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from conformance.errors import UsageError, nearest
from conformance.mocks.kit.model import Choice, Deviation, Settings

PROGRESS = re.compile(r"immediate|reads:\d+|seconds:\d+(\.\d+)?")
MOST = 1e9
"""The most reads or seconds that anything takes."""
CLOCKS = ("fixed", "wall")


def one_of(kind: str, wrong: str, known: Iterable[str], many: str = "") -> UsageError:
    """The error for a name that nobody knows, with the nearest one that somebody does, or with where ``many`` are."""
    return UsageError(f"unknown {kind} {wrong!r}", nearest(wrong, known, many))


def unknown_deviation(wrong: str, known: Iterable[str]) -> UsageError:
    """The error for a deviation that there is not."""
    return one_of("deviation", wrong, known, "'conformance mock VENDOR --list' prints them all")


def resolved_mode(settings: Settings, modes: tuple[str, ...]) -> str:
    """The mode asked for, or the vendor's first; raises UsageError for an unknown mode, clock or progress."""
    if settings.mode and settings.mode not in modes:
        raise one_of("mode", settings.mode, modes)
    if settings.clock not in CLOCKS:
        raise one_of("clock", settings.clock, CLOCKS)
    if not PROGRESS.fullmatch(settings.progress):
        raise UsageError(f"unknown progress {settings.progress!r}", "known: immediate, reads:N, seconds:S")
    if float(settings.progress.partition(":")[2] or 0) > MOST:
        raise UsageError(f"the progress {settings.progress!r} is too slow", f"at most {MOST:.0f} reads or seconds")
    return settings.mode or modes[0]


def resolved_choices(chosen: Mapping[str, str], choices: Iterable[Choice]) -> dict[str, str]:
    """Every choice with its setting, defaults filled in; raises UsageError for an unknown key or setting."""
    known = {choice.key: choice for choice in choices}
    for key, setting in chosen.items():
        if key not in known:
            raise one_of("choice", key, known)
        if setting not in known[key].settings:
            raise one_of(f"setting of the choice {key}", setting, known[key].settings)
    return {key: chosen.get(key, choice.default) for key, choice in known.items()}


def apply_deviations(server: Any, wanted: Iterable[str], known: Mapping[str, Deviation]) -> None:
    """Break the named rules of ``server``, in alphabetical order; raises UsageError for an unknown name."""
    for name in sorted(wanted):
        if name not in known:
            raise unknown_deviation(name, known)
        known[name].apply(server)
