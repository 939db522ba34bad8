"""What the server remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.schemes import Activity, Scheme


@dataclass(frozen=True)
class Step:
    """A transition that happened; ``command`` is empty for a state that was set."""

    id: str
    source: Activity
    target: Activity
    classifier: str
    at: datetime
    executor: str | None = None
    actor: str | None = None
    command: str = ""


@dataclass
class Instance:
    """A process instance; ``key`` is the lower-case id, ``parameters`` are the persisted ones."""

    key: str
    id: str
    scheme: Scheme
    activity: Activity
    created_at: datetime
    moved_at: datetime
    tenant: str | None = None
    parameters: Json = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    reads: int = 0
    """How often it was looked at since it moved."""


@dataclass
class Sent:
    """A request's named values: ``fields`` by lower-case name, ``others`` as they were spelled."""

    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    others: Json = field(default_factory=dict)
    problem: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """The values of both places; what the body says counts."""
        return {**self.query, **self.body}


@dataclass
class Store:
    """All state of the server but its access token, replaced as a whole by ``reset``."""

    instances: dict[str, Instance] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    """The keys of deleted instances."""
    log: list[tuple[str, str]] = field(default_factory=list)
    """Lines as level and message."""

    def ordered(self) -> list[Instance]:
        """The instances in the order of their creation."""
        return list(self.instances.values())
