"""Access tokens from a token endpoint (RFC 6749), for the proof of an identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from conformance.contract.message import Reply, Wire
from conformance.contract.pointer import get
from conformance.transport.base import Transport, TransportError
from conformance.transport.credentials import ANONYMOUS, Fixed, NoToken, Obtained, sendable
from conformance.transport.patience import WEATHER, Outage


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
        endpoint = self.endpoint or self._text("GET", self.discovery, {}, b"", "/token_endpoint")
        headers = {"content-type": "application/x-www-form-urlencoded", **self.client.proof().headers}
        return self._text("POST", endpoint, headers, urlencode(self.grant).encode(), "/access_token")

    def _text(self, method: str, url: str, headers: Mapping[str, str], content: bytes, at: str) -> str:
        """The text that the reply to a request shows at a pointer."""
        reply = self._reply(Wire(method, url, {"accept": "application/json", **headers}, content))
        found: Any = get(reply.json, at)
        if not 200 <= reply.status < 300 or not isinstance(found, str):
            raise NoToken(f"{url} answers {reply.status} without {at}")
        if not sendable(found):
            raise NoToken(f"{url} answers {reply.status} with {at} that no header can carry")
        return found

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
