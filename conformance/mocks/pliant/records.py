"""What the server remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from conformance.mocks.kit.model import Json


@dataclass(frozen=True)
class User:
    """Someone who can ask for tokens; ``api_key`` opens the addresses of workflows without one."""

    name: str
    password: str
    api_key: str


@dataclass(frozen=True)
class Workflow:
    """A workflow: ``inputs`` with their defaults, and for each output the input that it repeats.

    A run takes ``seconds``; one of a workflow that ``fails`` has no outputs.
    """

    owner: str
    folder: str
    name: str
    inputs: Json
    outputs: dict[str, str]
    seconds: float
    fails: bool = False

    @property
    def address(self) -> tuple[str, str, str]:
        """Owner, folder and name."""
        return self.owner, self.folder, self.name


@dataclass(frozen=True)
class Token:
    """An access token with the refresh token issued beside it."""

    access: str
    refresh: str
    jti: str
    user: User
    scopes: tuple[str, ...]
    expires: datetime


@dataclass(frozen=True)
class Grant:
    """What a refresh token stands for."""

    user: User
    scopes: tuple[str, ...]
    expires: datetime


@dataclass(frozen=True)
class Caller:
    """Who calls, and the scopes of the token; an API key has none."""

    user: User
    scopes: tuple[str, ...] = ()


@dataclass
class Run:
    """One execution of a workflow; ``ended`` is unknown while it goes on, ``reads`` counts those of its log."""

    id: str
    workflow: Workflow
    caller: str
    runner: str
    outputs: Json
    queued: datetime
    ran: datetime
    ended: datetime | None = None
    reads: int = field(default=0)
