"""Every exchange of every case, held against the contract as it happens."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from conformance.contract.message import Exchange
from conformance.contract.success import succeeded
from conformance.contract.validation import Violation
from conformance.contract.vendor import Vendor
from conformance.engine.weather import is_unlisted_weather, is_weather


@dataclass(frozen=True)
class Sighting:
    """A violation, the exchange that shows it, and the case that sent it."""

    violation: Violation
    exchange: Exchange
    case: str


@dataclass(frozen=True)
class Crash:
    """A reply that says that the server itself failed (a 5xx but for weather), and the case that got it."""

    exchange: Exchange
    case: str


@dataclass
class Watch:
    """The first violation of each operation, its first crash, and how many exchanges each operation had.

    ``successes`` are the operations that have carried something out, ``silences`` how many requests in a row an
    operation gave no reply to. ``undeclared`` are the properties that replies of an operation showed beyond the
    contract, each with the first case that saw it. ``early`` are the exchanges in which a token was refused before its
    time, while one that was asked for in its place was not.
    """

    counts: dict[str, int] = field(default_factory=dict)
    sightings: dict[str, Sighting] = field(default_factory=dict)
    crashes: dict[str, Crash] = field(default_factory=dict)
    successes: set[str] = field(default_factory=set)
    silences: dict[str, int] = field(default_factory=dict)
    undeclared: dict[str, dict[str, str]] = field(default_factory=dict)
    early: list[Exchange] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def forget_silence(self, *operations: str) -> None:
        """Have these operations asked again that gave no reply, or all of them."""
        with self._lock:
            for name in operations or tuple(self.silences):
                self.silences.pop(name, None)

    def excuse(self, exchange: Exchange) -> None:
        """Take the crash that ``exchange`` shows for one of what the server was asked to run, and not its own."""
        with self._lock:
            crash = self.crashes.get(exchange.operation)
            if crash is not None and crash.exchange is exchange:
                del self.crashes[exchange.operation]

    def see(self, vendor: Vendor, exchange: Exchange, case: str) -> None:
        """Hold ``exchange`` against the contract, which need not list the weather."""
        with self._lock:
            silent = self.silences.get(exchange.operation, 0) + 1 if exchange.reply is None else 0
            self.silences[exchange.operation] = silent
        if exchange.reply is None:
            return
        operation = vendor.document.operations[exchange.operation]
        violation = vendor.validators.reply(operation, exchange.reply)
        beyond = vendor.undeclared.properties(operation, exchange.reply)
        done = succeeded(vendor.semantics, exchange.operation, exchange.reply)
        with self._lock:
            self.counts[exchange.operation] = self.counts.get(exchange.operation, 0) + 1
            if done:
                self.successes.add(exchange.operation)
            if exchange.reply.status >= 500 and not is_weather(exchange):
                self.crashes.setdefault(exchange.operation, Crash(exchange, case))
            for pointer in beyond:
                self.undeclared.setdefault(exchange.operation, {}).setdefault(pointer, case)
            if violation is not None and not is_unlisted_weather(operation, exchange.reply):
                self.sightings.setdefault(exchange.operation, Sighting(violation, exchange, case))
