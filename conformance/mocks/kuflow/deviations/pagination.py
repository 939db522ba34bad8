"""Pages that do not add up to the whole, and metadata that are not true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.inputs import Pairs
from conformance.mocks.kuflow.records import Row
from conformance.mocks.kuflow.server import KuFlow

UNION = "kuflow/findPrincipals/pagination/union"
REFUSES = "kuflow/findPrincipals/contract/refuses"
SNAPSHOT = 2
"""The size of the pages that come from a snapshot."""


@deviation("page-off-by-one", clauses=("KF-014",), case=UNION)
def page_off_by_one(server: KuFlow) -> None:
    """Pages begin one record too late, so that the first record is on no page."""
    honest = server.rules.lists.page_slice
    server.rules.lists.page_slice = lambda operation, rows, number, size: honest(operation, rows[1:], number, size)


@deviation("pages-overlap", clauses=("KF-014",), case=UNION)
def pages_overlap(server: KuFlow) -> None:
    """Every page after the first begins with the last record of the page before."""

    def page_slice(_: str, rows: Sequence[Row], number: int, size: int) -> Sequence[Row]:
        start = max(0, number * size - (number > 0))
        return rows[start : start + size]

    server.rules.lists.page_slice = page_slice


@deviation("pages-counted-from-one", clauses=("KF-014",), case=UNION)
def pages_counted_from_one(server: KuFlow) -> None:
    """Page 1 is the first page, and page 0 is taken for it."""
    honest = server.rules.lists.page_slice
    server.rules.lists.page_slice = lambda operation, rows, number, size: honest(
        operation, rows, max(0, number - 1), size
    )


@deviation("last-page-dropped", clauses=("KF-014",), case=UNION)
def last_page_dropped(server: KuFlow) -> None:
    """A last page that is not full comes empty."""
    honest = server.rules.lists.page_slice

    def page_slice(operation: str, rows: Sequence[Row], number: int, size: int) -> Sequence[Row]:
        page = honest(operation, rows, number, size)
        return page if number == 0 or len(page) == size else ()

    server.rules.lists.page_slice = page_slice


@deviation("last-page-filled-up", clauses=("KF-014",), case=UNION)
def last_page_filled_up(server: KuFlow) -> None:
    """A last page that is not full is filled up with records of the page before."""
    honest = server.rules.lists.page_slice

    def page_slice(operation: str, rows: Sequence[Row], number: int, size: int) -> Sequence[Row]:
        page = honest(operation, rows, number, size)
        return rows[-size:] if page and len(page) < size else page

    server.rules.lists.page_slice = page_slice


@deviation("page-one-too-long", clauses=("KF-012",), case=UNION)
def page_one_too_long(server: KuFlow) -> None:
    """Pages hold one record more than their size."""
    server.rules.lists.page_slice = lambda _operation, rows, number, size: rows[number * size : (number + 1) * size + 1]


@deviation("size-ignored", clauses=("KF-012",), case=UNION)
def size_ignored(server: KuFlow) -> None:
    """Pages hold 25 records whatever size asks for."""
    server.rules.lists.size = lambda server, _operation, _asked: server.rules.lists.default_size


@deviation("size-ignored-on-findRobots", clauses=("KF-012",), case="kuflow/findRobots/pagination/union")
def size_ignored_on_find_robots(server: KuFlow) -> None:
    """Pages of robots hold 25 records whatever size asks for."""
    honest = server.rules.lists.size
    server.rules.lists.size = lambda server, operation, asked: honest(
        server, operation, None if operation == "findRobots" else asked
    )


@deviation("size-capped-at-500", clauses=("KF-011b",), case="kuflow/findPrincipals/pagination/largest-size")
def size_capped_at_500(server: KuFlow) -> None:
    """Pages hold at most 500 records."""
    honest = server.rules.lists.size
    server.rules.lists.size = lambda server, operation, asked: min(500, honest(server, operation, asked))


@deviation("size-zero-is-default", clauses=("KF-011b",), case="kuflow/findPrincipals/pagination/smallest-size")
def size_zero_is_default(server: KuFlow) -> None:
    """A size of 0 is taken for none."""
    honest = server.rules.lists.size
    server.rules.lists.size = lambda server, operation, asked: honest(server, operation, asked or None)


@deviation("default-size-20", clauses=("KF-011",), case="kuflow/findPrincipals/pagination/default-size")
def default_size_20(server: KuFlow) -> None:
    """Without a size, pages hold 20 records."""
    server.rules.lists.default_size = 20


@deviation(
    "default-size-10-on-findProcessItems",
    clauses=("KF-011",),
    case="kuflow/findProcessItems/pagination/default-size",
)
def default_size_10_on_find_process_items(server: KuFlow) -> None:
    """Without a size, pages of process items hold 10 records."""
    honest = server.rules.lists.size
    server.rules.lists.size = lambda server, operation, asked: honest(
        server, operation, 10 if asked is None and operation == "findProcessItems" else asked
    )


@deviation("default-page-is-the-second", clauses=("KF-013",), case="kuflow/findPrincipals/pagination/default-page")
def default_page_is_the_second(server: KuFlow) -> None:
    """Without a page number, page 1 is answered."""
    server.rules.lists.page = lambda _server, _operation, asked: 1 if asked is None else asked


@deviation("size-not-echoed", clauses=("KF-019",), case="kuflow/findPrincipals/pagination/echo")
def size_not_echoed(server: KuFlow) -> None:
    """The metadata show the default size whatever size was asked for."""
    server.rules.lists.metadata = lambda _operation, told: {**told, "size": 25}


@deviation("page-echoed-from-one", clauses=("KF-019",), case="kuflow/findPrincipals/pagination/echo")
def page_echoed_from_one(server: KuFlow) -> None:
    """The metadata count pages from one."""
    server.rules.lists.metadata = lambda _operation, told: {**told, "page": told["page"] + 1}


@deviation("total-elements-one-too-many", clauses=("KF-019a",), case=UNION)
def total_elements_one_too_many(server: KuFlow) -> None:
    """The total counts one record that is on no page."""
    server.rules.lists.total_elements = lambda _operation, rows: len(rows) + 1


@deviation("total-elements-of-the-rest", clauses=("KF-019a",), case="kuflow/findPrincipals/pagination/total")
def total_elements_of_the_rest(server: KuFlow) -> None:
    """The total counts the records from the page on only."""

    def metadata(_: str, told: Json) -> Json:
        before = told["page"] * told["size"]
        return {**told, "totalElements": max(0, told["totalElements"] - before)}

    server.rules.lists.metadata = metadata


@deviation("total-pages-rounded-down", clauses=("KF-019b",), case="kuflow/findPrincipals/pagination/page-count")
def total_pages_rounded_down(server: KuFlow) -> None:
    """A last page that is not full is not counted."""
    server.rules.lists.total_pages = lambda _server, _operation, total, size: total // size if size else 0


@deviation("total-pages-one-too-many", clauses=("KF-019b",), case="kuflow/findPrincipals/pagination/page-count")
def total_pages_one_too_many(server: KuFlow) -> None:
    """A page is counted after the last full one."""
    server.rules.lists.total_pages = lambda _server, _operation, total, size: total // size + 1 if size else 0


def _mend(server: KuFlow, name: str, wrong: str, right: str) -> None:
    """Take ``wrong`` for ``right`` instead of refusing it."""
    honest = server.rules.inputs.raw_query

    def raw_query(operation: str, pairs: Pairs) -> Pairs:
        return honest(operation, [(key, right if (key, value) == (name, wrong) else value) for key, value in pairs])

    server.rules.inputs.raw_query = raw_query


@deviation("size-1001-clamped", clauses=("KF-011a",), case=f"{REFUSES}/maximum-size")
def size_1001_clamped(server: KuFlow) -> None:
    """A size above the maximum is taken for the maximum."""
    _mend(server, "size", "1001", "1000")


@deviation("size-negative-taken-for-zero", clauses=("KF-011a",), case=f"{REFUSES}/minimum-size")
def size_negative_taken_for_zero(server: KuFlow) -> None:
    """A negative size is taken for 0."""
    _mend(server, "size", "-1", "0")


@deviation("page-negative-taken-for-zero", clauses=("KF-013a",), case=f"{REFUSES}/minimum-page")
def page_negative_taken_for_zero(server: KuFlow) -> None:
    """A negative page number is taken for 0."""
    _mend(server, "page", "-1", "0")


@deviation("page-text-taken-for-zero", clauses=("KF-013a",), case=f"{REFUSES}/type-page")
def page_text_taken_for_zero(server: KuFlow) -> None:
    """A page number that is no number is taken for 0."""
    _mend(server, "page", "many", "0")


@deviation("walk-on-a-snapshot", clauses=("KF-014",), case="kuflow/findProcessItems/pagination/insert-at-the-end")
def walk_on_a_snapshot(server: KuFlow) -> None:
    """The pages after the first, in the order of creation, hold only what was there when the first one was read."""
    honest = server.rules.lists.page_slice
    there: set[str] = set()

    def page_slice(operation: str, rows: Sequence[Row], number: int, length: int) -> Sequence[Row]:
        if operation != "findProcessItems" or length != SNAPSHOT or list(rows) != sorted(rows, key=_creation):
            return honest(operation, rows, number, length)
        if number == 0:
            there.clear()
            there.update(row.key for row in rows)
        return honest(operation, [row for row in rows if row.key in there], number, length)

    server.rules.lists.page_slice = page_slice


def _creation(row: Row) -> datetime:
    created: datetime = row.created_at
    return created
