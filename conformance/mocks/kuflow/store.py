"""Collections of records: in the order of their creation, found by key, seen by those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from conformance.mocks.kuflow.records import (
    Document,
    Identity,
    Item,
    Principal,
    Process,
    ProcessDefinition,
    Robot,
    TenantUser,
    Worker,
)


class Record(Protocol):
    """Something that a collection can hold."""

    @property
    def key(self) -> str: ...  # noqa: D102


R = TypeVar("R", bound=Record)


class Collection(Generic[R]):
    """Records of one kind; nothing is ever removed, and what a caller may see of a record never changes."""

    def __init__(self) -> None:
        self.rows: list[R] = []
        self._by_key: dict[str, R] = {}
        self._seen: dict[tuple[str, str], tuple[int, list[R]]] = {}

    def add(self, record: R) -> None:
        """Append ``record``; an earlier one with the same key stays in ``rows`` and is no longer found."""
        self.rows.append(record)
        self._by_key[record.key] = record

    def get(self, key: str) -> R | None:
        """The record with ``key`` (a lower case id), or None."""
        return self._by_key.get(key)

    def seen(self, operation: str, label: str, may_see: Callable[[R], bool]) -> list[R]:
        """The records that ``may_see`` lets an identity see in an operation, remembered for the next time."""
        count, rows = self._seen.get((operation, label), (0, []))
        if count < len(self.rows):
            rows = rows + [row for row in self.rows[count:] if may_see(row)]
            self._seen[operation, label] = (len(self.rows), rows)
        return rows


@dataclass
class Store:
    """All state of the server, replaced as a whole by ``reset``."""

    principals: Collection[Principal] = field(default_factory=Collection)
    tenant_users: Collection[TenantUser] = field(default_factory=Collection)
    processes: Collection[Process] = field(default_factory=Collection)
    items: Collection[Item] = field(default_factory=Collection)
    workers: Collection[Worker] = field(default_factory=Collection)
    robots: Collection[Robot] = field(default_factory=Collection)
    definitions: dict[str, ProcessDefinition] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    clients: dict[str, Identity] = field(default_factory=dict)
    """Identities by ``id:secret``."""
    tokens: dict[str, Identity] = field(default_factory=dict)
    """Identities by bearer token."""
    items_of: dict[str, list[Item]] = field(default_factory=dict)
    """Items by the key of their process."""
    emails: dict[str, Principal] = field(default_factory=dict)
    """Users by lower case e-mail address."""

    def add_principal(self, principal: Principal) -> None:
        """Add a principal and, for a user, its address."""
        self.principals.add(principal)
        if principal.email:
            self.emails[principal.email.lower()] = principal

    def add_item(self, item: Item) -> None:
        """Add an item to its process."""
        self.items.add(item)
        self.items_of.setdefault(item.process.key, []).append(item)
