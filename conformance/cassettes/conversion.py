"""Messages of this suite as vcrpy has them, and back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from vcr.request import Request

from conformance.contract.message import Reply, Wire

Response = dict[str, Any]
"""A reply as vcrpy has it: ``status``, ``headers`` with a list of values each, and ``body``."""


def to_request(wire: Wire) -> Request:
    """``wire`` as a request of vcrpy."""
    return Request(wire.method, wire.url, wire.content or None, dict(wire.headers))


def to_response(reply: Reply) -> Response:
    """``reply`` as a response of vcrpy."""
    return {
        "status": {"code": reply.status, "message": _phrase(reply.status)},
        "headers": {name: [value] for name, value in reply.headers.items()},
        "body": {"string": reply.content},
    }


def to_wire(request: Request) -> Wire:
    """A request of vcrpy as it would go over the wire."""
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    return Wire(str(request.method), str(request.uri), headers, request.body or b"")


def to_reply(response: Response) -> Reply:
    """A response of vcrpy as a reply; of a header that comes several times the last value."""
    headers = {name.lower(): str(values[-1]) for name, values in response["headers"].items()}
    return Reply(int(response["status"]["code"]), headers, response["body"]["string"] or b"")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
