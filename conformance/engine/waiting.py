"""Time that is let pass: real time, and the server's own where a control moves its clock."""

from __future__ import annotations

import time
from collections.abc import Iterator

from conformance.contract.pointer import get
from conformance.engine.api import Api
from conformance.engine.ordering import instant

REAL = 1.0
"""Real seconds that pass in one pause, at most, while the server's clock is moved."""


def let_pass(api: Api, seconds: float) -> None:
    """Let ``seconds`` pass on the server; no more than ``REAL`` of them for real where ``advance_clock`` is there.

    What works or travels beside the server's clock takes its time, whatever that clock shows.
    """
    if api.has_control("advance_clock"):
        api.control("advance_clock", seconds=seconds)
        time.sleep(min(seconds, REAL))
    else:
        time.sleep(seconds)


def clock(api: Api) -> float | None:
    """The time in seconds: real time, or the server's where a control moves it; ``None`` where it is not told then."""
    if not api.has_control("advance_clock"):
        return time.monotonic()
    told = instant(str(get(api.control("advance_clock", seconds=0), "/now")))
    return None if told is None else told.timestamp()


def attempts(api: Api, first: float, within: float, *, waits: bool = True) -> Iterator[int]:
    """Count attempts, the last of them when ``within`` seconds are over; pauses start at ``first`` and double.

    ``waits`` is false where pauses count and nothing has to be waited for.
    """
    began, paused, pause, number = time.monotonic(), 0.0, first, 1
    while True:
        yield number
        if max(paused, time.monotonic() - began) >= within:
            return
        if waits:
            let_pass(api, pause)
        paused, pause, number = paused + pause, pause * 2, number + 1
