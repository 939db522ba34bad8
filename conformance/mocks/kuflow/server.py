"""The server as a whole: its state, its rules, and one request's way through them."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, TypeAdapter

from conformance.mocks.kit.clock import Clock
from conformance.mocks.kit.delivery import Deliveries
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Settings
from conformance.mocks.kuflow import errors
from conformance.mocks.kuflow.records import Identity
from conformance.mocks.kuflow.rules import Rules
from conformance.mocks.kuflow.seed import seeded
from conformance.mocks.kuflow.seed.ground import seed_ids
from conformance.mocks.kuflow.store import Store
from conformance.mocks.kuflow.webhooks import Outbox

VENDOR = "kuflow"


@dataclass(frozen=True)
class Call:
    """A request that passed the input rules; ``id`` is the path's, as a key."""

    operation: str
    identity: Identity
    id: str
    query: Any
    params: Any
    content: bytes


Handler = Callable[["KuFlow", Call], Awaitable[Reply]]


@dataclass(frozen=True)
class Operation:
    """An operation: where it is, who answers, and the types of its query and body."""

    id: str
    method: str
    path: str
    handler: Handler
    query: type[BaseModel] | None = None
    body: TypeAdapter[Any] | None = None
    media_type: str = ""


@dataclass
class KuFlow:
    """The honest server; a deviation replaces a field of one of its ``rules``."""

    settings: Settings
    choices: Mapping[str, str]
    rules: Rules = field(default_factory=Rules)
    clock: Clock = field(init=False)
    ids: Ids = field(init=False)
    store: Store = field(init=False)
    outbox: Outbox = field(init=False)
    deliveries: Deliveries = field(default_factory=Deliveries)
    locks: dict[str, asyncio.Lock] = field(init=False)

    def __post_init__(self) -> None:
        self.reset()

    @property
    def seed_ids(self) -> Ids:
        """The ids of the seeded data, which a reset brings back."""
        return seed_ids(self.settings.seed)

    def reset(self) -> None:
        """Everything as on the first day: data, clock, credentials, inbox; the rules stay as they are.

        All of it is new, and what was there before is left to the requests that are under way.
        """
        self.clock = Clock(self.settings.clock)
        self.ids = Ids(VENDOR, self.settings.seed)
        self.store = seeded(self.settings.seed, self.clock.now())
        self.outbox = Outbox(deliveries=self.deliveries)
        self.locks = {}

    async def answer(self, operation: Operation, request: Received) -> Reply:
        """One request's way: who, what, do, finish; a refusal at any step is the answer.

        A request sees one store from beginning to end, whenever a reset comes.
        """
        bound = copy.copy(self)
        try:
            reply = await operation.handler(bound, bound._call(operation, request))
        except Refusal as refusal:
            reply = errors.reply(bound, refusal)
        return self.rules.finish(operation.id, reply)

    def _call(self, operation: Operation, request: Received) -> Call:
        rules, name = self.rules.inputs, operation.id
        identity = self.rules.auth.authenticate(self, name, request.headers)
        key = rules.path_id(self, name, request.path["id"]) if "id" in request.path else ""
        query = rules.query(self, name, operation.query, request.query) if operation.query else None
        if operation.media_type:
            content_type = request.headers.get("content-type", "")
            rules.media_type(self, name, operation.media_type, content_type, request.body)
        params = rules.body(self, name, operation.body, request.body) if operation.body else None
        return Call(name, identity, key, query, params, request.body)
