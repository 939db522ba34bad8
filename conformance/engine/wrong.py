"""Exchanges of wrong requests, one for each kind an operation has, that several cases judge and one of them sends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from conformance.contract.message import Exchange
from conformance.engine.api import Api
from conformance.engine.outcome import Mismatch
from conformance.engine.weather import weather

UNIDENTIFIED = "no credentials"
"""The kind that is not about what is asked for."""

UNKNOWN = "unknown id"
"""The kind that asks for what is not there."""


def kind_of(rule: str) -> str:
    """The kind of a request that breaks a rule of the contract, by the rule's name."""
    return rule.partition("-")[0]


def keep(api: Api, operation: str, kind: str) -> None:
    """Keep the last exchange of the case for those that judge this kind, unless it met weather or one is there."""
    exchange(api, operation, kind, lambda: None)


def exchange(api: Api, operation: str, kind: str, send: Callable[[], object]) -> Exchange | None:
    """The exchange of this kind, by ``send`` if no case has kept one; ``None`` when it met weather."""
    name = f"{operation}: wrong by {kind}"
    found: Exchange | None = api.session.shared.find(name)
    if found is None:
        with suppress(Mismatch):
            send()
        if not weather(api.history[-1:]):
            found = api.history[-1]
            api.session.shared.put(name, found)
    return found


def note_refused(api: Api, operation: str, kind: str) -> None:
    """Remember that a request of this kind was refused as it has to be."""
    api.session.shared.put(f"{operation}: refused {kind}", True)


def is_refused(api: Api, operation: str, kind: str) -> bool:
    """Whether a case has seen a request of this kind refused."""
    return api.session.shared.find(f"{operation}: refused {kind}") is not None
