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

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of a body that are read before the reply counts as unusable."""

IDLE = 4
"""Connections that stay open unused; each is looked at before every request."""


_ALWAYS = {"accept-encoding": "gzip, deflate"}
"""Sent with every request that does not say otherwise."""


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
        try:
            self._connections = httpx.HTTPTransport(
                proxy=proxy,
                verify=context,
                trust_env=False,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=IDLE),
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            raise TransportError("proxy", f"{proxy!r} is no proxy that can be used") from None
        self._timeout = timeout

    def send(self, wire: Wire) -> Reply:
        """Send one request and read its reply up to ``BODY_LIMIT`` and the time-out, whichever comes first."""
        started = time.perf_counter()
        try:
            headers = {**_ALWAYS, **wire.headers}
            limits = {"timeout": httpx.Timeout(self._timeout).as_dict()}
            request = httpx.Request(wire.method, wire.url, headers=headers, content=wire.content, extensions=limits)
            response = self._connections.handle_request(request)
            try:
                content = self._read(response, started)
            finally:
                response.close()
        except httpx.InvalidURL as wrong:
            raise TransportError("url", str(wrong)) from None
        except httpx.TimeoutException:
            raise TransportError("timeout", f"no reply within {self._timeout:g} s") from None
        except httpx.HTTPError as wrong:
            raise TransportError("network", str(wrong) or type(wrong).__name__) from None
        return Reply(response.status_code, dict(response.headers.items()), content, time.perf_counter() - started)

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
        self._connections.close()


def _context(ca: str | None, client_cert: str | None) -> ssl.SSLContext | bool:
    """How TLS is verified, and what the client proves itself by."""
    if not ca and not client_cert:
        return True
    try:
        context = ssl.create_default_context(cafile=ca)
    except OSError as wrong:
        raise TransportError("ca", f"{ca}: {wrong.strerror or wrong}") from None
    try:
        if client_cert:
            context.load_cert_chain(client_cert)
    except OSError as wrong:
        raise TransportError("client_cert", f"{client_cert}: {wrong.strerror or wrong}") from None
    return context
