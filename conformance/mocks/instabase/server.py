"""The server as a whole: its state, its rules, and one request's way through them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from conformance.mocks.instabase import errors
from conformance.mocks.instabase.records import User
from conformance.mocks.instabase.rules import Rules
from conformance.mocks.instabase.store import Store, seeded
from conformance.mocks.kit.clock import Clock
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.progress import Progress

VENDOR = "instabase"


@dataclass
class Instabase:
    """The honest server; a deviation replaces a field of one of its ``rules``."""

    settings: Settings
    choices: Mapping[str, str]
    rules: Rules = field(default_factory=Rules)
    clock: Clock = field(init=False)
    ids: Ids = field(init=False)
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.reset()

    @property
    def progress(self) -> Progress:
        """When jobs are over."""
        return Progress.of(self.settings.progress)

    def reset(self) -> None:
        """Everything as on the first day; the rules stay as they are."""
        self.clock = Clock(self.settings.clock)
        self.ids = Ids(VENDOR, self.settings.seed)
        self.store = seeded(self.ids, self.clock.now())

    async def answer(self, operation: Operation, request: Received) -> Reply:
        """One request's way; a refusal at any step is the answer."""
        try:
            received = self.rules.receive(operation.id, request)
            user = self.rules.auth.authenticate(self, operation.id, received)
            reply = await operation.handler(self, user, received)
        except Refusal as refusal:
            reply = errors.reply(self, refusal)
        return self.rules.finish(operation.id, reply)


Handler = Callable[[Instabase, User, Received], Awaitable[Reply]]


@dataclass(frozen=True)
class Operation:
    """An operation: where it is, and who answers."""

    id: str
    method: str
    path: str
    handler: Handler
