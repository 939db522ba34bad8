"""Replies of another shape than the documents show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.deviations._mending import (
    PROGRESS,
    hide,
    mend_body,
    mend_reply,
    show,
    show_part,
)
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows

CREATE = "smartflows/createExecution/contract/valid-request"
POLL = "smartflows/getExecutionProgress/contract/valid-request"
DETAIL = "smartflows/getExecution/contract/valid-request"


@deviation("create-answers-text", clauses=("IN-04",), case=CREATE)
def create_answers_text(server: SmartFlows) -> None:
    """The reply that begins an execution is the id as plain text."""

    def mend(reply: Reply) -> None:
        reply.body, reply.media_type = reply.body["id"].encode(), "text/plain"

    mend_reply(server, ["createExecution"], mend)


@deviation("create-answers-202", clauses=("IN-04",), case=CREATE)
def create_answers_nothing(server: SmartFlows) -> None:
    """An execution is begun with 202 and no body."""

    def mend(reply: Reply) -> None:
        reply.status, reply.body = 202, None

    mend_reply(server, ["createExecution"], mend)


@deviation("create-without-id", clauses=("IN-08",), case=CREATE)
def create_without_id(server: SmartFlows) -> None:
    """The reply that begins an execution names it executionId."""
    mend_body(server, ["createExecution"], lambda body: {"executionId": body.pop("id"), **body})


@deviation("create-without-percentage", clauses=("IN-08",), case=CREATE)
def create_without_percentage(server: SmartFlows) -> None:
    """The reply that begins an execution has no percentage while that is 0."""
    hide(server, ["createExecution"], "percentage")


@deviation("create-without-message", clauses=("IN-08",), case=CREATE)
def create_without_message(server: SmartFlows) -> None:
    """The reply that begins an execution has no message."""
    hide(server, ["createExecution"], "message")


@deviation("create-without-status", clauses=("IN-08",), case=CREATE)
def create_without_status(server: SmartFlows) -> None:
    """The reply that begins an execution has no status."""
    hide(server, ["createExecution"], "status")


@deviation("id-is-a-number", clauses=("IN-08a",), case=CREATE)
def id_is_a_number(server: SmartFlows) -> None:
    """The reply that begins an execution shows its id as digits."""
    mend_body(server, ["createExecution"], lambda body: {**body, "id": str(int(body["id"][:8], 16))})


@deviation("percentage-as-text", clauses=("IN-08b",), case=CREATE)
def percentage_as_text(server: SmartFlows) -> None:
    """The percentage is text with a sign."""
    mend_body(server, PROGRESS, lambda body: {**body, "percentage": f"{body['percentage']}%"})


@deviation("percentage-as-fraction", clauses=("IN-08b",), case=POLL)
def percentage_as_fraction(server: SmartFlows) -> None:
    """A progress that is read tells its percentage with a fraction."""
    mend_body(server, ["getExecutionProgress"], lambda body: {**body, "percentage": body["percentage"] + 0.5})


@deviation(
    "progress-not-found-after-end", clauses=("IN-10",), case="smartflows/getExecutionProgress/contract/valid-request"
)
def progress_not_found_after_end(server: SmartFlows) -> None:
    """The progress of an execution that has ended is gone."""

    def mend(reply: Reply) -> None:
        if reply.body["percentage"] == 100:
            reply.status, reply.body = 404, {"code": "404", "message": "There is no such execution", "type": "error"}

    mend_reply(server, ["getExecutionProgress"], mend)


@deviation("progress-in-a-list", clauses=("IN-10",), case=POLL)
def progress_in_a_list(server: SmartFlows) -> None:
    """A progress that is read comes as a list of one."""
    mend_body(server, ["getExecutionProgress"], lambda body: [body])


@deviation("schema-as-text", clauses=("IN-11",), case="smartflows/getExecutionProgress/contract/valid-request")
def schema_as_text(server: SmartFlows) -> None:
    """The schema of a progress is JSON in a string."""
    show_part(server, "schema", "{}")


@deviation("model-as-list", clauses=("IN-11",), case="smartflows/getExecutionProgress/contract/valid-request")
def model_as_list(server: SmartFlows) -> None:
    """The model of a progress is a list."""
    show_part(server, "model", [])


@deviation("form-as-object", clauses=("IN-11",), case="smartflows/getExecutionProgress/contract/valid-request")
def form_as_object(server: SmartFlows) -> None:
    """The form of a progress is an object."""
    show_part(server, "form", {})


@deviation("message-is-null", clauses=("IN-13",), case="smartflows/getExecutionProgress/contract/valid-request")
def message_is_null(server: SmartFlows) -> None:
    """An execution that has ended has nothing to say, and says null."""
    honest = server.rules.views.message
    server.rules.views.message = lambda execution: None if execution.percentage == 100 else honest(execution)


@deviation("message-is-an-object", clauses=("IN-13",), case=CREATE)
def message_is_an_object(server: SmartFlows) -> None:
    """The message is an object by language."""
    honest = server.rules.views.message
    server.rules.views.message = lambda execution: {"en": honest(execution)}


@deviation("status-in-capitals", clauses=("IN-14",), case="smartflows/findExecutions/contract/valid-request")
def status_in_capitals(server: SmartFlows) -> None:
    """Statuses are spelled in capitals."""
    honest = server.rules.views.status
    server.rules.views.status = lambda server, execution: honest(server, execution).upper()


@deviation("status-finished", clauses=("IN-14",), case="smartflows/findExecutions/contract/valid-request")
def status_finished(server: SmartFlows) -> None:
    """An execution that has succeeded is Finished."""
    honest = server.rules.views.status
    renamed = {"Success": "Finished"}
    server.rules.views.status = lambda server, execution: renamed.get(
        honest(server, execution), honest(server, execution)
    )


@deviation("detail-without-audit", clauses=("IN-16",), case=DETAIL)
def detail_without_audit(server: SmartFlows) -> None:
    """The detail tells who began the execution, and not who changed it when."""
    hide(server, ["getExecution"], "modifiedAt", "modifiedBy")


@deviation("detail-without-flow", clauses=("IN-16",), case=DETAIL)
def detail_without_flow(server: SmartFlows) -> None:
    """The detail does not name the flow."""
    hide(server, ["getExecution"], "flow")


@deviation("flow-without-name", clauses=("IN-16",), case=DETAIL)
def flow_without_name(server: SmartFlows) -> None:
    """The flow of an execution is its id alone."""
    honest = server.rules.views.flow_reference
    server.rules.views.flow_reference = lambda flow: {"id": honest(flow)["id"], "type": "flow"}


@deviation("flow-type-workflow", clauses=("IN-16a",), case=DETAIL)
def flow_type_workflow(server: SmartFlows) -> None:
    """The flow of an execution is of type workflow."""
    honest = server.rules.views.flow_reference
    server.rules.views.flow_reference = lambda flow: {**honest(flow), "type": "workflow"}


@deviation("detail-without-state", clauses=("IN-17",), case=DETAIL)
def detail_without_state(server: SmartFlows) -> None:
    """The detail is what a list shows."""
    hide(server, ["getExecution"], "state")


@deviation("state-without-report", clauses=("IN-17",), case=DETAIL)
def state_without_report(server: SmartFlows) -> None:
    """The state has no report."""
    honest = server.rules.views.state

    def state(server: SmartFlows, execution: Any) -> dict[str, Any]:
        return {key: value for key, value in honest(server, execution).items() if key != "report"}

    server.rules.views.state = state


@deviation("input-data-as-xml", clauses=("IN-17a",), case=DETAIL)
def input_data_as_xml(server: SmartFlows) -> None:
    """The input data are shown as a string."""
    _replace_in_state(server, "inputData", lambda value: jsonio.render(value).decode())


@deviation("output-as-list", clauses=("IN-17a",), case=DETAIL)
def output_as_list(server: SmartFlows) -> None:
    """The output is a list of forms."""
    _replace_in_state(server, "output", lambda value: [value])


@deviation("stages-by-name", clauses=("IN-17a",), case=DETAIL)
def stages_by_name(server: SmartFlows) -> None:
    """The stages are an object by status."""
    _replace_in_state(server, "stages", lambda value: {one["status"]: one for one in value})


def _replace_in_state(server: SmartFlows, name: str, change: Any) -> None:
    def mend(body: Any) -> Any:
        return {**body, "state": {**body["state"], name: change(body["state"][name])}}

    mend_body(server, ["getExecution"], mend)


@deviation("lists-in-an-envelope", clauses=("IN-20",), case="smartflows/findExecutions/contract/valid-request")
def lists_in_an_envelope(server: SmartFlows) -> None:
    """A page of executions is an object with its items inside."""
    mend_body(server, ["findExecutions"], lambda body: {"items": body})


@deviation("contract-without-input", clauses=("IN-25c",), case="smartflows/getFlowContract/contract/valid-request")
def contract_without_input(server: SmartFlows) -> None:
    """The input schema of a flow's contract is a string."""
    show(server, ["getFlowContract"], inputSchema="Customer")


