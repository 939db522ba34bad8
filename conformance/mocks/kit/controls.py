"""The second ASGI application of a mock: ``POST /NAME`` with a JSON object, answered with one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from conformance.errors import nearest
from conformance.mocks.kit import jsonio
from conformance.mocks.kit.clock import LAST, Clock, rfc3339
from conformance.mocks.kit.http import JSON, Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Control, Json

MOST_SECONDS = 1e9
"""How far a clock is put forward at once, at most."""


class Resettable(Protocol):
    """A server as the controls that every mock has see it."""

    clock: Clock

    def reset(self) -> None:
        """Everything as on the first day."""


def controls_of(server: Resettable, own: Mapping[str, Control]) -> dict[str, Control]:
    """What every server offers, and what it offers of its ``own``.

    ``advance_clock {"seconds": n}`` lets time pass, and ``reset {}`` restores the first day.
    """
    return {
        "advance_clock": lambda body: _advanced(server.clock, number(body, "seconds")),
        "reset": lambda _: _reset(server),
        **own,
    }


def _reset(server: Resettable) -> Json:
    server.reset()
    return {}


def _advanced(clock: Clock, seconds: float) -> Json:
    if not 0 <= seconds <= MOST_SECONDS:
        raise Refusal(400, "seconds must be between 0 and 1e9")
    if clock.now() + timedelta(seconds=seconds) > LAST:
        raise Refusal(400, f"the clock does not go beyond {rfc3339(LAST)}")
    return {"now": rfc3339(clock.advance(seconds))}


def controls_app(controls: Mapping[str, Control]) -> AsgiApp:
    """An application offering ``controls`` by name; a wrong name, method or body is refused with one line."""

    async def dispatch(name: str, request: Received) -> Reply:
        try:
            return Reply(200, controls[name](_object(request.body)))
        except Refusal as refusal:
            return refuse(refusal)

    def refuse(refusal: Refusal) -> Reply:
        hint = nearest("", controls) if refusal.status == 404 else ""
        return Reply(refusal.status, {"error": refusal.message, "hint": hint}, JSON, refusal.headers)

    return application("", {f"/{name}": {"POST": name} for name in controls}, dispatch, refuse)


def _object(raw: bytes) -> Json:
    try:
        body: Any = jsonio.parse(raw or b"{}")
    except ValueError as error:
        raise Refusal(400, f"the body is not JSON: {error}") from None
    if not isinstance(body, dict):
        raise Refusal(400, "the body of a control is a JSON object")
    return body


def number(body: Json, key: str) -> float:
    """The number under ``key``; refuses its absence and other types."""
    value = body.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal(400, f"{key} must be a number")
    try:
        return float(value)
    except OverflowError:
        raise Refusal(400, f"{key} is beyond a double") from None


def text(body: Json, key: str) -> str:
    """The string under ``key``; refuses its absence and other types."""
    value = body.get(key)
    if not isinstance(value, str):
        raise Refusal(400, f"{key} must be a string")
    return value
