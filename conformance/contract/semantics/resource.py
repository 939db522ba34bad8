"""Resources, their states, and the commands that move them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get, without
from conformance.contract.semantics.model import Faceted, Model, Pointer, Value
from conformance.contract.semantics.names import CommandName, ControlName, OperationName, ResourceName, StateName


class Cascade(Model):
    """What a command does to the children: those in ``of`` states end in ``to``, the others stay as they are."""

    of: tuple[StateName, ...]
    to: StateName


class Command(Model):
    """An operation that moves a resource from one of ``of`` states to ``to``.

    ``request`` are values that it needs besides the operation's own: several commands can share one operation.

    ``refusals`` is what the reply shows when the command is refused in a state.
    ``repeat`` is what the same command gets when the resource is already in ``to``; ``answers`` is what a reply holds:
    with ``passing`` the resource on its way, in whatever state that is. ``confirms`` are values that the reply shows
    beside it, and ``shows`` is where a part of it repeats the resource.
    """

    operation: OperationName
    id: Place
    request: dict[Place, Value] = Field(default_factory=dict)
    of: tuple[StateName, ...] = Field(alias="from")
    to: StateName
    repeat: Literal["no-op", "refused", "unspecified"] = "unspecified"
    answers: Literal["resource", "passing", "empty", "envelope"] = "resource"
    cascade: dict[ResourceName, Cascade] = Field(default_factory=dict)
    sets: dict[Pointer, Value] = Field(default_factory=dict)
    confirms: dict[Pointer, Any] = Field(default_factory=dict)
    refusals: dict[StateName, dict[Pointer, Any]] = Field(default_factory=dict)
    shows: Pointer | None = None

    name: str = ""
    resource: str = ""


class Parent(Model):
    """The resource that a child belongs to; ``place`` names it in the create, ``at`` in the child."""

    resource: ResourceName
    place: Place
    at: Pointer


class Reader(Model):
    """The operation that reads one resource, where the id goes, and where the reply shows the resource.

    ``beside`` are literals that it needs besides the id, such as what stands for any parent. ``unready`` are statuses
    with which it may be refused for a while after the create.
    """

    operation: OperationName
    id: Place
    at: Pointer = ""
    unready: tuple[int, ...] = ()
    beside: dict[Place, Any] = Field(default_factory=dict)


class Settling(Model):
    """Where a read shows whether a resource has come to rest: ``at`` holds one of ``until`` within some seconds."""

    at: Pointer
    until: tuple[Any, ...]
    within: float = 2.0


class Nudge(Model):
    """A control that moves a resource from ``from`` to ``to``; its argument ``id`` takes the resource's id."""

    control: ControlName
    id: str
    of: StateName = Field(alias="from")
    to: StateName


class Resource(Faceted):
    """A kind of thing with an identity; pointers are within its representation in a reply.

    ``created_id`` is where the reply to its create shows the id, when that is not where a read does; a place in the
    request says that the caller chose it and that the reply shows nothing of the resource. ``settles`` says that a
    change takes a while, and ``shows`` what a read shows beside the state once it rests there.

    ``request`` are values that its create needs besides the operation's own; ``starts`` are those with which one comes
    to rest in another state than the initial one. ``spelled`` maps further spellings to states. ``nudges`` are
    controls that do what no operation does. ``audit`` points to properties that change whenever anything is done to
    it; they are left out when two reads are compared. ``moving`` points to what may change though nothing is done, such
    as words for people. ``fixed`` points to what nothing changes, wherever it is shown, ``created_at`` to the moment of
    the create and ``modified_at`` to that of the last change.
    """

    name: str = ""
    id: Pointer = "/id"
    created_id: Annotated[Place | Pointer, Field(union_mode="left_to_right")] | None = None
    key: Pointer | None = None
    parent: Parent | None = None
    create: OperationName | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    read: Reader | None = None
    list: OperationName | None = None
    undo: CommandName | None = None
    state: Pointer | None = None
    initial: StateName | None = None
    starts: dict[StateName, dict[Place, Value]] = Field(default_factory=dict)
    states: tuple[str, ...] = ()
    spelled: dict[str, StateName] = Field(default_factory=dict)
    terminal: tuple[StateName, ...] = ()
    settles: Settling | None = None
    shows: dict[StateName, dict[Pointer, Any]] = Field(default_factory=dict)
    commands: dict[str, Command] = Field(default_factory=dict)
    nudges: dict[str, Nudge] = Field(default_factory=dict)
    audit: tuple[Pointer, ...] = ()
    moving: tuple[Pointer, ...] = ()
    fixed: tuple[Pointer, ...] = ()
    created_at: Pointer | None = None
    modified_at: Pointer | None = None

    def reads(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What is looked at in replies that show it: operation and pointer, each with where that is said."""
        at = self.read.at if self.read else ""
        for where, pointer in {"id": self.id, "state": self.state, "key": self.key}.items():
            if pointer:
                yield self.read.operation if self.read else self.create or "", at + pointer, (where,)

    def still(self, body: Any) -> Any:
        """What ``body`` shows of the resource, without what may change though nothing is done to it."""
        return without(body, self.moving)

    def made_id(self, request: Request, reply: Reply) -> Any:
        """The id of what a create made: as the reply shows it, or as the caller chose it; ``ABSENT`` when neither."""
        where = self.created_id or self.id
        if isinstance(where, Place):
            return where.sent(request) if where.message == "request" else where.seen(reply)
        return get(reply.json, where)

    @property
    def is_read_when_made(self) -> bool:
        """Whether the reply to its create shows so little of it that a read has to follow."""
        return isinstance(self.created_id, Place) and self.read is not None

    def state_in(self, body: Any) -> Any:
        """The state that ``body`` shows, in the spelling that the semantics prefer; ``ABSENT`` when it shows none."""
        shown = ABSENT if self.state is None else get(body, self.state)
        return self.spelled.get(shown, shown) if isinstance(shown, str) else shown

    @property
    def end(self) -> str | None:
        """The first final state that commands lead to, if any."""
        return next((state for state in self.terminal if self.way_to(state)), None)

    def way_to(self, state: str) -> tuple[Command, ...] | None:
        """The shortest sequence of commands from its origin to ``state``; ``None`` when there is none."""
        found = self.origin(state)
        return found and found[1]

    def way_on(self, state: str) -> tuple[Command, ...]:
        """Commands that can follow one another from ``state`` on, each to a state that was not there before."""
        way: list[Command] = []
        seen = {state}
        while step := next((one for one in self.commands.values() if state in one.of and one.to not in seen), None):
            way.append(step)
            state = step.to
            seen.add(state)
        return tuple(way)

    def origin(self, state: str) -> tuple[str, tuple[Command, ...]] | None:
        """The state to create one in, and the shortest sequence of commands from there to ``state``, if any."""
        frontier = [*([self.initial] if self.initial else []), *self.starts]
        ways: dict[str, tuple[str, tuple[Command, ...]]] = {start: (start, ()) for start in frontier}
        while frontier and state not in ways:
            here = frontier.pop(0)
            for command in self.commands.values():
                if here in command.of and command.to not in ways:
                    ways[command.to] = (ways[here][0], (*ways[here][1], command))
                    frontier.append(command.to)
        return ways.get(state)
