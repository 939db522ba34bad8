"""The envelope that every reply of the Workflow API comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit.http import JSON, Refusal, Reply
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import OptimaJet

NO_DATA = object()
"""The data of an operation that answers with the outcome alone."""
TEXTS = ("error", "message")


def flag(_: str, refusal: Refusal | None) -> bool:
    """Whether the operation succeeded, as the envelope says it."""
    return refusal is None


def texts(server: OptimaJet, refusal: Refusal) -> Json:
    """What a refusal says: a short error and its details."""
    short = refusal.details[0].code if refusal.details else "Refused"
    told = dict(zip(TEXTS, (short, refusal.message), strict=True))
    wanted = server.choices["refusal_text"]
    return told if wanted == "both" else {wanted: told[wanted]}


def status(server: OptimaJet, refusal: Refusal) -> int:
    """The HTTP status of a refusal: that of a success, unless chosen otherwise; a missing path is always 404."""
    if refusal.details and server.choices["refusal_status"] == "200":
        return 200
    return refusal.status


def _quiet(server: OptimaJet) -> Json:
    shown = server.choices["absent_values"]
    return {} if shown == "absent" else dict.fromkeys(TEXTS, "" if shown == "empty" else None)


def ok(server: OptimaJet, operation: str, data: Any = NO_DATA) -> Reply:
    """A success with ``data``, or with the outcome alone."""
    body: Json = {"success": server.rules.envelope.flag(operation, None), **_quiet(server)}
    if data is not NO_DATA:
        body["data"] = data
    elif server.choices["create_reply"] == "null":
        body["data"] = None
    return Reply(200, body)


def refused(server: OptimaJet, operation: str, refusal: Refusal) -> Reply:
    """A refusal."""
    rules = server.rules.envelope
    body: Json = {"success": rules.flag(operation, refusal), **_quiet(server), **rules.texts(server, refusal)}
    return Reply(rules.status(server, refusal), body, rules.media_type, dict(refusal.headers))


@dataclass
class EnvelopeRules:
    """How outcomes look on the wire."""

    flag: Callable[[str, Refusal | None], bool] = flag
    texts: Callable[[OptimaJet, Refusal], Json] = texts
    status: Callable[[OptimaJet, Refusal], int] = status
    refused: Callable[[OptimaJet, str, Refusal], Reply] = refused
    media_type: str = JSON
