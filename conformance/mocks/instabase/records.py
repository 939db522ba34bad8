"""What the server remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

PERMISSIONS = tuple(f"flow_pipeline:{right}" for right in ("read", "execute", "delete", "manage_pipelines", "write"))


@dataclass(frozen=True)
class User:
    """Someone with an access token."""

    name: str
    token: str


@dataclass(frozen=True)
class Access:
    """What one user may do with a pipeline."""

    permissions: tuple[str, ...]
    manages: bool


@dataclass(frozen=True)
class Pipeline:
    """A pipeline, made by an administrator; ``access`` is by user name."""

    id: str
    name: str
    access: dict[str, Access]


@dataclass
class Job:
    """A run of a flow over a folder; ``ended`` is unknown while it goes on, ``reads`` counts those of its status.

    One that is ``slow`` goes on at the first of those, whatever the server is told of the length of others.
    """

    id: str
    user: str
    output_folder: str
    started: datetime
    fails: bool
    pipelines: list[str] = field(default_factory=list)
    ended: datetime | None = None
    reads: int = 0
    slow: bool = False
