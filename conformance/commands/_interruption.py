"""Interruptions that wait until what was begun is finished, and then reach whoever produces the next thing."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def each(things: Generator[T, None, None], use: Callable[[T], None]) -> None:
    """Use each thing as a whole; what interrupts the use interrupts the producer instead, where it stands."""
    thing = next(things, None)
    while thing is not None:
        with _held_back() as came:
            use(thing)
        thing = things.throw(KeyboardInterrupt()) if came else next(things, None)


@contextmanager
def _held_back() -> Iterator[list[int]]:
    """The numbers of the signals that came meanwhile, except for those that are ignored anyway."""
    came: list[int] = []

    def note(number: int, _: Any) -> None:
        came.append(number)

    before = {one: signal.signal(one, note) for one in SIGNALS if signal.getsignal(one) is not signal.SIG_IGN}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
