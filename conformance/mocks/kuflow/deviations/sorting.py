"""Orders that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kuflow.paging import Criterion, Listing
from conformance.mocks.kuflow.records import Item, Row
from conformance.mocks.kuflow.server import Call, KuFlow

FIRST = "kuflow/findPrincipals/sorting"


@deviation("sort-ignored", clauses=("KF-015", "KF-021"), case=f"{FIRST}/order/id-asc")
def sort_ignored(server: KuFlow) -> None:
    """Lists come in the order of creation whatever sort asks for."""
    server.rules.lists.sort = lambda _server, _operation, _listing, rows, _by: rows


@deviation("direction-ignored", clauses=("KF-015",), case=f"{FIRST}/order/id-desc")
def direction_ignored(server: KuFlow) -> None:
    """Lists are always sorted ascending."""
    honest = server.rules.lists.order
    server.rules.lists.order = lambda server, operation, value, rows, by: honest(
        server, operation, value, rows, replace(by, descending=False)
    )


@deviation("default-direction-descending", clauses=("KF-016",), case=f"{FIRST}/default-direction/id")
def default_direction_descending(server: KuFlow) -> None:
    """A sort key without a direction sorts descending."""
    honest = server.rules.lists.criteria

    def criteria(server: KuFlow, operation: str, sort: Iterable[str], known: Collection[str]) -> list[Criterion]:
        return honest(server, operation, [one if "," in one else f"{one},desc" for one in sort], known)

    server.rules.lists.criteria = criteria


@deviation("secondary-key-ignored", clauses=("KF-017",), case=f"{FIRST}/several")
def secondary_key_ignored(server: KuFlow) -> None:
    """Of several sort criteria only the first counts."""
    honest = server.rules.lists.sort
    server.rules.lists.sort = lambda server, operation, listing, rows, by: honest(
        server, operation, listing, rows, by[:1]
    )


@deviation("last-criterion-decides", clauses=("KF-017",), case=f"{FIRST}/several")
def last_criterion_decides(server: KuFlow) -> None:
    """Of several sort criteria the last decides, and the one before orders what it leaves equal."""
    honest = server.rules.lists.sort
    server.rules.lists.sort = lambda server, operation, listing, rows, by: honest(
        server, operation, listing, rows, by[::-1]
    )


@deviation("sort-within-the-page", clauses=("KF-014", "KF-015"), case="kuflow/findPrincipals/pagination/pages/one")
def sort_within_the_page(server: KuFlow) -> None:
    """Pages are cut in the order of creation, and then each is sorted."""
    lists = server.rules.lists
    honest_sort, honest_slice = lists.sort, lists.page_slice
    asked: list[Callable[[Sequence[Row]], Sequence[Row]]] = []

    def sort(
        server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], by: list[Criterion]
    ) -> Sequence[Row]:
        asked[:] = [lambda page: honest_sort(server, operation, listing, page, by)]
        return rows

    lists.sort = sort
    lists.page_slice = lambda operation, rows, number, size: asked[0](honest_slice(operation, rows, number, size))


def _key_ignored(operation: str, key: str, clause: str, direction: str = "asc") -> Callable[[KuFlow], None]:
    """Sorting by one key of one list leaves the order of creation."""

    def apply(server: KuFlow) -> None:
        honest = server.rules.lists.order

        def order(
            server: KuFlow, name: str, value: Callable[[Row], Any], rows: Sequence[Row], by: Criterion
        ) -> Sequence[Row]:
            return rows if (name, by.key) == (operation, key) else honest(server, name, value, rows, by)

        server.rules.lists.order = order

    apply.__doc__ = f"{operation} does not sort by {key}."
    case = f"kuflow/{operation}/sorting/order/{key}-{direction}"
    return deviation(f"sort-by-{key}-ignored-on-{operation}", clauses=(clause,), case=case)(apply)


KEYS_IGNORED = (
    _key_ignored("findPrincipals", "id", "KF-021"),
    _key_ignored("findPrincipals", "name", "KF-021"),
    _key_ignored("findTenantUsers", "id", "KF-027"),
    _key_ignored("findTenantUsers", "createdAt", "KF-027"),
    _key_ignored("findTenantUsers", "lastModifiedAt", "KF-027"),
    _key_ignored("findProcesses", "id", "KF-033"),
    _key_ignored("findProcesses", "createdAt", "KF-033", "desc"),
    _key_ignored("findProcesses", "lastModifiedAt", "KF-033"),
    _key_ignored("findProcessItems", "id", "KF-090"),
    _key_ignored("findProcessItems", "createdAt", "KF-090", "desc"),
    _key_ignored("findProcessItems", "lastModifiedAt", "KF-090"),
    _key_ignored("findProcessItems", "claimedAt", "KF-090"),
    _key_ignored("findProcessItems", "completedAt", "KF-090"),
    _key_ignored("findProcessItems", "cancelledAt", "KF-090"),
    _key_ignored("findRobots", "createdAt", "KF-135"),
    _key_ignored("findRobots", "lastModifiedAt", "KF-135"),
)


@deviation(
    "pages-sorted-by-themselves",
    clauses=("KF-015", "KF-021"),
    case="kuflow/findPrincipals/sorting/order-over-pages/name-asc",
)
def pages_sorted_by_themselves(server: KuFlow) -> None:
    """Principals that are asked for by name are cut into pages first, and each page is sorted."""
    honest, honest_slice = server.rules.lists.sort, server.rules.lists.page_slice
    later: list[tuple[Listing, list[Criterion]]] = []

    def sort(
        server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], by: list[Criterion]
    ) -> Sequence[Row]:
        if operation == "findPrincipals" and [one.key for one in by] == ["name"]:
            later[:] = [(listing, by)]
            return rows
        return honest(server, operation, listing, rows, by)

    def page_slice(operation: str, rows: Sequence[Row], number: int, length: int) -> Sequence[Row]:
        page = honest_slice(operation, rows, number, length)
        if operation != "findPrincipals" or not later:
            return page
        listing, by = later.pop()
        return honest(server, operation, listing, page, by)

    server.rules.lists.sort, server.rules.lists.page_slice = sort, page_slice


@deviation("three-criteria-at-most", clauses=("KF-017",), case="kuflow/findProcessItems/sorting/last-of-many")
def three_criteria_at_most(server: KuFlow) -> None:
    """Criteria after the third are passed over."""
    honest = server.rules.lists.criteria
    server.rules.lists.criteria = lambda server, operation, sort, known: honest(server, operation, [*sort][:3], known)


@deviation("claim-moves-the-creation", clauses=("KF-090",), case="kuflow/findProcessItems/sorting/order/createdAt-asc")
def claim_moves_the_creation(server: KuFlow) -> None:
    """A task that is claimed was created at that moment."""
    honest = server.rules.items.touch

    def touch(server: KuFlow, call: Call, item: Item) -> None:
        honest(server, call, item)
        if call.operation == "claimProcessItemTask":
            item.created_at = item.modified_at

    server.rules.items.touch = touch
