"""What is shown of executions, and every rule of what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.commands import FLOW
from conformance.mocks.smartflows.project_views import contract, flow, flow_reference, moment, person, reference, user
from conformance.mocks.smartflows.records import ENDED, Execution, Flow, User

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows

MESSAGES = {
    "Queued": "Queued behind other flows",
    "Running": "Generate document",
    "Waiting": "Waiting for a signature",
    "UserInput": "Waiting for the form",
    "SelectFlow": "Waiting for a flow to be selected",
    "Success": "Finished",
    "Warning": "Finished, a post processing step failed",
    "Error": "The flow could not be finished",
    "Canceled": "Stopped by the user",
    "Interrupted": "Stopped by an unexpected event",
}
BLOCK = "document_block"
"""The part of a model that a flow's block made."""


def status(server: SmartFlows, execution: Execution) -> str:
    """The status as it is spelled on the wire."""
    return server.choices["user_input"] if execution.status == "UserInput" else execution.status


def message(execution: Execution) -> str:
    """What the execution is doing."""
    return MESSAGES[execution.status]


def shown_id(_: str, execution: Execution) -> str:
    """The id of an execution, by the view that shows it."""
    return execution.key


def parts(server: SmartFlows, execution: Execution) -> Json:
    """Schema, model and form of a progress: what is asked for, and at the end what came out."""
    if execution.status == "UserInput":
        return _form({key: {"type": "string"} for key, _ in execution.flow.asks}, dict(execution.flow.asks))
    if execution.status == "SelectFlow":
        choice = {"type": "string", "enum": [flow.key for flow in server.store.flows.rows]}
        return _form({FLOW: choice}, {FLOW: ""})
    if execution.status in ENDED:
        return {"schema": {}, "model": server.rules.views.outcome(execution), "form": []}
    return {"schema": {}, "model": {}, "form": []} if server.choices["empty_parts"] == "present" else {}


def _form(properties: Json, model: Json) -> Json:
    schema = {"type": "object", "properties": properties}
    return {
        "schema": schema,
        "model": model,
        "form": [{"key": key, "title": key, "type": "text"} for key in properties],
    }


def outcome(execution: Execution) -> Json:
    """What an execution made: its document, beside the data and the answers that went into it."""
    if not execution.document:
        return {}
    document = reference(execution.document, f"{execution.flow.name}.pdf", "document")
    return {BLOCK: {"document": document, "inputData": execution.input_data, "answers": execution.answers}}


def progress(server: SmartFlows, execution: Execution) -> Json:
    """FlowExecutionProgress."""
    views = server.rules.views
    return {
        "id": views.shown_id("progress", execution),
        "percentage": execution.percentage,
        "message": views.message(execution),
        "status": views.status(server, execution),
        **views.parts(server, execution),
    }


def output(execution: Execution) -> Json:
    """The output as the execution panel shows it."""
    return {"schema": {}, "model": outcome(execution), "form": []}


def stages(execution: Execution) -> list[Json]:
    """Every status that the execution went through, and since when."""
    return [{"status": name, "startedAt": moment(when)} for name, when in execution.stages]


def report(execution: Execution) -> list[Json]:
    """The steps of the flow that were run."""
    steps = [(name, when) for name, when in execution.stages if name == "Running"]
    return [{"step": f"step {number}", "startedAt": moment(when)} for number, (_, when) in enumerate(steps, 1)]


def state(server: SmartFlows, execution: Execution) -> Json:
    """FlowExecutionState."""
    views = server.rules.views
    return {
        "inputData": views.input_data(execution),
        "output": views.output(execution),
        "stages": views.stages(execution),
        "report": views.report(execution),
    }


def input_data(execution: Execution) -> Json:
    """The data that the execution was started with."""
    return execution.input_data


def execution(server: SmartFlows, record: Execution) -> Json:
    """FlowExecution, whole."""
    views = server.rules.views
    return {
        "id": views.shown_id("execution", record),
        "createdAt": views.moment(record.created_at),
        "createdBy": views.person(record.created_by),
        "modifiedAt": views.moment(record.modified_at),
        "modifiedBy": views.person(record.modified_by),
        "status": views.status(server, record),
        "flow": views.flow_reference(record.flow),
        "state": views.state(server, record),
        "priority": "normal",
        "mode": record.mode,
    }


def listed(server: SmartFlows, record: Execution) -> Json:
    """FlowExecution in a list."""
    shown = server.rules.views.execution(server, record)
    if server.choices["listed_state"] == "absent":
        del shown["state"]
    return shown


@dataclass
class ViewRules:
    """How each record looks on the wire."""

    moment: Callable[[datetime], str] = moment
    person: Callable[[User], Json] = person
    flow_reference: Callable[[Flow], Json] = flow_reference
    status: Callable[[SmartFlows, Execution], str] = status
    message: Callable[[Execution], Any] = message
    shown_id: Callable[[str, Execution], str] = shown_id
    parts: Callable[[SmartFlows, Execution], Json] = parts
    outcome: Callable[[Execution], Json] = outcome
    progress: Callable[[SmartFlows, Execution], Json] = progress
    input_data: Callable[[Execution], Json] = input_data
    output: Callable[[Execution], Json] = output
    stages: Callable[[Execution], list[Json]] = stages
    report: Callable[[Execution], list[Json]] = report
    state: Callable[[SmartFlows, Execution], Json] = state
    execution: Callable[[SmartFlows, Execution], Json] = execution
    listed: Callable[[SmartFlows, Execution], Json] = listed
    flow: Callable[[SmartFlows, Flow], Json] = flow
    contract: Callable[[SmartFlows, Flow], Json] = contract
    user: Callable[[SmartFlows, User], Json] = user
