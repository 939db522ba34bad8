"""Lists: paging, order, filters, totals."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet, Value


class Size(Model):
    """The parameter that says how many items a page holds; ``None`` bounds are not written."""

    place: Place
    default: int | None = None
    min: int | None = None
    max: int | None = None


class Number(Model):
    """The parameter that says which page (or item) comes; ``first`` is the number of the first."""

    place: Place
    first: int = 0


class SortKey(Model):
    """A key to sort by: ``at`` is a pointer within an item, ``moment`` the command whose time it is."""

    at: str | None = None
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
    """A parameter that narrows the list to items whose ``field`` equals one of the values sent (``any``).

    Where items do not show the field, ``value`` is a value to send, ``member`` the id of an item that has it;
    ``narrows`` says that the value keeps some items and drops others. ``default`` is the value that leaving the
    parameter out stands for.
    """

    place: Place
    field: str | None = None
    match: Literal["any", "equals"] = "equals"
    value: Value | None = None
    member: Value | None = None
    narrows: bool = False
    default: str | None = None


class Population(Model):
    """A scope in which the suite knows every item: ``filter`` narrows to one ``parent`` that the run made."""

    filter: str
    parent: str


class List(OperationFacet):
    """An operation that answers a collection of ``resource``, a page at a time.

    ``items`` is a pointer in the reply (empty for a bare array); ``total`` and ``pages`` are where the reply counts
    the whole collection; ``echo`` is where the reply repeats a request parameter. ``scope`` says what can change
    under a walk: ``private`` nothing, ``moving`` anything, by other users' work.
    """

    resource: str
    style: Literal["page", "offset", "cursor", "link"]
    number: Number | None = None
    size: Size | None = None
    items: str = ""
    id: str = "/id"
    total: Place | None = None
    pages: Place | None = None
    echo: dict[str, Place] = Field(default_factory=dict)
    sort: Sort | None = None
    filters: dict[str, Filter] = Field(default_factory=dict)
    scope: Literal["private", "insert-stable", "moving"] = "moving"
    population: Population | None = None

    @property
    def paged(self) -> bool:
        """Whether the list can be walked by number and size."""
        return self.number is not None and self.size is not None

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that its filters name."""
        values = [value for item in self.filters.values() for value in (item.value, item.member)]
        return tuple(value.fixture for value in values if value and value.fixture)
