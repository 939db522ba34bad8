"""Events told to subscribers: always to the server's own inbox, and to any URL that subscribed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.delivery import Deliveries
from conformance.mocks.kit.http import JSON
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import Item, Process

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow

VERSION = "2024-06-14"
KEPT = 20_000


def process_data(process: Process) -> Json:
    """What an event about a process tells."""
    return {"processId": process.id, "processState": process.state}


def item_data(item: Item) -> Json:
    """What an event about an item tells; a message has neither code nor state."""
    told: Json = {
        "processId": item.process.id,
        "processItemId": item.id,
        "processItemType": item.type,
    }
    if item.task is not None:
        told |= {"processItemTaskCode": item.task.definition.code, "processItemState": item.task.state}
    return told


def event(server: KuFlow, kind: str, data: Json) -> Json:
    """The event: an id of its own, the API's version, its kind and moment, and the data."""
    moment = rfc3339(server.clock.now())
    return {"id": server.ids.fresh(), "version": VERSION, "type": kind, "timestamp": moment, "data": data}


def events(server: KuFlow, kind: str, data: Json) -> list[Json]:
    """What is sent for one thing that happened: one event."""
    return [server.rules.webhooks.event(server, kind, data)]


def headers(_: Json) -> dict[str, str]:
    """The headers of a delivery."""
    return {"content-type": JSON, "user-agent": "KuFlow-Webhooks/1.0"}


@dataclass
class WebhookRules:
    """Which events are sent, and what is in them."""

    process_data: Callable[[Process], Json] = process_data
    item_data: Callable[[Item], Json] = item_data
    event: Callable[[KuFlow, str, Json], Json] = event
    events: Callable[[KuFlow, str, Json], list[Json]] = events
    headers: Callable[[Json], dict[str, str]] = headers


@dataclass
class Outbox:
    """The built-in inbox and the subscribers' URLs."""

    deliveries: Deliveries
    inbox: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))
    subscribers: list[str] = field(default_factory=list)

    def send(self, body: Json, sent: dict[str, str]) -> None:
        """Deliver one event to the inbox at once and to subscribers in the background."""
        self.inbox.append({"headers": sent, "body": body})
        for url in self.subscribers:
            self.deliveries.send(url, sent, jsonio.render(body))


def _tell(server: KuFlow, kind: str, data: Json) -> None:
    rules = server.rules.webhooks
    for one in rules.events(server, kind, data):
        server.outbox.send(one, rules.headers(one))


def tell_process(server: KuFlow, kind: str, process: Process) -> None:
    """Tell ``PROCESS.CREATED`` or ``PROCESS.STATE_CHANGED``."""
    _tell(server, kind, server.rules.webhooks.process_data(process))


def tell_item(server: KuFlow, kind: str, item: Item) -> None:
    """Tell ``PROCESS_ITEM.CREATED`` or ``PROCESS_ITEM.TASK_STATE_CHANGED``."""
    _tell(server, kind, server.rules.webhooks.item_data(item))
