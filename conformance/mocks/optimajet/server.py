"""The server as a whole: its state, its rules, and one request's way through them."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.mocks.kit.clock import Clock
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Settings
from conformance.mocks.optimajet import access, envelope
from conformance.mocks.optimajet.access import OPEN
from conformance.mocks.optimajet.fields import Fields
from conformance.mocks.optimajet.records import Sent, Store
from conformance.mocks.optimajet.rules import Rules
from conformance.mocks.optimajet.seed import access_token, identity, seed_ids, seeded

VENDOR = "optimajet"


@dataclass(frozen=True)
class Call:
    """A request that passed the rules of access and input; ``key`` is the path's process id in lower case."""

    operation: str
    request: Received
    sent: Sent
    fields: Any = None
    key: str = ""
    shown_id: str = ""
    name: str = ""


Handler = Callable[["OptimaJet", Call], Awaitable[Reply]]


@dataclass(frozen=True)
class Operation:
    """An operation: where it is, who answers, and its fields; without them it is the identity server's."""

    id: str
    method: str
    path: str
    handler: Handler
    fields: type[Fields] | None = None


@dataclass
class OptimaJet:
    """The honest server; a deviation replaces a field of one of its ``rules``."""

    settings: Settings
    mode: str
    choices: Mapping[str, str]
    rules: Rules = field(default_factory=Rules)
    access_token: str = field(init=False)
    clock: Clock = field(init=False)
    ids: Ids = field(init=False)
    store: Store = field(init=False)
    locks: dict[str, asyncio.Lock] = field(init=False)

    def __post_init__(self) -> None:
        self.reset()

    @property
    def seed_ids(self) -> Ids:
        """The ids of the seeded data, which a reset brings back."""
        return seed_ids(self.settings.seed)

    def identity(self, role: str) -> str:
        """The identity that has a role."""
        return identity(self.seed_ids, role)

    def reset(self) -> None:
        """Everything as on the first day: data, clock, access token; the rules stay as they are.

        All of it is new, and what was there before is left to the requests that are under way.
        """
        self.clock = Clock(self.settings.clock)
        self.ids = Ids(VENDOR, self.settings.seed)
        self.access_token = "" if self.mode == OPEN else access_token(self.seed_ids)
        self.store = seeded(self.seed_ids, self.clock.now())
        self.locks = {}

    async def answer(self, operation: Operation, request: Received) -> Reply:
        """One request's way: who, what, do, finish; a refusal at any step is the answer.

        A request sees one store from beginning to end, whenever a reset comes.
        """
        bound = copy.copy(self)
        try:
            reply = await operation.handler(bound, bound._call(operation, request))
        except Refusal as refusal:
            reply = self.rules.envelope.refused(bound, operation.id, refusal)
        return self.rules.finish(operation.id, reply)

    def _call(self, operation: Operation, request: Received) -> Call:
        name, rules = operation.id, self.rules.fields
        if operation.fields is None:
            return Call(name, request, Sent())
        sent = rules.sent(name, request)
        access.check(self, name, operation.method, request.headers, sent)
        text = request.path.get("processId", "")
        key = rules.path_id(self, name, text) if text else ""
        values = rules.read(self, name, operation.fields, sent)
        return Call(name, request, sent, values, key, text, request.path.get("name", ""))


def reply_to(server: OptimaJet, refusal: Refusal) -> Reply:
    """The reply to a request that no operation answers."""
    return envelope.refused(server, "", refusal)
