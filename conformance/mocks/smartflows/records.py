"""What the server remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from conformance.mocks.kit.model import Json

DRIVEN = frozenset({"Queued", "Running"})
"""Statuses that pass by themselves."""
HALTED = frozenset({"UserInput", "Waiting", "SelectFlow"})
"""Statuses that last until somebody acts."""
ENDED = frozenset({"Success", "Warning", "Error", "Canceled", "Interrupted"})
"""Statuses that stay."""


@dataclass(frozen=True)
class User:
    """Somebody with an account, who proves it by an API key or by a password."""

    key: str
    user_name: str
    first_name: str
    last_name: str
    email: str
    password: str

    @property
    def display_name(self) -> str:
        """The name that is shown."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Token:
    """What a login gave out, and the moment it stops to work."""

    user: User
    expires: datetime | None = None


@dataclass(frozen=True)
class Element:
    """An element of an input dataset: text when it has no children, else those children in any order."""

    name: str
    children: tuple[Element, ...] = ()
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class Flow:
    """A flow: ``course`` is the statuses that an execution of it goes through.

    ``asks`` is the fields of its form, each with its default value.
    """

    key: str
    name: str
    description: str
    course: tuple[str, ...]
    author: User
    created_at: datetime
    dataset: Element | None = None
    asks: tuple[tuple[str, str], ...] = ()


@dataclass
class Execution:
    """A run of a flow: ``course[at]`` is its status, entered at ``since`` and read ``reads`` times by now."""

    key: str
    flow: Flow
    course: tuple[str, ...]
    created_by: User
    created_at: datetime
    modified_by: User
    modified_at: datetime
    since: datetime
    input_data: Json
    mode: str = "interactive"
    at: int = 0
    reads: int = 0
    answers: Json = field(default_factory=dict)
    stages: list[tuple[str, datetime]] = field(default_factory=list)
    percentage: int = 0
    document: str = ""

    @property
    def status(self) -> str:
        """Where it is now."""
        return self.course[self.at]


R = TypeVar("R", Execution, Flow)


class Collection(Generic[R]):
    """Records in the order of their creation, found by key."""

    def __init__(self) -> None:
        self.rows: list[R] = []
        self._by_key: dict[str, R] = {}

    def add(self, record: R) -> None:
        """Append ``record``, unless it is there."""
        if record.key not in self._by_key:
            self.rows.append(record)
        self._by_key[record.key] = record

    def get(self, key: str) -> R | None:
        """The record with ``key``, a lower case id."""
        return self._by_key.get(key)

    def first(self, fits: Callable[[R], bool]) -> R | None:
        """The oldest record that fits."""
        return next((row for row in self.rows if fits(row)), None)


@dataclass
class Store:
    """All state of the server, replaced as a whole by ``reset``."""

    users: tuple[User, ...] = ()
    keys: dict[str, User] = field(default_factory=dict)
    """Users by API key."""
    tokens: dict[str, Token] = field(default_factory=dict)
    flows: Collection[Flow] = field(default_factory=Collection)
    executions: Collection[Execution] = field(default_factory=Collection)
    documents: dict[str, bytes] = field(default_factory=dict)
