"""Resources, their states, and the commands that move them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, PrivateAttr

from conformance.contract.place import Place
from conformance.contract.semantics.model import Facet, Model, Value


class Cascade(Model):
    """What a command does to the children: those in ``of`` states end in ``to``, the others stay as they are."""

    of: tuple[str, ...]
    to: str
    with_request: dict[Place, Value] = Field(default_factory=dict)


class Command(Model):
    """An operation that moves a resource from one of ``of`` states to ``to``.

    ``repeat`` is what the same command gets when the resource is already in ``to``; ``answers`` is what a reply holds.
    """

    operation: str
    id: Place
    of: tuple[str, ...] = Field(alias="from")
    to: str
    repeat: Literal["no-op", "refused", "unspecified"] = "unspecified"
    answers: Literal["resource", "empty", "envelope"] = "resource"
    cascade: dict[str, Cascade] = Field(default_factory=dict)
    sets: dict[str, Value] = Field(default_factory=dict)

    name: str = ""
    resource: str = ""


class Parent(Model):
    """The resource that a child belongs to; ``place`` names it in the create, ``at`` in the child."""

    resource: str
    place: Place
    at: str


class Reader(Model):
    """The operation that reads one resource, and where the id goes."""

    operation: str
    id: Place


class Resource(Model):
    """A kind of thing with an identity; pointers are within its representation in a reply.

    ``created_id`` is where the reply to its create shows the id, when that is not where a read does.

    ``request`` are values that its create needs besides the operation's own. ``audit`` points to properties that
    change whenever anything is done to it; they are left out when two reads are compared.
    """

    name: str = ""
    id: str = "/id"
    created_id: str | None = None
    key: str | None = None
    parent: Parent | None = None
    create: str | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    read: Reader | None = None
    list: str | None = None
    undo: str | None = None
    state: str | None = None
    initial: str | None = None
    states: tuple[str, ...] = ()
    terminal: tuple[str, ...] = ()
    commands: dict[str, Command] = Field(default_factory=dict)
    audit: tuple[str, ...] = ()
    _facets: dict[str, Facet] = PrivateAttr(default_factory=dict)

    def with_facets(self, facets: dict[str, Facet]) -> Self:
        """The same resource with its facets beside it."""
        copy = self.model_copy()
        copy._facets = facets
        return copy

    @property
    def facets(self) -> dict[str, Facet]:
        """The facets declared for this resource, by key."""
        return self._facets

    def way_to(self, state: str) -> tuple[Command, ...] | None:
        """The shortest sequence of commands from the initial state to ``state``; ``None`` when there is none."""
        if self.initial is None:
            return None
        ways: dict[str, tuple[Command, ...]] = {self.initial: ()}
        frontier = [self.initial]
        while frontier and state not in ways:
            here = frontier.pop(0)
            for command in self.commands.values():
                if here in command.of and command.to not in ways:
                    ways[command.to] = (*ways[here], command)
                    frontier.append(command.to)
        return ways.get(state)
