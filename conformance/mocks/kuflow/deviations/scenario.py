"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.paging import Criterion, Wanted
from conformance.mocks.kuflow.params import PageQuery
from conformance.mocks.kuflow.records import Item, Process, Row
from conformance.mocks.kuflow.server import Call, KuFlow

ITEMS = "findProcessItems"
OTHER = "00000000-0000-4000-8000-000000000000"


@deviation("document-keeps-the-task-open", clauses=("KF-110",), case="kuflow/api/scenario/work-a-task/completed")
def document_keeps_the_task_open(server: KuFlow) -> None:
    """A task whose data link a document is not completed."""
    honest = server.rules.items.set_state

    def set_state(server: KuFlow, call: Call, item: Item, state: str) -> Item:
        data = item.task.data if item.task else None
        linked = data is not None and "attachment" in data.value
        return item if state == "COMPLETED" and linked else honest(server, call, item, state)

    server.rules.items.set_state = set_state


@deviation(
    "done-task-stops-the-cascade",
    clauses=("KF-045",),
    case="kuflow/api/scenario/cancel-with-cascade/open-task-cancelled",
)
def done_task_stops_the_cascade(server: KuFlow) -> None:
    """A process whose newest task is completed is cancelled without its other tasks."""
    honest = server.rules.processes.cascade

    def cascade(process: Process, items: list[Item]) -> list[Item]:
        tasks = [item.task for item in server.store.items.rows if item.process is process and item.task]
        return [] if tasks and tasks[-1].state == "COMPLETED" else honest(process, items)

    server.rules.processes.cascade = cascade


@deviation(
    "filtered-and-sorted-pages-overlap",
    clauses=("KF-014",),
    case="kuflow/api/scenario/page-through-the-population/whole",
)
def filtered_and_sorted_pages_overlap(server: KuFlow) -> None:
    """Pages of two of an odd number of items of a process begin with the last item of the page before."""
    lists, asked = server.rules.lists, set[str]()
    honest_wanted, honest_criteria, honest_slice = lists.wanted, lists.criteria, lists.page_slice

    def wanted(server: KuFlow, operation: str, query: PageQuery) -> Wanted:
        found = honest_wanted(server, operation, query)
        if operation == ITEMS and "process_id" in found:
            asked.add("filter")
        return found

    def criteria(server: KuFlow, operation: str, sort: Iterable[str], known: Collection[str]) -> list[Criterion]:
        asked.clear()
        by = honest_criteria(server, operation, sort, known)
        if [(one.key, one.descending) for one in by] == [("createdAt", False)]:
            asked.add("sort")
        return by

    def page_slice(operation: str, rows: Sequence[Row], number: int, length: int) -> Sequence[Row]:
        if number and length == 2 and len(rows) % 2 and asked == {"filter", "sort"}:
            return rows[number * length - 1 : (number + 1) * length - 1]
        return honest_slice(operation, rows, number, length)

    lists.wanted, lists.criteria, lists.page_slice = wanted, criteria, page_slice


@deviation("completion-not-told", clauses=("KF-148a",), case="kuflow/api/scenario/receive-webhooks/told-of-the-end")
def completion_not_told(server: KuFlow) -> None:
    """No event tells that a process is completed."""
    honest = server.rules.webhooks.events

    def events(server: KuFlow, kind: str, data: Json) -> list[Json]:
        return [] if data.get("processState") == "COMPLETED" else honest(server, kind, data)

    server.rules.webhooks.events = events


@deviation(
    "repeated-task-fills-the-page",
    clauses=("KF-007",),
    case="kuflow/api/scenario/retry-after-a-lost-response/single",
)
def repeated_task_fills_the_page(server: KuFlow) -> None:
    """A page of size 25 that is asked for in so many words shows twice what was created twice."""
    lists, repeated = server.rules.lists, set[str]()
    honest_size, honest_slice, honest_replayed = lists.size, lists.page_slice, server.rules.creates.replayed
    spelled = [False]

    def size(server: KuFlow, operation: str, asked: int | None) -> int:
        spelled[0] = operation == ITEMS and asked == 25
        return honest_size(server, operation, asked)

    def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
        repeated.add(record.key)
        return honest_replayed(server, call, record, body)

    def page_slice(operation: str, rows: Sequence[Row], number: int, length: int) -> Sequence[Row]:
        shown = honest_slice(operation, rows, number, length)
        return [row for one in shown for row in [one] * (1 + (spelled[0] and one.key in repeated))]

    lists.size, lists.page_slice, server.rules.creates.replayed = size, page_slice, replayed


@deviation("repeat-before-reading-renames", clauses=("KF-041",), case="kuflow/api/scenario/start-idempotently/read")
def repeat_before_reading_renames(server: KuFlow) -> None:
    """A process whose start was repeated before anybody read it is shown with another id at first."""
    repeated, read = set[str](), set[str]()
    honest = server.rules.creates.replayed

    def replayed(server: KuFlow, call: Call, record: Row, body: Json) -> Row:
        if call.operation == "createProcess" and record.key not in read:
            repeated.add(record.key)
        return honest(server, call, record, body)

    def rename(body: Json) -> Json:
        key = body["id"]
        read.add(key)
        if key not in repeated:
            return body
        repeated.discard(key)
        return {**body, "id": OTHER}

    server.rules.creates.replayed = replayed
    bend_success(server, "retrieveProcess", rename)
