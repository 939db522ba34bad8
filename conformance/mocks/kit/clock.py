"""The mock's own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

BASE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LAST = datetime(9000, 1, 1, tzinfo=UTC)
"""Where a clock that is advanced stops, so that what lies ahead of it can still be told."""
MILLISECOND = timedelta(milliseconds=1)


def _stands_still() -> float:
    return 0.0


class Clock:
    """Gives moments of which each is strictly later than the one before, at least a millisecond.

    A ``fixed`` clock starts at BASE and moves with its stamps and with ``advance`` only; a ``wall`` clock starts
    now and runs.
    """

    def __init__(self, kind: str = "fixed") -> None:
        self.real = kind == "wall"
        self._runs: Callable[[], float] = time.monotonic if self.real else _stands_still
        self._start = datetime.now(UTC) if self.real else BASE
        self._began = self._runs()
        self._advanced = timedelta()
        self._last = self._floor(self._start)

    @staticmethod
    def _floor(moment: datetime) -> datetime:
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def now(self) -> datetime:
        """The present moment, in whole milliseconds; never before the last stamp."""
        ran = timedelta(seconds=self._runs() - self._began)
        return max(self._last, self._floor(self._start + ran + self._advanced))

    def stamp(self) -> datetime:
        """A moment for something that happens: strictly later than every stamp before it."""
        self._last = max(self._last + MILLISECOND, self.now())
        return self._last

    def advance(self, seconds: float) -> datetime:
        """Let ``seconds`` pass at once; gives the moment reached."""
        before = self.now()
        passed = max(timedelta(), min(timedelta(seconds=seconds), LAST - before))
        self._advanced += passed
        self._last = before + passed
        return self._last

    def reach(self, moment: datetime) -> datetime:
        """When something is over that was to last until ``moment``: a clock that runs is not put forward for it."""
        now = self.now()
        if self.real:
            return min(moment, now)
        if moment > now:
            self.advance((moment - now).total_seconds())
        return moment


@lru_cache(maxsize=16_384)
def rfc3339(moment: datetime) -> str:
    """The moment in UTC with milliseconds and a Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
