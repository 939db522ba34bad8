"""Refusals. The documents show none, so the status and the body of one are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import JSON, Refusal, Reply

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows


def invalid(server: SmartFlows, message: str) -> Refusal:
    """The input cannot be understood."""
    return Refusal(int(server.choices["invalid_status"]), message)


def unknown(server: SmartFlows, what: str) -> Refusal:
    """Nothing has that id or name."""
    return Refusal(int(server.choices["unknown_status"]), f"There is no such {what}")


def conflict(message: str) -> Refusal:
    """The status of the execution does not allow it."""
    return Refusal(409, message)


def reply(server: SmartFlows, refusal: Refusal) -> Reply:
    """The refusal as a reply: a status message of the SDK, a plain text, or nothing."""
    shape, headers = server.choices["error_body"], dict(refusal.headers)
    if shape == "none":
        return Reply(refusal.status, None, "", headers)
    if shape == "text":
        return Reply(refusal.status, refusal.message.encode(), "text/plain; charset=utf-8", headers)
    told = {"code": str(refusal.status), "message": refusal.message, "type": "error"}
    return Reply(refusal.status, told, JSON, headers)


@dataclass
class ErrorRules:
    """How a refusal looks on the wire."""

    reply: Callable[[SmartFlows, Refusal], Reply] = reply
