"""What the server remembers. Identifiers are lower case in ``key`` and as shown to clients in ``id``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jsonschema_rs import Validator

from conformance.mocks.kit.model import Json


@dataclass(frozen=True)
class Identity:
    """Who calls: the principal behind the credentials, the tenants it sees, the one it acts in by default."""

    label: str
    principal: str
    tenants: frozenset[str]
    tenant: str
    oauth2: bool = False


@dataclass(frozen=True)
class Principal:
    """A user, an application or the system itself; it may belong to several tenants and groups."""

    key: str
    type: str
    name: str
    inner_id: str
    tenants: frozenset[str]
    groups: frozenset[str] = frozenset()
    email: str = ""


@dataclass
class JsonData:
    """A stored JSON object and what is wrong with it; no errors means valid."""

    value: Json
    errors: list[Json] = field(default_factory=list)


@dataclass(kw_only=True)
class Audited:
    """A record of one tenant that knows who made and changed it, and when."""

    key: str
    id: str
    tenant: str
    created_by: str
    created_at: datetime
    modified_by: str
    modified_at: datetime
    sent: Json = field(default_factory=dict)
    """The body of the request that made it."""

    @property
    def tenants(self) -> frozenset[str]:
        """The tenants that see it."""
        return frozenset((self.tenant,))


@dataclass(kw_only=True)
class TenantUser(Audited):
    """A principal of type USER in one tenant."""

    principal: Principal
    metadata: JsonData | None = None


@dataclass(frozen=True)
class TaskDefinition:
    """A kind of task; ``forms`` says for each form field, by JSON pointer, whether it holds several values."""

    id: str
    version: str
    code: str
    name: str
    schema: Validator
    forms: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class ProcessDefinition:
    """A kind of process in one tenant, with the schemas of its data and its task definitions by code."""

    id: str
    version: str
    name: str
    tenant: str
    metadata: Validator
    entity: Validator
    tasks: dict[str, TaskDefinition]
    structures: dict[str, Validator]
    user_actions: frozenset[str]


@dataclass
class Document:
    """An uploaded file; it expires unless it is linked."""

    key: str
    process: str
    type: str
    name: str
    content: bytes
    uploaded_at: datetime
    linked: bool = False


@dataclass(kw_only=True)
class Process(Audited):
    """A process; ``user_actions`` holds the document saved for each user action value."""

    definition: ProcessDefinition
    state: str
    initiator: str = ""
    metadata: JsonData | None = None
    entity: JsonData | None = None
    incoming: list[str] = field(default_factory=list)
    outcoming: list[str] = field(default_factory=list)
    user_actions: dict[str, Document] = field(default_factory=dict)


@dataclass
class LogEntry:
    """A line of a task's log."""

    id: str
    timestamp: datetime
    message: str
    level: str


@dataclass
class Task:
    """The task side of an item; its moments are sort keys that no reply shows."""

    definition: TaskDefinition
    state: str = "READY"
    data: JsonData | None = None
    logs: list[LogEntry] = field(default_factory=list)
    claimed_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None


@dataclass
class Message:
    """The message side of an item."""

    text: str | None = None
    data: JsonData | None = None
    structure: str | None = None


@dataclass(kw_only=True)
class Item(Audited):
    """A process item: either a task or a message."""

    type: str
    process: Process
    owner: str = ""
    task: Task | None = None
    message: Message | None = None


@dataclass(kw_only=True)
class Worker(Audited):
    """A registered worker; ``values`` are its properties as last sent, defaults filled in."""

    values: Json


@dataclass(kw_only=True)
class Robot(Audited):
    """A robot with its source code and assets; ``ready`` ones can be executed by the caller."""

    code: str
    name: str
    description: str
    ready: bool
    source_id: str
    source_name: str
    source: bytes
    variables: dict[str, str]
    assets: dict[tuple[str, str, str, str], bytes]


Row = Any
"""A record with ``key`` and ``tenants``."""
