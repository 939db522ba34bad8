"""Lists: paging, order, filters, totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from conformance.contract.identity import id_text
from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import CommandName, OperationName, ResourceName, StateName


class Size(Model):
    """The parameter that says how many items a page holds; ``None`` bounds are not written.

    ``clamps`` says that a larger size than ``max`` is taken for it, and not refused.
    ``wide`` is a size to try where no bound is written; a server may refuse it, or answer smaller pages.
    """

    place: Place
    default: int | None = None
    min: int | None = None
    max: int | None = None
    clamps: bool = False
    wide: int | None = None


class Number(Model):
    """The parameter that says which page (style page) or item (style offset) comes; ``first`` is the first one's."""

    place: Place
    first: int = 0


class SortKey(Model):
    """A key to sort by: ``at`` is a pointer within an item; ``moment`` is what the key is the time of.

    A moment is ``create``, a command of the resource, or a command of its parent that cascades to it.
    """

    at: Pointer | None = None
    moment: str | None = None


class Sort(Model):
    """How order is asked for. ``syntax`` spells one criterion out of ``{key}`` and ``{direction}``."""

    place: Place
    syntax: str = "{key},{direction}"
    directions: tuple[str, str] = ("asc", "desc")
    default_direction: Literal["asc", "desc"] | None = None
    several: bool = False
    keys: dict[str, SortKey]


class Filter(Model):
    """A parameter that narrows the list to items whose ``field`` equals the value sent, or one of them (``any``).

    With ``contains`` the field contains the text sent. ``syntax`` spells what is sent out of ``{value}``, for a
    parameter that holds several filters; with ``numeric`` it is a number.
    Where items do not show the field, ``value`` is a value to send, ``member`` the id of an item that has it and
    ``lacks`` of one that has not; ``narrows`` says that the value keeps some and drops any without. ``default`` is
    the value that leaving the parameter out stands for; ``wild`` is one that stands for any value. With ``exact``
    the beginning of a value is looked for too, which nobody has.
    """

    place: Place
    field: Pointer | None = None
    match: Literal["any", "equals", "contains"] = "equals"
    syntax: str = "{value}"
    numeric: bool = False
    value: Value | None = None
    member: Value | None = None
    lacks: Value | None = None
    narrows: bool = False
    default: str | None = None
    wild: str | None = None
    exact: bool = False

    def spelled(self, value: str) -> str | int:
        """What is sent for ``value``; text that is no number stays text."""
        number = self.numeric and value.removeprefix("-").isdecimal()
        return int(value) if number else self.syntax.format(value=value)


class Members(Model):
    """A part of a population: ``times`` items in ``state``, created with ``request`` and without ``leave_out``."""

    times: int = 1
    state: StateName | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    leave_out: tuple[Place, ...] = ()


class Population(Model):
    """A scope in which the suite knows every item: ``filter`` narrows to one ``parent`` that the run made.

    ``operation`` creates its ``members``. A population larger than a page of the default size shows what that
    default is.
    """

    filter: str
    parent: ResourceName
    operation: OperationName
    members: tuple[Members, ...] = (Members(times=11),)


class Belongs(Model):
    """What all items of a list have in common: ``at`` an item shows what the request names at ``to``."""

    at: Pointer
    to: Place


class Count(Model):
    """The operation that counts the list ``at`` a place of its reply; it takes the filters where the list does."""

    operation: OperationName
    at: Place


class List(OperationFacet):
    """An operation that answers a collection of ``resource``, as a whole or a page at a time.

    ``items`` is a pointer in the reply (empty for a bare array); ``total`` and ``pages`` are where the reply counts
    the whole collection; ``echo`` is where the reply repeats a request parameter, by the parameter's name.
    Style page and offset are walked by ``number``; style cursor puts what stands at ``next`` into ``cursor``; style
    link follows the URL at ``next`` (a Link header's relation ``next``). A walk ends where ``next`` is absent, null
    or empty, where ``more`` is false, or, by number, after the first page that is not full.
    ``joined`` stands between filters that share a place. ``belongs`` says that the list is the part of the resource's
    own list that belongs to something. ``scope`` says what can change under a walk: ``private`` nothing that the run
    does not change itself, ``insert-stable`` nothing of what was there, ``moving`` anything, by other users' work.
    ``unique`` points to arrays within an item that hold no member twice. ``detail`` is the operation that shows one of
    them whole, where that is not the read of their kind. ``after`` is the command that has moved what is held against a
    read, where items show what they were before.
    """

    resource: ResourceName
    style: Literal["page", "offset", "cursor", "link", "whole"]
    number: Number | None = None
    size: Size | None = None
    cursor: Place | None = None
    next: Place | None = None
    more: Place | None = None
    items: Pointer = ""
    id: Pointer = "/id"
    total: Place | None = None
    pages: Place | None = None
    count: Count | None = None
    echo: dict[str, Place] = Field(default_factory=dict)
    sort: Sort | None = None
    filters: dict[str, Filter] = Field(default_factory=dict)
    joined: str | None = None
    belongs: Belongs | None = None
    scope: Literal["private", "insert-stable", "moving"] = "moving"
    population: Population | None = None
    unique: tuple[Pointer, ...] = ()
    detail: OperationName | None = None
    after: CommandName | None = None

    @property
    def paged(self) -> bool:
        """Whether any page can be asked for by number and size."""
        return self.number is not None and self.size is not None

    def id_of(self, item: Any) -> str:
        """The id that an item shows, as ``id_text`` has it: to hold against others, not to send."""
        return id_text(get(item, self.id))

    def reads(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """The items, and what it looks at within one."""
        yield self.subject, self.items, ("items",)
        keys = self.sort.keys if self.sort else {}
        within: dict[tuple[str, ...], str | None] = {("id",): self.id}
        within |= {("filters", name, "field"): one.field for name, one in self.filters.items()}
        within |= {("unique", str(index)): pointer for index, pointer in enumerate(self.unique)}
        within |= {("sort", "keys", name, "at"): key.at for name, key in keys.items()}
        yield from ((self.subject, f"{self.items}/0{pointer}", where) for where, pointer in within.items() if pointer)
