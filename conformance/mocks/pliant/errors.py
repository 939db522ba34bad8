"""Refusals. Nobody published their form: the token endpoint's is that of RFC 6749, the others borrow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Refusal, Reply
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant


def refused(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """A refusal with an error code."""
    return Refusal(status, message, [Detail(code, message)], headers)


def invalid(message: str) -> Refusal:
    """The request breaks what is written about its input."""
    return refused(400, "invalid_request", message)


def body(refusal: Refusal) -> Json:
    """The error object."""
    code = refusal.details[0].code if refusal.details else "not_found"
    return {"error": code, "error_description": refusal.message}


@dataclass
class ErrorRules:
    """How a refusal looks."""

    body: Callable[[Refusal], Json] = body


def reply(server: Pliant, refusal: Refusal) -> Reply:
    """The refusal as a reply."""
    return Reply(refusal.status, server.rules.errors.body(refusal), headers=dict(refusal.headers))
