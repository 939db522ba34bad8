"""The words that mocks are described with: deviation, choice, settings, mock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A JSON object."""

Scope = MutableMapping[str, Any]
AsgiApp = Callable[
    [Scope, Callable[[], Awaitable[MutableMapping[str, Any]]], Callable[[MutableMapping[str, Any]], Awaitable[None]]],
    Awaitable[None],
]
Control = Callable[[Json], Json]
"""What a tester can do that the API cannot: a JSON object in, a JSON object out."""


@dataclass(frozen=True)
class Deviation:
    """One rule broken: ``apply`` replaces it on the server it is given; ``case`` is the case that must notice."""

    name: str
    clauses: tuple[str, ...]
    case: str
    says: str
    apply: Callable[[Any], None]


@dataclass(frozen=True)
class Choice:
    """Something the vendor's document leaves open; the first of ``settings`` is the default, all are legal."""

    key: str
    settings: tuple[str, ...]
    says: str

    @property
    def default(self) -> str:
        """The setting that applies when nothing is chosen."""
        return self.settings[0]


@dataclass(frozen=True)
class Settings:
    """How a mock is to be: an empty mode is the vendor's first; ``clock`` is ``fixed`` (moved by requests and by
    ``advance_clock`` only) or ``wall``."""

    mode: str = ""
    seed: int = 0
    deviations: frozenset[str] = frozenset()
    choices: Mapping[str, str] = field(default_factory=dict)
    progress: str = "immediate"
    clock: str = "fixed"


@dataclass(frozen=True)
class Mock:
    """A server ready to be served.

    ``environment`` is a target's table of the environment file in which ``{url}`` and ``{controls}`` stand for the
    two origins, known once ports are.
    """

    app: AsgiApp
    controls: AsgiApp
    environment: Mapping[str, Any]
