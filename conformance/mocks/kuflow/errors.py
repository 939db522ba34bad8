"""Refusals in KuFlow's one error shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.http import JSON, Detail, Refusal, Reply
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow


def invalid(server: KuFlow, *details: Detail) -> Refusal:
    """The request breaks what is written about its input."""
    return Refusal(int(server.choices["invalid_input"]), "The request is not valid", details)


def unknown(what: str) -> Refusal:
    """Nothing has that identifier."""
    return Refusal(404, f"There is no such {what}")


def conflict(message: str) -> Refusal:
    """The state of the resource does not allow it."""
    return Refusal(409, message)


def status(_: KuFlow, refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return refusal.status


def details(_: KuFlow, refusal: Refusal) -> list[Json]:
    """The reasons, each with its place where it has one."""
    return list(map(_detail, refusal.details))


def _detail(detail: Detail) -> Json:
    told: Json = {"code": detail.code, "message": detail.message}
    if detail.place:
        told |= {"location": detail.location, "locationType": detail.place}
    return told


def body(server: KuFlow, refusal: Refusal) -> Json:
    """The error object; its ``status`` repeats the HTTP status."""
    rules = server.rules.errors
    told: Json = {
        "timestamp": rfc3339(server.clock.now()),
        "status": rules.status(server, refusal),
        "message": refusal.message,
    }
    errors = rules.details(server, refusal)
    return told | ({"errors": errors} if errors else {})


@dataclass
class ErrorRules:
    """How a refusal looks on the wire."""

    status: Callable[[KuFlow, Refusal], int] = status
    details: Callable[[KuFlow, Refusal], Iterable[Json]] = details
    body: Callable[[KuFlow, Refusal], Json] = body
    media_type: str = JSON


def reply(server: KuFlow, refusal: Refusal) -> Reply:
    """The refusal as a reply."""
    rules = server.rules.errors
    return Reply(rules.status(server, refusal), rules.body(server, refusal), rules.media_type, dict(refusal.headers))
