"""Filters that keep too much or too little."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from pydantic import BaseModel

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kuflow.inputs import Pairs
from conformance.mocks.kuflow.paging import Listing, Wanted
from conformance.mocks.kuflow.params import PageQuery
from conformance.mocks.kuflow.records import Row
from conformance.mocks.kuflow.server import KuFlow

ROBOTS, CONTEXT = "findRobots", "filter_context"
DEFAULT = "kuflow/findRobots/filtering/default-value/filterContext"
ITEMS, CODE = "findProcessItems", "task_definition_code"
KEEPS = f"kuflow/{ITEMS}/filtering/keeps"


@deviation("totals-ignore-filters", clauses=("KF-019a",), case="kuflow/findPrincipals/filtering/totals")
def totals_ignore_filters(server: KuFlow) -> None:
    """The total counts the records that the filters drop as well."""
    honest = server.rules.lists.select
    unfiltered: list[int] = []

    def select(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
        unfiltered[:] = [len(rows)]
        return honest(server, operation, listing, rows, asked)

    server.rules.lists.select = select
    server.rules.lists.total_elements = lambda _operation, _rows: unfiltered[0]


def _matching(
    server: KuFlow, operation: str, name: str, rule: Callable[[Collection[str], frozenset[str]], bool]
) -> None:
    """Decide by ``rule`` what passes one filter of one list."""
    honest = server.rules.lists.matches_filter

    def matches_filter(here: str, which: str, has: Collection[str], asked: frozenset[str]) -> bool:
        return rule(has, asked) if (here, which) == (operation, name) else honest(here, which, has, asked)

    server.rules.lists.matches_filter = matches_filter


@deviation("email-by-a-part", clauses=("KF-029",), case="kuflow/findTenantUsers/filtering/keeps/email")
def email_by_a_part(server: KuFlow) -> None:
    """The filter email keeps the tenant users whose address holds the one that is sent."""
    _matching(
        server, "findTenantUsers", "email", lambda has, asked: any(part.lower() in one for part in asked for one in has)
    )


@deviation("codes-by-their-beginnings", clauses=("KF-094",), case=f"{KEEPS}/taskDefinitionCode")
def codes_by_their_beginnings(server: KuFlow) -> None:
    """The filter taskDefinitionCode keeps the items whose code begins with the one that is sent."""
    _matching(server, ITEMS, CODE, lambda has, asked: any(one.startswith(tuple(asked)) for one in has))


@deviation("filter-after-paging", clauses=("KF-014",), case="kuflow/findPrincipals/filtering/filtered-pages")
def filter_after_paging(server: KuFlow) -> None:
    """Pages are cut from the whole list, and then filtered, so that they are not full."""
    lists = server.rules.lists
    honest_select, honest_slice = lists.select, lists.page_slice
    kept: list[Callable[[Sequence[Row]], Sequence[Row]]] = []

    def select(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
        kept[:] = [lambda page: honest_select(server, operation, listing, page, asked)]
        return rows

    lists.select = select
    lists.page_slice = lambda operation, rows, number, size: kept[0](honest_slice(operation, rows, number, size))
    lists.total_elements = lambda _operation, rows: len(kept[0](rows))


@deviation(
    "filters-combined-by-or",
    clauses=("KF-022", "KF-023", "KF-024"),
    case="kuflow/findPrincipals/filtering/combined",
)
def filters_combined_by_or(server: KuFlow) -> None:
    """Several filters keep what any of them keeps."""
    honest = server.rules.lists.select

    def select(server: KuFlow, operation: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
        kept = [honest(server, operation, listing, rows, {name: values}) for name, values in asked.items()]
        keys = {row.key for some in kept for row in some}
        return [row for row in rows if not asked or row.key in keys]

    server.rules.lists.select = select


def _only(server: KuFlow, counts: slice) -> None:
    """Of a repeated parameter other than sort, let only some values count."""
    honest = server.rules.inputs.raw_query

    def raw_query(operation: str, pairs: Pairs) -> Pairs:
        sent: dict[str, list[str]] = {}
        for name, value in honest(operation, pairs):
            sent.setdefault(name, []).append(value)
        return [
            (name, value) for name, values in sent.items() for value in (values if name == "sort" else values[counts])
        ]

    server.rules.inputs.raw_query = raw_query


ANY_OF = "kuflow/findProcessItems/filtering/any-of"


@deviation("first-filter-value-only", clauses=("KF-091",), case=f"{ANY_OF}/processId")
def first_filter_value_only(server: KuFlow) -> None:
    """Of a repeated filter only the first value counts."""
    _only(server, slice(1))


@deviation("last-filter-value-only", clauses=("KF-091",), case=f"{ANY_OF}/processId")
def last_filter_value_only(server: KuFlow) -> None:
    """Of a repeated filter only the last value counts."""
    _only(server, slice(-1, None))


@deviation("two-filter-values-at-most", clauses=("KF-093",), case=f"{ANY_OF}/taskState")
def two_filter_values_at_most(server: KuFlow) -> None:
    """Of a repeated filter the first two values count."""
    _only(server, slice(2))


@deviation("default-context-empty", clauses=("KF-137a",), case=DEFAULT)
def default_context_empty(server: KuFlow) -> None:
    """The filter context DEFAULT keeps no robot."""
    _matching(server, ROBOTS, CONTEXT, lambda has, asked: "READY" in asked and "READY" in has)


@deviation("default-context-is-ready", clauses=("KF-137a",), case=DEFAULT)
def default_context_is_ready(server: KuFlow) -> None:
    """Without a filter context, only robots that are ready are listed."""
    honest = server.rules.lists.wanted

    def wanted(server: KuFlow, operation: str, query: PageQuery) -> Wanted:
        found = honest(server, operation, query)
        return {CONTEXT: frozenset({"READY"}), **found} if operation == ROBOTS else found

    server.rules.lists.wanted = wanted


@deviation("ready-context-inverted", clauses=("KF-137",), case="kuflow/findRobots/filtering/keeps/filterContext")
def ready_context_inverted(server: KuFlow) -> None:
    """The filter context READY keeps the robots that are not ready."""
    _matching(server, ROBOTS, CONTEXT, lambda has, asked: "DEFAULT" in asked or "READY" not in has)


def _ignored(operation: str, parameter: str, name: str, clause: str) -> Callable[[KuFlow], None]:
    """One filter of one list keeps everything."""

    def apply(server: KuFlow) -> None:
        _matching(server, operation, name, lambda _has, _asked: True)

    apply.__doc__ = f"{operation} does not filter by {parameter}."
    case = f"kuflow/{operation}/filtering/keeps/{parameter}"
    return deviation(f"filter-{parameter}-ignored-on-{operation}", clauses=(clause,), case=case)(apply)


IGNORED = (
    _ignored("findPrincipals", "type", "type", "KF-022"),
    _ignored("findPrincipals", "groupId", "group_id", "KF-023"),
    _ignored("findPrincipals", "tenantId", "tenant_id", "KF-024"),
    _ignored("findTenantUsers", "groupId", "group_id", "KF-028"),
    _ignored("findTenantUsers", "email", "email", "KF-029"),
    _ignored("findTenantUsers", "tenantId", "tenant_id", "KF-030"),
    _ignored("findProcesses", "tenantId", "tenant_id", "KF-034"),
    _ignored("findProcessItems", "processId", "process_id", "KF-091"),
    _ignored("findProcessItems", "type", "type", "KF-092"),
    _ignored("findProcessItems", "taskState", "task_state", "KF-093"),
    _ignored("findProcessItems", "taskDefinitionCode", "task_definition_code", "KF-094"),
    _ignored("findProcessItems", "tenantId", "tenant_id", "KF-095"),
    _ignored("findRobots", "tenantId", "tenant_id", "KF-136"),
    _ignored("findRobots", "filterContext", "filter_context", "KF-137"),
)


def _drops_one(operation: str, parameter: str, name: str, clause: str) -> Callable[[KuFlow], None]:
    """One filter of one list forgets the last record that it should keep."""

    def apply(server: KuFlow) -> None:
        honest = server.rules.lists.select

        def select(server: KuFlow, here: str, listing: Listing, rows: Sequence[Row], asked: Wanted) -> Sequence[Row]:
            kept = honest(server, here, listing, rows, asked)
            return kept[:-1] if here == operation and name in asked else kept

        server.rules.lists.select = select

    apply.__doc__ = f"{operation} loses the last record that passes the filter {parameter}."
    case = f"kuflow/{operation}/filtering/keeps/{parameter}"
    return deviation(f"filter-{parameter}-loses-one-on-{operation}", clauses=(clause,), case=case)(apply)


LOSES_ONE = (
    _drops_one("findPrincipals", "type", "type", "KF-022"),
    _drops_one("findProcessItems", "taskState", "task_state", "KF-093"),
    _drops_one("findTenantUsers", "tenantId", "tenant_id", "KF-030"),
)


def _unchecked(operation: str, parameter: str, rule: str, clause: str) -> Callable[[KuFlow], None]:
    """One filter of one list is left out when its value breaks the contract."""

    def apply(server: KuFlow) -> None:
        honest = server.rules.inputs.query

        def query(server: KuFlow, here: str, model: type[BaseModel], pairs: Pairs) -> BaseModel:
            pairs = list(pairs)
            try:
                return honest(server, here, model, pairs)
            except Refusal:
                if here != operation:
                    raise
                return honest(server, here, model, [pair for pair in pairs if pair[0] != parameter])

        server.rules.inputs.query = query

    apply.__doc__ = f"{operation} takes a {parameter} that breaks the contract for none."
    case = f"kuflow/{operation}/contract/refuses/{rule}-{parameter}"
    return deviation(f"{parameter}-unchecked-on-{operation}", clauses=(clause,), case=case)(apply)


UNCHECKED = (
    _unchecked("findPrincipals", "type", "enum", "KF-022a"),
    _unchecked("findPrincipals", "groupId", "format", "KF-023b"),
    _unchecked("findPrincipals", "tenantId", "format", "KF-024b"),
    _unchecked("findTenantUsers", "groupId", "format", "KF-028b"),
    _unchecked("findTenantUsers", "email", "format", "KF-029b"),
    _unchecked("findTenantUsers", "tenantId", "format", "KF-030b"),
    _unchecked("findProcesses", "tenantId", "format", "KF-034b"),
    _unchecked("findProcessItems", "processId", "format", "KF-091a"),
    _unchecked("findProcessItems", "type", "enum", "KF-092a"),
    _unchecked("findProcessItems", "taskState", "enum", "KF-093a"),
    _unchecked("findProcessItems", "tenantId", "format", "KF-095b"),
    _unchecked("findRobots", "tenantId", "format", "KF-136b"),
    _unchecked("findRobots", "filterContext", "enum", "KF-137b"),
)
