"""Access tokens from a token endpoint (RFC 6749), for the proof of an identity."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from conformance.contract.message import Reply, Wire
from conformance.contract.pointer import get
from conformance.transport.base import Transport, TransportError
from conformance.transport.credentials import ANONYMOUS, Fixed, NoToken, Obtained, sendable
from conformance.transport.patience import WEATHER, Outage

SPARE = 5
"""Seconds before its end at which a token is taken for one whose time is over."""


@dataclass
class OAuth2(Obtained):
    """A Bearer token for ``grant``, the fields of the token request, asked for when it is first needed.

    ``endpoint`` is the address of the token endpoint; where it is empty, the document at ``discovery`` names it as
    ``token_endpoint``. ``client`` is what the client proves itself by on that request.
    """

    transport: Transport
    grant: Mapping[str, str] = field(repr=False)
    client: Fixed = field(default=ANONYMOUS, repr=False)
    endpoint: str = ""
    discovery: str = ""
    _outage: Outage = field(default_factory=Outage, init=False, repr=False)

    def issued(self) -> str:
        """The token that the endpoint gives; ``NoToken`` when it gives none."""
        endpoint = self.endpoint or self._told("GET", self.discovery, {}, b"", "/token_endpoint")[1]
        headers = {"content-type": "application/x-www-form-urlencoded", **self.client.proof().headers}
        asked = time.monotonic()
        reply, found = self._told("POST", endpoint, headers, urlencode(self.grant).encode(), "/access_token")
        seconds = get(reply.json, "/expires_in")
        self._until = asked + seconds - SPARE if type(seconds) in {int, float} else 0
        return found

    def _told(self, method: str, url: str, headers: Mapping[str, str], content: bytes, at: str) -> tuple[Reply, str]:
        """The reply to a request, and the text that it shows at a pointer."""
        reply = self._reply(Wire(method, url, {"accept": "application/json", **headers}, content))
        found: Any = get(reply.json, at)
        if not 200 <= reply.status < 300 or not isinstance(found, str):
            raise NoToken(f"{url} answers {reply.status} without {at}")
        if not sendable(found):
            raise NoToken(f"{url} answers {reply.status} with {at} that no header can carry")
        return reply, found

    def _reply(self, wire: Wire) -> Reply:
        """The reply to a request, which is sent again while it meets weather: no check means this exchange."""
        while True:
            try:
                reply = self.transport.send(wire)
            except TransportError as lost:
                if not self._outage.is_borne():
                    raise NoToken(f"{wire.url}: {lost}") from lost
                continue
            if reply.status not in WEATHER:
                self._outage.is_over()
                return reply
            if not self._outage.is_borne():
                return reply
