"""Webhooks delivered over HTTP to a subscriber, in the background and without a client library."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

SECONDS = 10.0


async def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """POST ``body``; gives the status, or 0 when the subscriber cannot be reached within ten seconds."""
    try:
        return await asyncio.wait_for(_post(url, headers, body), SECONDS)
    except (TimeoutError, OSError, ValueError):
        return 0


async def _post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    parts = urlsplit(url)
    secure = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"host": parts.netloc, "content-length": str(len(body)), "connection": "close", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(f"POST {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
        await writer.drain()
        status_line = (await reader.readline()).split()
        return int(status_line[1]) if len(status_line) > 1 else 0
    finally:
        writer.close()


class Deliveries:
    """Deliveries under way; they are kept from being collected, and nobody waits for them."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[int]] = set()

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Begin a delivery to ``url`` on the running loop."""
        task = asyncio.create_task(post(url, headers, body))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
