"""Weather: what a correct server may meet on any request, and what says nothing about its promises."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.contract.document import Operation
from conformance.contract.message import Exchange, Reply
from conformance.transport.patience import LIMITED, WEATHER

SILENT = 5
"""Requests in a row without a reply after which an operation is not asked again: each may have taken the time-out."""


def weather(history: Sequence[Exchange]) -> Exchange | None:
    """The first exchange of a case that met weather, if any."""
    return next(filter(is_weather, history), None)


def is_weather(exchange: Exchange) -> bool:
    """Whether an exchange met weather."""
    return exchange.reply is None or exchange.reply.status in WEATHER


def told(exchange: Exchange) -> str:
    """The weather that an exchange met, in a few words."""
    met = f"lost its reply ({exchange.trouble})" if exchange.reply is None else f"got status {exchange.reply.status}"
    return f"{exchange.operation} {met}"


def is_unlisted_weather(operation: Operation, reply: Reply) -> bool:
    """Whether a reply is weather of which the contract does not say what it looks like."""
    return reply.status in WEATHER and str(reply.status) not in operation.responses


def is_limited(exchange: Exchange) -> bool:
    """Whether the server asked for fewer requests."""
    return exchange.reply is not None and exchange.reply.status == LIMITED
