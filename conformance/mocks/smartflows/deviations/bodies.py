"""Executions that need what none needs, or are told of as another one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.errors import invalid
from conformance.mocks.smartflows.records import Execution, Flow
from conformance.mocks.smartflows.server import Operation, SmartFlows

BEGUN = "smartflows/getExecution/executions/begun"


def _needing(server: SmartFlows, needing: str, media_type: str) -> None:
    """Let one operation refuse what is not called ``media_type``."""
    honest = server.answer

    async def answer(operation: Operation, request: Received) -> Reply:
        if operation.id == needing and media_type not in request.headers.get("content-type", ""):
            return server.rules.errors.reply(server, invalid(server, "the body is missing"))
        return await honest(operation, request)

    server.answer = answer  # type: ignore[method-assign]


@deviation("create-needs-a-body", clauses=("IN-07c",), case="smartflows/createExecution/payload/takes/nothing")
def create_needs_a_body(server: SmartFlows) -> None:
    """A create without a body is refused, though the flow takes no data."""
    _needing(server, "createExecution", "application")


@deviation("create-takes-xml-alone", clauses=("IN-07c",), case="smartflows/createExecution/payload/takes/json")
def create_takes_xml_alone(server: SmartFlows) -> None:
    """A create with a JSON body is refused."""
    _needing(server, "createExecution", "xml")


@deviation("start-needs-a-body", clauses=("IN-19e",), case="smartflows/startFlow/payload/takes/nothing")
def start_needs_a_body(server: SmartFlows) -> None:
    """A start without a body is refused."""
    _needing(server, "startFlow", "application")


@deviation("failed-are-not-done", clauses=("IN-12b",), case="smartflows/execution/lifecycle/at-rest/Error")
def failed_are_not_done(server: SmartFlows) -> None:
    """An execution that ran into an error is done to as many percent as when it did."""
    honest = server.rules.pace.percentage
    server.rules.pace.percentage = lambda server, execution: (
        execution.percentage if execution.status == "Error" else honest(server, execution)
    )


@deviation(
    "details-share-a-flow", clauses=("IN-06",), case="smartflows/createExecution/accounts/same-names/getExecution"
)
def details_share_a_flow(server: SmartFlows) -> None:
    """The detail of every execution shows the flow of the first one whose detail was read."""
    honest, first = server.rules.views.flow_reference, list[Json]()

    def flow_reference(flow: Flow) -> Json:
        first.append(honest(flow))
        return first[0]

    server.rules.views.flow_reference = flow_reference


@deviation("created-long-ago", clauses=("IN-16",), case=BEGUN)
def created_long_ago(server: SmartFlows) -> None:
    """The detail of an execution says that it was created before the server was."""
    _show(server, lambda _: {"createdAt": "1970-01-01T00:00:00Z"})


@deviation("modified-when-read", clauses=("IN-16",), case=BEGUN)
def modified_when_read(server: SmartFlows) -> None:
    """The detail of an execution says that it was changed when it was last read."""
    _show(server, lambda server: {"modifiedAt": rfc3339(server.clock.stamp())})


def _show(server: SmartFlows, shown: Callable[[SmartFlows], Json]) -> None:
    honest = server.rules.views.execution

    def execution(server: SmartFlows, record: Execution) -> Json:
        return honest(server, record) | shown(server)

    server.rules.views.execution = execution


@deviation(
    "cancelling-makes-an-author",
    clauses=("IN-27a",),
    case="smartflows/cancelExecution/executions/keeps-its-author",
)
def cancelling_makes_an_author(server: SmartFlows) -> None:
    """An execution names who acted last as the one who began it."""
    honest = server.rules.views.execution

    def execution(server: SmartFlows, record: Execution) -> Json:
        return honest(server, record) | {"createdBy": server.rules.views.person(record.modified_by)}

    server.rules.views.execution = execution


@deviation("flows-with-data-unlisted", clauses=("IN-20k",), case="smartflows/findFlows/executions/lists-the-read")
def flows_with_data_unlisted(server: SmartFlows) -> None:
    """The list of flows leaves out those that take data."""
    honest = server.rules.lists.page_slice

    def page_slice(rows: Sequence[Any], number: int, size: int) -> Sequence[Any]:
        return honest([row for row in rows if getattr(row, "dataset", None) is None], number, size)

    server.rules.lists.page_slice = page_slice
