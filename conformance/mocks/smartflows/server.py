"""The server as a whole: its state, its rules, and one request's way through them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from conformance.mocks.kit.clock import Clock
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.progress import Progress
from conformance.mocks.smartflows.inputs import Query
from conformance.mocks.smartflows.records import Store, User
from conformance.mocks.smartflows.rules import Rules
from conformance.mocks.smartflows.seed import seed_ids, seeded

VENDOR = "smartflows"


@dataclass(frozen=True)
class Call:
    """A request that passed the input rules; ``id`` is the path's, ``body`` a JSON body that the operation declares."""

    operation: str
    user: User | None
    id: str
    query: Any
    body: Any
    media_type: str
    content: bytes

    @property
    def caller(self) -> User:
        """The user, where one is always known."""
        assert self.user is not None
        return self.user


Handler = Callable[["SmartFlows", Call], Awaitable[Reply]]


@dataclass(frozen=True)
class Operation:
    """An operation: where it is, who answers, and the types of its query and JSON body.

    ``optional`` says that the body can be left out.
    """

    id: str
    method: str
    path: str
    handler: Handler
    query: type[Query] | None = None
    body: TypeAdapter[Any] | None = None
    optional: bool = False


@dataclass
class SmartFlows:
    """The honest server; a deviation replaces a field of one of its ``rules``."""

    settings: Settings
    choices: Mapping[str, str]
    rules: Rules = field(default_factory=Rules)
    pace: Progress = field(init=False)
    """How long a driven status lasts."""
    clock: Clock = field(init=False)
    ids: Ids = field(init=False)
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.pace = Progress.of(self.settings.progress)
        self.reset()

    @property
    def seed_ids(self) -> Ids:
        """The ids of the seeded data, which a reset brings back."""
        return seed_ids(self.settings.seed)

    def reset(self) -> None:
        """Everything as on the first day: data, clock, keys; the rules stay as they are."""
        self.clock = Clock(self.settings.clock)
        self.ids = Ids(VENDOR, self.settings.seed)
        self.store = seeded(self.settings.seed, self.clock.now())

    async def answer(self, operation: Operation, request: Received) -> Reply:
        """One request's way: who, what, do, finish; a refusal at any step is the answer."""
        try:
            reply = await operation.handler(self, self._call(operation, request))
        except Refusal as refusal:
            reply = self.rules.errors.reply(self, refusal)
        return self.rules.finish(operation.id, reply)

    def _call(self, operation: Operation, request: Received) -> Call:
        rules, name = self.rules, operation.id
        user = rules.auth.authenticate(self, name, request.headers)
        path = request.path
        key = rules.inputs.path_id(self, name, path["id"]) if "id" in path else path.get("flow", "")
        query = rules.inputs.query(self, name, operation.query, request.query) if operation.query else None
        media_type = request.headers.get("content-type", "")
        body = None
        if operation.body and (request.body or not operation.optional):
            body = rules.inputs.body(self, name, operation.body, media_type, request.body)
        return Call(name, user, key, query, body, media_type, request.body)
