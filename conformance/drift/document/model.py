"""What a document says, place by place, its references followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.drift.containment.rewriting import Schema


@dataclass(frozen=True)
class Forms:
    """A schema in the dialect for both roles, and where it stands; ``raw`` is what is written there."""

    pointer: str
    raw: Any
    sender: Schema
    receiver: Schema
    table: str


@dataclass(frozen=True)
class Media:
    """The content of one media type."""

    name: str
    pointer: str
    schema: Forms
    encoding: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """A parameter or a header; ``key`` tells it from others whatever a path parameter is called."""

    key: tuple[str, str]
    name: str
    place: str
    pointer: str
    raw: Mapping[str, Any]
    required: bool
    style: str
    explode: bool
    media: Media | None
    schema: Forms


@dataclass(frozen=True)
class Body:
    """A message's content by media type."""

    pointer: str
    required: bool
    media: Mapping[str, Media]


@dataclass(frozen=True)
class Response:
    """A response to one status, range or ``default``."""

    status: str
    pointer: str
    raw: Mapping[str, Any]
    body: Body
    headers: Mapping[str, Parameter]


@dataclass(frozen=True)
class Scheme:
    """A security scheme as it is asked for: its ``text`` is the same for schemes that work the same."""

    name: str = field(compare=False)
    text: str


Alternative = Mapping[Scheme, frozenset[str]]


@dataclass(frozen=True)
class Operation:
    """An operation, or what a server sends of its own accord when ``is_outgoing``.

    ``route`` has empty braces for its parameters. ``servers`` are URLs without the slash at the end.
    """

    name: str
    id: str
    method: str
    path: str
    route: str
    pointer: str
    raw: Mapping[str, Any]
    parameters: Mapping[tuple[str, str], Parameter]
    body: Body | None
    responses: Mapping[str, Response]
    security: tuple[Alternative, ...]
    servers: tuple[str, ...]
    callbacks: Mapping[str, Operation]
    is_outgoing: bool = False
    kind: str = "operation"

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags, in order."""
        return tuple(str(tag) for tag in self.raw.get("tags") or ())
