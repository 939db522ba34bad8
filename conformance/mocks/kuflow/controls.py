"""What a tester can do to this server."""

from __future__ import annotations

from urllib.parse import urlsplit

from conformance.mocks.kit.controls import controls_of, number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.kuflow.server import KuFlow

CONTROLS = ("advance_clock", "reset", "revoke_key", "webhook_inbox", "subscribe")


def controls(server: KuFlow) -> dict[str, Control]:
    """The controls by name.

    Beside those of every server, ``revoke_key {"key": k}`` makes a client id or token worthless, ``webhook_inbox {}``
    (or ``{"after": n}``) tells the deliveries so far, and ``subscribe {"url": u}`` has events delivered to a URL too.
    """
    own: dict[str, Control] = {
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "webhook_inbox": lambda body: _inbox(server, body),
        "subscribe": lambda body: _subscribe(server, text(body, "url")),
    }
    return controls_of(server, own)


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
    if not _is_http(url):
        raise Refusal(400, "url must be an http or https URL")
    server.outbox.subscribers.append(url)
    return {"subscribers": len(server.outbox.subscribers)}


def _is_http(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
