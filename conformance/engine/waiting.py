"""Time that is let pass: real time, and the server's own where a control moves its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator

from conformance.contract.pointer import get
from conformance.engine.api import Api
from conformance.engine.ordering import instant

BESIDE = 1.5
"""Real seconds for what a server does beside its clock, once moving that clock has brought nothing."""

TRAVEL = 6.0
"""The same for what has to travel as well."""

SOON, LATER = 0.05, 1.0
"""Seconds of the first and of the longest of these pauses; each is twice the one before."""


def let_pass(api: Api, seconds: float) -> None:
    """Let ``seconds`` pass on the server; no real time where the control ``advance_clock`` is there."""
    if api.has_control("advance_clock"):
        api.control("advance_clock", seconds=seconds)
    else:
        time.sleep(seconds)


def beside(api: Api, seconds: float = BESIDE) -> Iterator[float]:
    """Real pauses where a control moves the clock: what works or travels beside that clock takes its time."""
    paused, pause = 0.0, SOON
    while api.has_control("advance_clock") and paused < seconds:
        time.sleep(pause)
        yield pause
        paused, pause = paused + pause, min(pause * 2, LATER)


def clock(api: Api) -> float | None:
    """The time in seconds: real time, or the server's where a control moves it; ``None`` where it is not told then."""
    if not api.has_control("advance_clock"):
        return time.monotonic()
    told = instant(str(get(api.control("advance_clock", seconds=0), "/now")))
    return None if told is None else told.timestamp()


def attempts(api: Api, first: float, within: float, *, waits: bool = True, real: float = BESIDE) -> Iterator[int]:
    """Count attempts until ``within`` seconds are over; pauses start at ``first`` and double.

    ``waits`` is false where pauses count and nothing has to be waited for. Where a control moves the server's clock,
    the pauses are its own, and ``real`` seconds follow.
    """
    began, paused, pause, number = time.monotonic(), 0.0, first, 1
    yield number
    while max(paused, time.monotonic() - began) < within:
        if waits:
            let_pass(api, pause)
        paused, pause, number = paused + pause, pause * 2, number + 1
        yield number
    if waits:
        yield from (number + further for further, _ in enumerate(beside(api, real), 1))
