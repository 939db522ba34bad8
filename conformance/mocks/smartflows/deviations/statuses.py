"""Statuses that are told otherwise than by the progress."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.deviations._mending import mend_body
from conformance.mocks.smartflows.records import HALTED, Execution
from conformance.mocks.smartflows.server import SmartFlows

AGREES = "smartflows/getExecutionStatus/executions/agrees"


@deviation("status-of-what-waits-is-running", clauses=("IN-24c",), case=f"{AGREES}/Waiting")
def status_of_what_waits_is_running(server: SmartFlows) -> None:
    """The status of an execution that waits for somebody is told as Running."""
    mend_body(
        server,
        ["getExecutionStatus"],
        lambda body: body | {"status": "Running"} if body["status"] in HALTED else body,
    )


@deviation(
    "status-names-a-flow-by-its-id",
    clauses=("IN-24d",),
    case="smartflows/createExecution/accounts/tells-the-same/getExecutionStatus",
)
def status_names_a_flow_by_its_id(server: SmartFlows) -> None:
    """The status of an execution shows the id of its flow as the flow's name."""
    mend_body(
        server,
        ["getExecutionStatus"],
        lambda body: {**body, "flow": {**body["flow"], "displayName": body["flow"]["id"]}},
    )


@deviation("listed-as-running", clauses=("IN-24c",), case=f"{AGREES}/UserInput")
def listed_as_running(server: SmartFlows) -> None:
    """The list shows an execution that waits for somebody as Running."""
    honest = server.rules.views.listed

    def listed(server: SmartFlows, record: Execution) -> Json:
        shown = honest(server, record)
        return shown | {"status": "Running"} if record.status in HALTED else shown

    server.rules.views.listed = listed


@deviation("detail-of-an-error-is-success", clauses=("IN-16b",), case=f"{AGREES}/Error")
def detail_of_an_error_is_success(server: SmartFlows) -> None:
    """The detail and the status of an execution that ran into an error say that it succeeded."""
    mend_body(
        server,
        ["getExecution", "getExecutionStatus"],
        lambda body: body | {"status": "Success"} if body["status"] == "Error" else body,
    )
