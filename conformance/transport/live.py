"""Real sockets, through httpx."""

from __future__ import annotations

import ssl
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from conformance.contract.message import Reply, Wire
from conformance.transport.base import TransportError
from conformance.transport.trust import trusting

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of a body that are read before the reply counts as unusable."""

IDLE = 4
"""Connections that stay open unused; each is looked at before every request."""

EXPIRY = 1.0
"""Seconds for which they do: servers close theirs after two and more."""

REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods that are idempotent (RFC 9110): what was lost of them on its way can be sent again."""

_ALWAYS = {"accept-encoding": "gzip, deflate"}
"""Sent with every request that does not say otherwise."""

_LOST = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class Live:
    """Connections to one target; TLS is verified, redirects are not followed, and no cookie is kept.

    A request proves itself by its own headers: a cookie from the reply to another would make a wrong secret pass.
    ``TransportError`` of the kind ``ca``, ``client_cert`` or ``proxy`` where there can be none with that.
    """

    def __init__(
        self,
        *,
        timeout: float = 30.0,
        proxy: str | None = None,
        ca: str | None = None,
        client_cert: str | None = None,
    ) -> None:
        context = _context(ca, client_cert)

        def connections(idle: int) -> httpx.HTTPTransport:
            return httpx.HTTPTransport(
                proxy=proxy,
                verify=context,
                trust_env=False,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=idle, keepalive_expiry=EXPIRY),
            )

        try:
            self._kept, self._once = connections(IDLE), connections(0)
        except (ValueError, ImportError, httpx.InvalidURL):
            shown = str(proxy).rpartition("@")[2]
            raise TransportError("proxy", f"{shown!r} is no proxy that can be used") from None
        self._timeout = timeout
        self._reuses = True

    def send(self, wire: Wire) -> Reply:
        """Send one request and read its reply up to ``BODY_LIMIT`` and the time-out, whichever comes first.

        A server may close a connection just as a request goes out on it. Where one did, each request from then on has
        a connection of its own, the lost one too if it is idempotent.
        """
        started = time.perf_counter()
        try:
            response = self._answered(wire)
            try:
                content = self._read(response, started)
            finally:
                response.close()
        except (httpx.InvalidURL, UnicodeError) as wrong:
            raise TransportError("url", str(wrong)) from None
        except httpx.TimeoutException:
            raise TransportError("timeout", f"no reply within {self._timeout:g} s") from None
        except httpx.HTTPError as wrong:
            raise TransportError("network", str(wrong) or type(wrong).__name__) from None
        return Reply(response.status_code, _joined(response.headers), content, time.perf_counter() - started)

    def _answered(self, wire: Wire) -> httpx.Response:
        """The reply, its body unread."""
        if not self._reuses:
            return self._once.handle_request(self._request(wire))
        opened: list[str] = []
        request = self._request(wire)
        request.extensions["trace"] = lambda event, _: opened.append(event) if ".connect_" in event else None
        try:
            return self._kept.handle_request(request)
        except _LOST:
            if opened:
                raise
            self._reuses = False
            if wire.method not in REPEATABLE:
                raise
            return self._once.handle_request(self._request(wire))

    def _request(self, wire: Wire) -> httpx.Request:
        headers = [(name.encode(), value.encode()) for name, value in {**_ALWAYS, **wire.headers}.items()]
        limits = {"timeout": httpx.Timeout(self._timeout).as_dict()}
        return httpx.Request(wire.method, wire.url, headers=headers, content=wire.content, extensions=limits)

    def _read(self, response: httpx.Response, started: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > BODY_LIMIT:
                raise TransportError("too large", f"the body exceeds {BODY_LIMIT // 1024 // 1024} MiB")
            if time.perf_counter() - started > self._timeout:
                raise TransportError("timeout", f"the body did not end within {self._timeout:g} s")
        return b"".join(chunks)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Send all from threads that start at one barrier."""
        barrier = Barrier(len(wires))

        def one(wire: Wire) -> Reply | TransportError:
            barrier.wait()
            try:
                return self.send(wire)
            except TransportError as trouble:
                return trouble

        with ThreadPoolExecutor(len(wires)) as pool:
            return list(pool.map(one, wires))

    def close(self) -> None:
        """Close every connection."""
        self._kept.close()
        self._once.close()


def _joined(headers: httpx.Headers) -> dict[str, str]:
    """Headers by lower-case name; of one that came several times, its values, and what was only repeated once."""
    values: dict[str, dict[str, None]] = {}
    for name, value in headers.multi_items():
        values.setdefault(name, {})[value] = None
    return {name: ", ".join(told) for name, told in values.items()}


def _context(ca: str | None, client_cert: str | None) -> ssl.SSLContext:
    """How TLS is verified, and what the client proves itself by."""
    try:
        context = trusting(ca)
    except OSError as wrong:
        raise TransportError("ca", f"{ca}: {wrong.strerror or wrong}") from None
    try:
        if client_cert:
            context.load_cert_chain(client_cert)
    except OSError as wrong:
        raise TransportError("client_cert", f"{client_cert}: {wrong.strerror or wrong}") from None
    return context
