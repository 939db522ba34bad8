"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.controls import number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.kuflow.server import KuFlow

CONTROLS = ("advance_clock", "reset", "revoke_key", "webhook_inbox", "subscribe")


def controls(server: KuFlow) -> dict[str, Control]:
    """The controls by name.

    ``advance_clock {"seconds": n}`` lets time pass, ``reset {}`` restores the first day, ``revoke_key {"key": k}``
    makes a client id or token worthless, ``webhook_inbox {}`` (or ``{"after": n}``) tells the deliveries so far, and
    ``subscribe {"url": u}`` has events delivered to a URL as well.
    """
    offered: dict[str, Callable[[Json], Json]] = {
        "advance_clock": lambda body: {"now": rfc3339(server.clock.advance(_seconds(body)))},
        "reset": lambda _: _reset(server),
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "webhook_inbox": lambda body: _inbox(server, body),
        "subscribe": lambda body: _subscribe(server, text(body, "url")),
    }
    return {name: _asynchronous(offered[name]) for name in CONTROLS}


def _asynchronous(plain: Callable[[Json], Json]) -> Control:
    async def control(body: Json) -> Json:
        return plain(body)

    return control


def _seconds(body: Json) -> float:
    seconds = number(body, "seconds")
    if not 0 <= seconds <= 1e9:
        raise Refusal(400, "seconds must be between 0 and 1e9")
    return seconds


def _reset(server: KuFlow) -> Json:
    server.reset()
    return {}


def _revoke(server: KuFlow, key: str) -> Json:
    store = server.store
    gone = [name for name in store.clients if name.partition(":")[0] == key]
    gone += [name for name in store.tokens if name == key]
    for name in gone:
        store.clients.pop(name, None)
        store.tokens.pop(name, None)
    return {"revoked": len(gone)}


def _inbox(server: KuFlow, body: Json) -> Json:
    after = int(number(body, "after")) if "after" in body else 0
    deliveries = list(server.outbox.inbox)
    return {"deliveries": deliveries[after:], "count": len(deliveries)}


def _subscribe(server: KuFlow, url: str) -> Json:
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refusal(400, "url must be an http or https URL")
    server.outbox.subscribers.append(url)
    return {"subscribers": len(server.outbox.subscribers)}
