"""Lists: bare arrays, filtered, sorted and cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.errors import invalid
from conformance.mocks.smartflows.inputs import PageQuery
from conformance.mocks.smartflows.records import Execution, Flow, R

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows


LARGE = 30
"""The size from which on a page is large."""


@dataclass(frozen=True)
class Listing(Generic[R]):
    """What an operation lists, and the properties by which it can be sorted and filtered."""

    rows: Callable[[SmartFlows], Sequence[R]]
    properties: Mapping[str, Callable[[SmartFlows, R], str]]
    view: Callable[[SmartFlows, R], Json]


Pairs = list[tuple[str, str]]
Rows = Sequence[Any]
Rule = Callable[["SmartFlows", Listing[Any], Rows, Pairs], Rows]


def wanted(server: SmartFlows, listing: Listing[Any], text: str) -> Pairs:
    """The ``name:text`` parts of a filter."""
    return _supported(server, listing, [_halves(part, ":") for part in text.split(",") if part])


def criteria(server: SmartFlows, listing: Listing[Any], text: str) -> Pairs:
    """The ``name,direction`` of a sort."""
    return _supported(server, listing, [_halves(text, ",")] if text else [])


def _halves(text: str, separator: str) -> tuple[str, str]:
    name, _, value = text.partition(separator)
    return name, value


def _supported(server: SmartFlows, listing: Listing[Any], parts: Pairs) -> Pairs:
    unsupported = [name for name, _ in parts if name not in listing.properties]
    if unsupported and server.choices["unknown_property"] == "refused":
        raise invalid(server, f"{unsupported[0]} is not supported here")
    return [(name, value) for name, value in parts if name in listing.properties]


def contains(server: SmartFlows, has: str, asked: str) -> bool:
    """Whether a property's value contains the text of a filter."""
    return asked.casefold() in has.casefold() if server.choices["filter_case"] == "folded" else asked in has


def select(server: SmartFlows, listing: Listing[Any], rows: Rows, parts: Pairs) -> Rows:
    """The rows that pass every part of the filter."""
    fits = server.rules.lists.contains
    for name, text in parts:
        value = listing.properties[name]
        rows = [row for row in rows if fits(server, value(server, row), text)]
    return rows


def order(server: SmartFlows, listing: Listing[Any], rows: Rows, by: Pairs) -> Rows:
    """The rows in the order asked for, ascending unless ``desc`` is; without one, in the order chosen."""
    if not by:
        return rows[::-1] if server.choices["list_order"] == "newest" else rows
    for name, direction in reversed(by):
        value = listing.properties[name]
        rows = sorted(rows, key=lambda row: value(server, row), reverse=direction == "desc")
    return rows


def size_of(server: SmartFlows, asked: int | None) -> int:
    """How many rows a page holds."""
    size = server.rules.lists.default_size if asked is None else asked
    if size > LARGE and server.choices["large_page"] == "refused":
        raise invalid(server, f"a page has at most {LARGE} items")
    return min(size, LARGE) if server.choices["large_page"] == "capped" else size


def page_slice(rows: Rows, number: int, size: int) -> Rows:
    """The rows of one page."""
    return rows[number * size : (number + 1) * size]


def belongs(execution: Execution, flow: Flow) -> bool:
    """Whether an execution is one of a flow's."""
    return execution.flow.key == flow.key


@dataclass
class ListRules:
    """Everything between a list operation and its page."""

    default_size: int = 20
    contains: Callable[[SmartFlows, str, str], bool] = contains
    select: Rule = select
    order: Rule = order
    page_slice: Callable[[Rows, int, int], Rows] = page_slice
    belongs: Callable[[Execution, Flow], bool] = belongs


def listed(server: SmartFlows, call: Call, listing: Listing[R], fits: Callable[[R], bool]) -> Reply:
    """The page that the call asks for."""
    query: PageQuery = call.query
    rules = server.rules.lists
    rows: Rows = [row for row in listing.rows(server) if fits(row)]
    for row in rows:
        if isinstance(row, Execution):
            server.rules.pace.seen(server, row, False)
    rows = rules.select(server, listing, rows, wanted(server, listing, query.filter))
    rows = rules.order(server, listing, rows, criteria(server, listing, query.sort))
    page = rules.page_slice(rows, query.page, size_of(server, query.size))
    return Reply(200, [listing.view(server, row) for row in page])
