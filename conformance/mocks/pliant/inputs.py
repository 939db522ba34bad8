"""Queries and bodies of the trigger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.errors import invalid, refused

BOOLEANS = {"true": True, "false": False}


def needed(query: dict[str, str], name: str) -> str:
    """The parameter ``name``; refuses its absence."""
    if not query.get(name):
        raise invalid(f"{name} is needed")
    return query[name]


def sync(query: dict[str, str]) -> bool:
    """Whether the caller waits for the end: not unless it says so."""
    text = query.get("sync", "false").lower()
    if text not in BOOLEANS:
        raise invalid("sync is true or false")
    return BOOLEANS[text]


def body(request: Received) -> Json:
    """The JSON object of the body; nothing is an empty one."""
    if not request.body:
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise refused(415, "invalid_request", "The body must be application/json")
    try:
        value: Any = jsonio.parse(request.body)
    except ValueError:
        raise invalid("the body is not JSON") from None
    if not isinstance(value, dict):
        raise invalid("the body is no JSON object")
    return value


@dataclass
class InputRules:
    """What of a request is refused."""

    sync: Callable[[dict[str, str]], bool] = sync
    body: Callable[[Received], Json] = body