@deviation("system-info-as-list", clauses=("IN-28",), case="smartflows/getSystemInfo/contract/valid-request")
def system_info_as_list(server: SmartFlows) -> None:
    """The system describes itself in a list."""
    mend_body(server, ["getSystemInfo"], lambda body: [body])


@deviation("begun-by-nobody", clauses=("IN-16",), case="smartflows/getExecution/executions/begun")
def begun_by_nobody(server: SmartFlows) -> None:
    """The detail says null where it ought to say who began the execution, and when."""
    show(server, ["getExecution"], createdAt=None, createdBy=None)


@deviation("modified-before-created", clauses=("IN-16",), case="smartflows/getExecution/executions/begun")
def modified_before_created(server: SmartFlows) -> None:
    """The moment of the last change is told two hours early, in the time of another zone."""
    honest = server.rules.views.execution

    def execution(server: SmartFlows, record: Execution) -> dict[str, Any]:
        early = record.modified_at - timedelta(hours=2)
        return {**honest(server, record), "modifiedAt": server.rules.views.moment(early)}

    server.rules.views.execution = execution


@deviation("contract-without-schemas", clauses=("IN-25c",), case="smartflows/getFlowContract/executions/describes")
def contract_without_schemas(server: SmartFlows) -> None:
    """The contract of a flow is its name and its description."""
    hide(server, ["getFlowContract"], "inputSchema", "outputSchema")


@deviation("contract-of-another", clauses=("IN-25c",), case="smartflows/getFlowContract/executions/of-its-own")
def contract_of_another(server: SmartFlows) -> None:
    """Every flow has the contract of the newest one."""
    honest = server.rules.views.contract
    server.rules.views.contract = lambda server, _: honest(server, server.store.flows.rows[-1])


@deviation("no-way-to-log-in-told", clauses=("IN-26",), case="smartflows/getAuthenticationInfo/contract/valid-request")
def no_way_to_log_in_told(server: SmartFlows) -> None:
    """Nothing is told of the ways to log in."""
    mend_body(server, ["getAuthenticationInfo"], lambda _: {})
