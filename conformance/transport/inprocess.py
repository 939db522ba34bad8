"""An ASGI application called in this process: for unit tests of checks and for ``selftest``."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from conformance.contract.message import Reply, Wire
from conformance.transport.base import TransportError

Event = MutableMapping[str, Any]
App = Callable[[Event, Callable[[], Awaitable[Event]], Callable[[Event], Awaitable[None]]], Awaitable[None]]


class InProcess:
    """Applications by origin (``http://api.invalid``), each thread's requests on an event loop of its own.

    An exception of an application is no reply.
    """

    def __init__(self, apps: Mapping[str, App]) -> None:
        self._apps = {urlsplit(origin).netloc: app for origin, app in apps.items()}
        self._local = threading.local()
        self._loops: list[asyncio.AbstractEventLoop] = []

    def send(self, wire: Wire) -> Reply:
        """Call the application once."""
        (reply,) = self.send_together([wire])
        if isinstance(reply, TransportError):
            raise reply
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Call the application for all requests, interleaved on one loop."""

        async def everything() -> list[Reply | TransportError]:
            return list(await asyncio.gather(*(self._call(wire) for wire in wires)))

        return self._loop().run_until_complete(everything())

    def close(self) -> None:
        """Close the loops of every thread; none of them may be in use."""
        while self._loops:
            self._loops.pop().close()
        self._local = threading.local()

    def _loop(self) -> asyncio.AbstractEventLoop:
        loop: asyncio.AbstractEventLoop | None = getattr(self._local, "loop", None)
        if loop is None:
            loop = self._local.loop = asyncio.new_event_loop()
            self._loops.append(loop)
        return loop

    async def _call(self, wire: Wire) -> Reply | TransportError:
        started = time.perf_counter()
        answer = _Answer(wire.content)
        try:
            await self._apps[urlsplit(wire.url).netloc](_scope(wire), answer.receive, answer.send)
        except Exception as wrong:
            return TransportError("network", f"the application raised {type(wrong).__name__}: {wrong}")
        headers: dict[str, str] = {}
        for name, value in answer.headers:
            headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        return Reply(answer.status, headers, bytes(answer.body), time.perf_counter() - started)


class _Answer:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()

    async def receive(self) -> Event:
        return {"type": "http.request", "body": self.content, "more_body": False}

    async def send(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.status, self.headers = event["status"], list(event.get("headers", ()))
        elif event["type"] == "http.response.body":
            self.body += event.get("body", b"")


def _scope(wire: Wire) -> Event:
    url = urlsplit(wire.url)
    headers = [(name.lower().encode("latin-1"), value.encode()) for name, value in wire.headers.items()]
    headers.append((b"host", url.netloc.encode()))
    headers.append((b"content-length", str(len(wire.content)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": wire.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (url.hostname, url.port),
    }
