"""A transport that keeps to a budget."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.contract.message import Reply, Wire
from conformance.transport.base import Transport, TransportError
from conformance.transport.patience import Patience


class BudgetSpent(Exception):
    """The run may not do what was asked for: ``what`` is the limit that is reached."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the budget is spent: {what}")
        self.what = what


@dataclass(frozen=True)
class Limits:
    """Limits of a run; ``None`` is none. ``rate`` is requests a second, ``seconds`` the whole run's time."""

    requests: int | None = None
    seconds: float | None = None
    rate: float | None = None


class Budgeted:
    """Counts requests, refuses what exceeds ``limits``, and spaces requests to the rate.

    What is ``undoing`` is counted and spaced, and never refused. One that the server asks to send later is sent again
    then; of several at one instant, none is.
    """

    def __init__(self, inner: Transport, limits: Limits) -> None:
        self._inner = inner
        self._limits = limits
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._next = self._started
        self._patience = Patience()
        self.requests = 0
        self.undoing = False

    def send(self, wire: Wire) -> Reply:
        """Send when the budget allows; else ``BudgetSpent``."""
        self._spend(1)
        while self._patience.waits(reply := self._inner.send(wire)):
            self._spend(1)
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Send all when the budget allows all of them; else ``BudgetSpent``."""
        self._spend(len(wires))
        return self._inner.send_together(wires)

    def close(self) -> None:
        """Close what is wrapped."""
        self._inner.close()

    def _spend(self, count: int) -> None:
        limits = self._limits
        with self._lock:
            now = time.monotonic()
            if not self.undoing:
                self._refuse(count, now)
            self.requests += count
            wait = 0.0
            if limits.rate:
                self._next = max(self._next, now) + count / limits.rate
                wait = self._next - count / limits.rate - now
        if wait > 0:
            time.sleep(wait)

    def _refuse(self, count: int, now: float) -> None:
        limits = self._limits
        if limits.requests is not None and self.requests + count > limits.requests:
            raise BudgetSpent(f"{limits.requests} requests")
        if limits.seconds is not None and now - self._started > limits.seconds:
            raise BudgetSpent(f"{limits.seconds:g} seconds")
