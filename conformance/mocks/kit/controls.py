"""The second ASGI application of a mock: ``POST /NAME`` with a JSON object, answered with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.errors import nearest
from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import JSON, Received, Refusal, Reply, application
from conformance.mocks.kit.model import AsgiApp, Control, Json


def controls_app(controls: Mapping[str, Control]) -> AsgiApp:
    """An application offering ``controls`` by name; a wrong name, method or body is refused with one line."""

    async def dispatch(name: str, request: Received) -> Reply:
        try:
            return Reply(200, await controls[name](_object(request.body)))
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
    return float(value)


def text(body: Json, key: str) -> str:
    """The string under ``key``; refuses its absence and other types."""
    value = body.get(key)
    if not isinstance(value, str):
        raise Refusal(400, f"{key} must be a string")
    return value
