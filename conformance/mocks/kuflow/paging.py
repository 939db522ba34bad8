"""Lists: what is seen, filtered, sorted and cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.params import PageQuery
from conformance.mocks.kuflow.records import Row

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

NOT_FILTERS = frozenset({"size", "page", "sort"})
Wanted = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Criterion:
    """One ``sort`` value: a property and a direction."""

    key: str
    descending: bool = False


@dataclass(frozen=True)
class Listing:
    """What a list operation lists: its sort keys, and for each filter the values that a record has."""

    rows: Callable[[KuFlow], Any]
    sort_keys: Mapping[str, Callable[[Row], Any]]
    filters: Mapping[str, Callable[[Row], Collection[str]]]
    view: Callable[[KuFlow, Row], Json]


def size(server: KuFlow, _: str, asked: int | None) -> int:
    """The page size that applies."""
    return server.rules.lists.default_size if asked is None else asked


def page(_: KuFlow, __: str, asked: int | None) -> int:
    """The page number that applies, counted from zero."""
    return 0 if asked is None else asked


def criteria(server: KuFlow, _: str, sort: Iterable[str], known: Collection[str]) -> list[Criterion]:
    """The sort values in order; what is not documented is refused or ignored, as chosen."""
    found = []
    for value in sort:
        key, _comma, direction = value.partition(",")
        if key in known and direction in ("", "asc", "desc"):
            found.append(Criterion(key, direction == "desc"))
        elif server.choices["unknown_sort"] == "refused":
            raise invalid(server, Detail("sort", f"not one of {', '.join(known)}", "sort", "query"))
    return found


def wanted(_: KuFlow, __: str, query: PageQuery) -> Wanted:
    """The values asked for by each filter that is used."""
    given = ((name, getattr(query, name)) for name in type(query).model_fields if name not in NOT_FILTERS)
    return {name: frozenset((value,) if isinstance(value, str) else value) for name, value in given if value}


def matches_filter(_: str, __: str, has: Collection[str], asked: frozenset[str]) -> bool:
    """Whether a record that ``has`` these values passes a filter: any one asked for is enough."""
    return not asked.isdisjoint(has)


def select(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
    """The rows that pass every filter."""
    matches = server.rules.lists.matches_filter
    for name, values in asked.items():
        has = listing.filters[name]
        rows = [row for row in rows if matches(operation, name, has(row), values)]
    return rows


def sort(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], by: list[Criterion]) -> Sequence[Row]:
    """The rows in the order asked for; ties stay in the order of creation."""
    for criterion in reversed(by):
        rows = server.rules.lists.order(server, operation, listing.sort_keys[criterion.key], rows, criterion)
    return rows


def order(
    server: KuFlow, _: str, value: Callable[[Row], Any], rows: Sequence[Row], criterion: Criterion
) -> Sequence[Row]:
    """The rows sorted stably by one criterion, those without a value at the end chosen."""
    absent = [row for row in rows if value(row) is None]
    present = [row for row in rows if value(row) is not None] if absent else rows
    ordered = sorted(present, key=value, reverse=criterion.descending)
    return absent + ordered if server.choices["absent_moment"] == "first" else ordered + absent


def page_slice(_: str, rows: Sequence[Row], number: int, length: int) -> Sequence[Row]:
    """The rows of one page."""
    return rows[number * length : (number + 1) * length]


def total_elements(_: str, rows: Sequence[Row]) -> int:
    """How many rows there are on all pages."""
    return len(rows)


def total_pages(server: KuFlow, _: str, total: int, length: int) -> int:
    """How many pages there are, the last one perhaps short."""
    return -(-total // length) if length else int(server.choices["pages_of_size_zero"])


def metadata(_: str, told: Json) -> Json:
    """The page metadata as it is shown."""
    return told


@dataclass
class ListRules:
    """Everything between a list operation and its page."""

    default_size: int = 25
    size: Callable[[KuFlow, str, int | None], int] = size
    page: Callable[[KuFlow, str, int | None], int] = page
    criteria: Callable[[KuFlow, str, Iterable[str], Collection[str]], list[Criterion]] = criteria
    wanted: Callable[[KuFlow, str, PageQuery], Wanted] = wanted
    matches_filter: Callable[[str, str, Collection[str], frozenset[str]], bool] = matches_filter
    select: Callable[[KuFlow, str, Listing, Sequence[Row], Wanted], Sequence[Row]] = select
    sort: Callable[[KuFlow, str, Listing, Sequence[Row], list[Criterion]], Sequence[Row]] = sort
    order: Callable[[KuFlow, str, Callable[[Row], Any], Sequence[Row], Criterion], Sequence[Row]] = order
    page_slice: Callable[[str, Sequence[Row], int, int], Sequence[Row]] = page_slice
    total_elements: Callable[[str, Sequence[Row]], int] = total_elements
    total_pages: Callable[[KuFlow, str, int, int], int] = total_pages
    metadata: Callable[[str, Json], Json] = metadata


def listed(server: KuFlow, call: Call, listing: Listing) -> Reply:
    """The page that the call asks for."""
    rules, operation, query = server.rules.lists, call.operation, call.query
    length, number = rules.size(server, operation, query.size), rules.page(server, operation, query.page)
    by = rules.criteria(server, operation, query.sort, tuple(listing.sort_keys))
    may_see = server.rules.auth.may_see
    rows = listing.rows(server).seen(operation, call.identity.label, lambda row: may_see(operation, call.identity, row))
    rows = rules.select(server, operation, listing, rows, rules.wanted(server, operation, query))
    rows = rules.sort(server, operation, listing, rows, by)
    total = rules.total_elements(operation, rows)
    shown = number
    if number and length and number * length >= len(rows):
        if server.choices["past_the_end"] == "refused":
            raise invalid(server, Detail("page", "there is no such page", "page", "query"))
        shown = max(0, -(-len(rows) // length) - 1) if server.choices["past_the_end"] == "last" else number
    told = {
        "size": length,
        "page": number,
        "totalElements": total,
        "totalPages": rules.total_pages(server, operation, total, length),
    }
    content = [listing.view(server, row) for row in rules.page_slice(operation, rows, shown, length)]
    return Reply(200, {"metadata": rules.metadata(operation, told), "content": content})
