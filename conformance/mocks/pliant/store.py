"""All state of the server, and how it is on the first day."""

from __future__ import annotations

from dataclasses import dataclass, field

from conformance.mocks.kit.ids import Ids
from conformance.mocks.pliant.records import Grant, Run, Token, User, Workflow

OWNER, GUEST = "admin", "guest"
FOLDER = "Test WorkFlows"
ECHO, SLOW, FAILING = "ping", "long ping", "broken ping"
DEFAULT_INPUT = "Nobody said anything"
QUICK_SECONDS, SLOW_SECONDS = 0.016, 2.0


@dataclass
class Store:
    """Everything that requests read and change."""

    users: dict[str, User] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    """Secrets of OAuth2 clients by id."""
    workflows: dict[tuple[str, str, str], Workflow] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    """What refresh tokens stand for."""
    runs: dict[str, Run] = field(default_factory=dict)
    runners: tuple[str, ...] = ()

    def user_of_key(self, api_key: str) -> User | None:
        """The user with that API key."""
        return next((user for user in self.users.values() if user.api_key == api_key), None)


def seeded(ids: Ids) -> Store:
    """Two users who own a workflow each that repeats what it is given; the first also a slow and a failing one."""
    users = [User(name, ids.named("password", name), ids.named("key", name)) for name in (OWNER, GUEST)]
    workflows = [
        _echo(OWNER, FOLDER, ECHO, QUICK_SECONDS),
        _echo(OWNER, FOLDER, SLOW, SLOW_SECONDS),
        _echo(OWNER, FOLDER, FAILING, QUICK_SECONDS, fails=True),
        _echo(OWNER, "Other WorkFlows", "pong", QUICK_SECONDS),
        _echo(GUEST, "Guest WorkFlows", "greet", QUICK_SECONDS),
    ]
    return Store(
        users={user.name: user for user in users},
        clients={"conformance-client": ids.named("secret")},
        workflows={workflow.address: workflow for workflow in workflows},
        runners=tuple(ids.named("runner", number) for number in range(2)),
    )


def _echo(owner: str, folder: str, name: str, seconds: float, fails: bool = False) -> Workflow:
    return Workflow(owner, folder, name, {"input": DEFAULT_INPUT}, {"output": "input"}, seconds, fails)
