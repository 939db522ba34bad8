"""Executions that are begun though they ought not to be, begun once for twice, or told to be begun at another time."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.deviations._mending import mend_body
from conformance.mocks.smartflows.records import Execution, Flow
from conformance.mocks.smartflows.server import Call, SmartFlows

OTHER = "00000000-0000-4000-8000-000000000000"
START = "startFlow"


@deviation("unknown-name-runs", clauses=("IN-19c",), case="smartflows/startFlow/errors/unknown-reference/flow")
def unknown_name_runs(server: SmartFlows) -> None:
    """A start by a name that no flow has runs the oldest flow."""
    honest = server.rules.executions.flow_named

    def flow_named(server: SmartFlows, name: str) -> Flow:
        try:
            return honest(server, name)
        except Refusal:
            return server.store.flows.rows[0]

    server.rules.executions.flow_named = flow_named


@deviation("start-answers-the-last", clauses=("IN-19",), case="smartflows/startFlow/job/distinct")
def start_answers_the_last(server: SmartFlows) -> None:
    """A second start of a flow gets the first one's execution."""
    honest = server.rules.executions.made
    last: dict[str, Execution] = {}

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        if call.operation != START:
            return honest(server, call, flow, data, through)
        return last.setdefault(flow.key, honest(server, call, flow, data, through))

    server.rules.executions.made = made


@deviation("start-by-name-answers-the-last", clauses=("IN-19",), case="smartflows/startFlow/executions/named-twice")
def start_by_name_answers_the_last(server: SmartFlows) -> None:
    """A second start of a flow by its name gets the first one's execution."""
    honest = server.rules.executions.made
    last: dict[str, Execution] = {}

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        if call.operation != START or call.query.flow != flow.name:
            return honest(server, call, flow, data, through)
        return last.setdefault(flow.key, honest(server, call, flow, data, through))

    server.rules.executions.made = made


@deviation("start-answers-the-flow-as-author", clauses=("IN-19d",), case="smartflows/startFlow/accounts/as-started")
def start_answers_the_flow_as_author(server: SmartFlows) -> None:
    """The reply to a start shows the flow as the author of the execution."""
    mend_body(server, [START], lambda body: {**body, "createdBy": {**body["flow"], "type": "user"}})


@deviation("progress-of-a-start-shows-another-id", clauses=("IN-19",), case="smartflows/startFlow/job/same-id")
def progress_of_a_start_shows_another_id(server: SmartFlows) -> None:
    """The progress of an execution that was started has the id of the batch that it is part of."""
    honest = server.rules.views.shown_id
    server.rules.views.shown_id = lambda view, execution: (
        OTHER if view == "progress" and execution.mode == "batch" else honest(view, execution)
    )


@deviation(
    "refused-create-leaves-one",
    clauses=("IN-06a",),
    case="smartflows/createExecution/executions/refused-begins-nothing",
)
def refused_create_leaves_one(server: SmartFlows) -> None:
    """A create for a flow that there is not is refused, and leaves an execution that is queued for ever."""
    honest = server.rules.executions.flow_by_id

    def flow_by_id(server: SmartFlows, flow_id: str) -> Flow:
        try:
            return honest(server, flow_id)
        except Refusal:
            nothing = replace(server.store.flows.rows[0], key=flow_id.lower())
            call = Call("createExecution", server.store.users[0], "", None, None, "", b"")
            server.store.executions.add(server.rules.executions.made(server, call, nothing, {}, ("Waiting",)))
            raise

    server.rules.executions.flow_by_id = flow_by_id


@deviation("created-at-is-now", clauses=("IN-16",), case="smartflows/getExecution/executions/begun")
def created_at_is_now(server: SmartFlows) -> None:
    """The detail says that the execution was begun the moment it is read."""
    honest = server.rules.views.execution
    server.rules.views.execution = lambda server, record: (
        honest(server, record) | {"createdAt": server.rules.views.moment(server.clock.stamp())}
    )


@deviation("created-at-is-the-last-change", clauses=("IN-16",), case="smartflows/startFlow/executions/stays-begun")
def created_at_is_the_last_change(server: SmartFlows) -> None:
    """An execution is told to be begun when it was changed last."""
    honest = server.rules.views.execution
    server.rules.views.execution = lambda server, record: (
        honest(server, record) | {"createdAt": server.rules.views.moment(record.modified_at)}
    )


@deviation("started-by-the-author", clauses=("IN-27a",), case="smartflows/startFlow/executions/runs-the-named")
def started_by_the_author(server: SmartFlows) -> None:
    """An execution that was started is said to be begun by the last user, whose flow it is."""
    honest = server.rules.executions.made

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        execution = honest(server, call, flow, data, through)
        if call.operation == START:
            execution.created_by = server.store.users[-1]
        return execution

    server.rules.executions.made = made
