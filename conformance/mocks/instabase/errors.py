"""Refusals: a reply of status 200 whose body says ERROR, whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.instabase.server import Instabase


def wrong(message: str) -> Refusal:
    """The request cannot be carried out."""
    return Refusal(200, message)


def body(message: str) -> Json:
    """The error object."""
    return {"status": "ERROR", "msg": message}


@dataclass
class ErrorRules:
    """How a refusal looks; ``status`` is the HTTP status of one that is told in the body."""

    status: int = 200
    body: Callable[[str], Json] = body


def reply(server: Instabase, refusal: Refusal) -> Reply:
    """The refusal as a reply."""
    rules = server.rules.errors
    status = rules.status if refusal.status == 200 else refusal.status
    return Reply(status, rules.body(refusal.message), headers=dict(refusal.headers))
