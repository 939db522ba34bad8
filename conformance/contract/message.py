"""Requests and replies as frozen values, before and after the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from conformance.contract.json_text import parsed
from conformance.contract.pointer import ABSENT, Absent


@dataclass(frozen=True)
class Request:
    """One call of an operation, not yet bound to a server: parameters by place, and a body.

    ``body`` is a JSON value, ``bytes`` for a binary body, or ``ABSENT`` for none; ``media_type`` is what it is sent as.
    ``led_to`` is the path of the server, its base included, that an earlier reply named for this call.
    """

    operation: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = ABSENT
    media_type: str | None = None
    led_to: str | None = None


@dataclass(frozen=True)
class Wire:
    """A request as it goes over the wire: ``url`` is absolute, ``content`` the exact bytes."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Reply:
    """What a server answered: ``headers`` by lower-case name, ``content`` the undecoded body, ``seconds`` it took."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float = 0.0

    @property
    def media_type(self) -> str:
        """The bare media type, lower-case, without parameters; empty when none is named."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @cached_property
    def json(self) -> Any:
        """The body as a JSON value, or ``ABSENT`` when it is none, or is nested past all reason."""
        try:
            return parsed(self.content)
        except (ValueError, RecursionError):
            return ABSENT

    @property
    def is_json(self) -> bool:
        """Whether the body parses as JSON."""
        return not isinstance(self.json, Absent)


@dataclass(frozen=True)
class Exchange:
    """One request and its reply in a case's history; ``reply`` is ``None`` when none came, and ``trouble`` says why.

    Others were sent ``together`` with it, at one instant.
    """

    operation: str
    identity: str
    request: Request
    wire: Wire
    reply: Reply | None
    trouble: str = ""
    together: bool = False
