"""A client library's requests, carried by the suite instead of by the library itself."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from conformance.contract.message import Reply, Wire
from conformance.transport.base import TransportError

_UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers of a reply that no longer say what its body is, now that it was decoded."""


class Unanswered(httpx.TransportError):
    """What a client sees when no reply comes."""


class Carrier(httpx.BaseTransport):
    """A transport for an ``httpx.Client`` that hands each request to ``carry`` and gives back its reply."""

    def __init__(self, carry: Callable[[Wire], Reply]) -> None:
        self._carry = carry

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The reply to one request; ``Unanswered`` when none comes."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            reply = self._carry(Wire(request.method, str(request.url), headers, request.read()))
        except TransportError as trouble:
            raise Unanswered(str(trouble), request=request) from trouble
        kept = {name: value for name, value in reply.headers.items() if name not in _UNDONE}
        headers_as_sent = httpx.Headers(kept, encoding="utf-8")
        return httpx.Response(reply.status, headers=headers_as_sent, content=reply.content, request=request)
