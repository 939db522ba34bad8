"""Lists that lose, repeat, shuffle or ignore."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.deviations._mending import mend_body
from conformance.mocks.smartflows.paging import Rows
from conformance.mocks.smartflows.server import SmartFlows

FLOWS = "smartflows/findFlows/pagination"


@deviation("page-from-one", clauses=("IN-20a",), case="smartflows/findFlows/pagination/union")
def page_from_one(server: SmartFlows) -> None:
    """The first page is number 1, and page 0 shows it too."""
    honest = server.rules.lists.page_slice
    server.rules.lists.page_slice = lambda rows, number, size: honest(rows, max(0, number - 1), size)


@deviation("default-size-10", clauses=("IN-20b",), case=f"{FLOWS}/default-size")
def default_size_10(server: SmartFlows) -> None:
    """A page holds ten items when no size is asked for."""
    server.rules.lists.default_size = 10


@deviation("size-ignored", clauses=("IN-20c",), case="smartflows/findFlows/pagination/union")
def size_ignored(server: SmartFlows) -> None:
    """A page holds twenty items, whatever is asked for."""
    honest = server.rules.lists.page_slice
    server.rules.lists.page_slice = lambda rows, number, _: honest(rows, number, 20)


@deviation("pages-overlap", clauses=("IN-20d",), case=f"{FLOWS}/union")
def pages_overlap(server: SmartFlows) -> None:
    """Every page but the first begins with the last item of the one before."""

    def page_slice(rows: Rows, number: int, size: int) -> Rows:
        start = max(0, number * size - (1 if number else 0))
        return rows[start : start + size]

    server.rules.lists.page_slice = page_slice


@deviation("last-item-lost", clauses=("IN-20d",), case=f"{FLOWS}/union")
def last_item_lost(server: SmartFlows) -> None:
    """A last page that is full lacks its last item."""
    honest = server.rules.lists.page_slice

    def page_slice(rows: Rows, number: int, size: int) -> Rows:
        full = len(rows) > size and len(rows) % size == 0
        return honest(rows[:-1] if full else rows, number, size)

    server.rules.lists.page_slice = page_slice


@deviation("sort-ignored", clauses=("IN-20e",), case="smartflows/findFlows/sorting/order/displayName-asc")
def sort_ignored(server: SmartFlows) -> None:
    """Lists are in the order of creation, whatever is asked for."""
    server.rules.lists.order = lambda _server, _listing, rows, _by: rows


@deviation("direction-ignored", clauses=("IN-20e",), case="smartflows/findFlows/sorting/order/displayName-desc")
def direction_ignored(server: SmartFlows) -> None:
    """Descending lists ascend."""
    honest = server.rules.lists.order
    server.rules.lists.order = lambda server, listing, rows, by: honest(
        server, listing, rows, [(name, "asc") for name, _ in by]
    )


@deviation("filter-ignored", clauses=("IN-20f",), case="smartflows/findFlows/filtering/keeps/displayName")
def filter_ignored(server: SmartFlows) -> None:
    """Lists are whole, whatever filter is sent."""
    server.rules.lists.select = lambda _server, _listing, rows, _parts: rows


@deviation("filter-wants-the-whole-value", clauses=("IN-20f",), case="smartflows/findFlows/filtering/keeps/displayName")
def filter_wants_the_whole_value(server: SmartFlows) -> None:
    """A filter keeps items that equal its text, not those that contain it."""
    server.rules.lists.contains = lambda _server, has, asked: has == asked


@deviation("filter-of-nothing-ignored", clauses=("IN-20f",), case="smartflows/findFlows/filtering/keeps/displayName")
def filter_of_nothing_ignored(server: SmartFlows) -> None:
    """A filter that no item passes shows them all."""
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, listing, rows, parts: honest(server, listing, rows, parts) or rows


@deviation("second-filter-ignored", clauses=("IN-20g",), case="smartflows/findFlows/filtering/combined")
def second_filter_ignored(server: SmartFlows) -> None:
    """Of several filters the first alone counts."""
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, listing, rows, parts: honest(server, listing, rows, parts[:1])


@deviation("new-execution-not-listed", clauses=("IN-20h",), case="smartflows/findExecutions/pagination/newcomer")
def new_execution_not_listed(server: SmartFlows) -> None:
    """An execution is listed once it is two days old."""
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, listing, rows, parts: honest(
        server, listing, [row for row in rows if (server.clock.now() - row.created_at).days >= 2], parts
    )


@deviation("all-flows-executions", clauses=("IN-25b",), case="smartflows/findFlowExecutions/pagination/belonging")
def all_flows_executions(server: SmartFlows) -> None:
    """The executions of one flow are those of all flows."""
    server.rules.lists.belongs = lambda _execution, _flow: True


@deviation("no-flow-has-executions", clauses=("IN-25b",), case="smartflows/findFlowExecutions/pagination/belonging")
def no_flow_has_executions(server: SmartFlows) -> None:
    """The list of a flow's executions is always empty."""
    server.rules.lists.belongs = lambda _execution, _flow: False


@deviation(
    "filter-ignored-on-findFlowExecutions",
    clauses=("IN-20f",),
    case="smartflows/findFlowExecutions/filtering/keeps/status",
)
def filter_ignored_on_a_part(server: SmartFlows) -> None:
    """The executions of a flow are all shown, whatever filter is sent."""
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, listing, rows, parts: (
        honest(server, listing, rows, parts) if len(rows) == len(listing.rows(server)) else rows
    )


@deviation("waiting-not-listed", clauses=("IN-20h",), case="smartflows/findExecutions/pagination/newcomers")
def waiting_not_listed(server: SmartFlows) -> None:
    """An execution that waits for an event is in no list."""
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, listing, rows, parts: honest(
        server, listing, [row for row in rows if getattr(row, "status", "") != "Waiting"], parts
    )


def _list_otherwise(server: SmartFlows, operation: str, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change every item that a list shows."""
    mend_body(server, {operation}, lambda items: [{**one, **bend(one)} for one in items])


@deviation("list-shows-when-it-was-asked", clauses=("IN-20j",), case="smartflows/findFlows/pagination/listed-as-read")
def list_shows_when_it_was_asked(server: SmartFlows) -> None:
    """The list of flows shows each as changed at this moment."""
    _list_otherwise(server, "findFlows", lambda _: {"modifiedAt": server.rules.views.moment(server.clock.now())})


@deviation(
    "list-names-a-flow-by-its-id", clauses=("IN-20j",), case="smartflows/findExecutions/pagination/listed-as-read"
)
def list_names_a_flow_by_its_id(server: SmartFlows) -> None:
    """The list of executions shows the id of a flow as its name."""
    _list_otherwise(server, "findExecutions", lambda one: {"flow": {**one["flow"], "displayName": one["flow"]["id"]}})


@deviation(
    "list-of-a-flow-shows-no-mode-but-batch",
    clauses=("IN-20j",),
    case="smartflows/findFlowExecutions/pagination/listed-as-read",
)
def list_of_a_flow_shows_no_mode_but_batch(server: SmartFlows) -> None:
    """The list of a flow's executions shows every one as a batch."""
    _list_otherwise(server, "findFlowExecutions", lambda _: {"mode": "batch"})
