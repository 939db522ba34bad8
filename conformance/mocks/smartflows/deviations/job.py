"""Executions that are begun, followed and read in another way than is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.kit.progress import Progress
from conformance.mocks.smartflows.deviations._mending import ended, show
from conformance.mocks.smartflows.errors import unknown
from conformance.mocks.smartflows.records import Execution, Flow
from conformance.mocks.smartflows.server import Call, SmartFlows

OTHER = "00000000-0000-4000-8000-000000000000"
CREATE, POLL, READ, START = ("createExecution", "getExecutionProgress", "getExecution", "startFlow")


@deviation("create-answers-the-last", clauses=("IN-04b",), case="smartflows/createExecution/job/distinct")
def create_answers_the_last(server: SmartFlows) -> None:
    """A second create of a flow gets the first one's execution."""
    honest = server.rules.executions.made
    last: dict[str, Execution] = {}

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        if call.operation != CREATE:
            return honest(server, call, flow, data, through)
        known = last.get(flow.key)
        if known is None or server.store.executions.get(known.key) is not known:
            last[flow.key] = honest(server, call, flow, data, through)
        return last[flow.key]

    server.rules.executions.made = made


@deviation("another-flow-runs", clauses=("IN-06",), case="smartflows/createExecution/accounts/same-names/getExecution")
def another_flow_runs(server: SmartFlows) -> None:
    """Whatever flow is named, the newest flow is run."""
    honest = server.rules.executions.flow_by_id

    def flow_by_id(server: SmartFlows, flow_id: str) -> Flow:
        honest(server, flow_id)
        return server.store.flows.rows[-1]

    server.rules.executions.flow_by_id = flow_by_id


@deviation("unknown-flow-runs", clauses=("IN-06a",), case="smartflows/createExecution/errors/unknown-reference/flowId")
def unknown_flow_runs(server: SmartFlows) -> None:
    """An id that no flow has runs the oldest flow."""
    honest = server.rules.executions.flow_by_id

    def flow_by_id(server: SmartFlows, flow_id: str) -> Flow:
        try:
            return honest(server, flow_id)
        except Refusal:
            return server.store.flows.rows[0]

    server.rules.executions.flow_by_id = flow_by_id


@deviation("progress-shows-another-id", clauses=("IN-09",), case="smartflows/createExecution/job/same-id")
def progress_shows_another_id(server: SmartFlows) -> None:
    """A progress that is read shows the id of the step that runs."""
    show(server, [POLL], id=OTHER)


@deviation(
    "detail-shows-another-id", clauses=("IN-09a",), case="smartflows/createExecution/accounts/same-id/getExecution"
)
def detail_shows_another_id(server: SmartFlows) -> None:
    """The detail has an id of its own."""
    show(server, [READ], id=OTHER)


@deviation("execution-forgotten", clauses=("IN-09",), case="smartflows/getExecutionProgress/contract/valid-request")
def execution_forgotten(server: SmartFlows) -> None:
    """An execution that was begun is not found by its id."""
    honest = server.rules.executions.found

    def found(server: SmartFlows, key: str) -> Execution:
        execution = honest(server, key)
        if len(execution.stages) == 1 and execution.percentage < 100:
            raise unknown(server, "execution")
        return execution

    server.rules.executions.found = found


@deviation("percentage-above-100", clauses=("IN-12",), case="smartflows/getExecutionProgress/contract/valid-request")
def percentage_above_100(server: SmartFlows) -> None:
    """An execution that has ended is done to 101 percent."""
    honest = server.rules.pace.percentage
    server.rules.pace.percentage = lambda server, execution: 101 if ended(execution) else honest(server, execution)


@deviation("percentage-below-0", clauses=("IN-12",), case="smartflows/createExecution/contract/valid-request")
def percentage_below_0(server: SmartFlows) -> None:
    """An execution that has just begun is done to -1 percent."""
    show(server, [CREATE], percentage=-1)


@deviation("percentage-falls", clauses=("IN-12a",), case="smartflows/getExecutionProgress/executions/percentage-rises")
def percentage_falls(server: SmartFlows) -> None:
    """Before the end the percentage counts what is left."""
    honest = server.rules.executions.made

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        execution = honest(server, call, flow, data, through)
        execution.percentage = 99
        return execution

    server.rules.executions.made = made
    server.rules.pace.percentage = lambda _, execution: (
        100 if ended(execution) else max(0, 99 - 10 * len(execution.stages) - execution.reads)
    )


@deviation("percentage-99-at-the-end", clauses=("IN-12b",), case="smartflows/createExecution/job/progress-complete")
def percentage_99_at_the_end(server: SmartFlows) -> None:
    """An execution that has ended is done to 99 percent."""
    honest = server.rules.pace.percentage
    server.rules.pace.percentage = lambda server, execution: min(99, honest(server, execution))


@deviation("detail-late", clauses=("IN-15",), case="smartflows/getExecution/contract/valid-request")
def detail_late(server: SmartFlows) -> None:
    """The detail of an execution is refused, also when it has ended."""
    server.rules.executions.readable = lambda _server, execution: not ended(execution)


@deviation("ended-comes-back", clauses=("IN-15b",), case="smartflows/createExecution/job/end-stays")
def ended_comes_back(server: SmartFlows) -> None:
    """An execution that has ended is Running again when it is read for the third time."""
    honest = server.rules.pace.seen

    def seen(server: SmartFlows, execution: Execution, counts: bool) -> None:
        honest(server, execution, counts)
        execution.reads += 1 if counts and ended(execution) else 0
        if ended(execution) and execution.reads >= 3:
            server.rules.pace.turn(server, execution, "Running", "Success")

    server.rules.pace.seen = seen


@deviation(
    "detail-says-running", clauses=("IN-16b",), case="smartflows/createExecution/accounts/same-state/getExecution"
)
def detail_says_running(server: SmartFlows) -> None:
    """The detail says Running for ever."""
    show(server, [READ], status="Running")


@deviation("start-wants-an-id", clauses=("IN-19a",), case="smartflows/startFlow/job/accepted/by-name")
def start_wants_an_id(server: SmartFlows) -> None:
    """A flow is not started by its name."""
    server.rules.executions.flow_named = server.rules.executions.flow_by_id


@deviation("start-asks", clauses=("IN-19b",), case="smartflows/startFlow/job/ends-too/asking")
def start_asks(server: SmartFlows) -> None:
    """An execution that is started waits for user input like any other."""
    server.rules.executions.course = lambda _server, _operation, flow: flow.course


@deviation("start-runs-another", clauses=("IN-19",), case="smartflows/startFlow/accounts/same-names/getExecution")
def start_runs_another(server: SmartFlows) -> None:
    """A start runs the newest flow, whatever flow it names."""
    honest = server.rules.executions.made

    def made(server: SmartFlows, call: Call, flow: Flow, data: Json, through: tuple[str, ...]) -> Execution:
        wanted = server.store.flows.rows[-1] if call.operation == START else flow
        return honest(server, call, wanted, data, through)

    server.rules.executions.made = made


@deviation("poll-outwaits-timeout", clauses=("IN-21",), case="smartflows/createExecution/job/held-back")
def poll_outwaits_timeout(server: SmartFlows) -> None:
    """A poll is held back for a minute, whatever its timeout."""

    async def wait(server: SmartFlows, execution: Execution, _: int) -> None:
        if not ended(execution):
            server.clock.advance(60)

    server.rules.pace.wait = wait


@deviation("stage-skipped", clauses=("IN-14c",), case="smartflows/execution/lifecycle/comes-to-rest/Waiting")
def stage_skipped(server: SmartFlows) -> None:
    """An execution does not stop where its flow waits for an external event."""
    honest = server.rules.pace.enter

    def enter(server: SmartFlows, execution: Execution, moment: datetime) -> None:
        honest(server, execution, moment)
        if execution.status == "Waiting":
            honest(server, execution, moment)

    server.rules.pace.enter = enter


@deviation("failure-is-success", clauses=("IN-14e",), case="smartflows/execution/lifecycle/comes-to-rest/Error")
def failure_is_success(server: SmartFlows) -> None:
    """An execution that failed is shown as a success."""
    honest = server.rules.views.status
    server.rules.views.status = lambda server, execution: (
        "Success" if execution.status == "Error" else honest(server, execution)
    )


@deviation(
    "status-shows-another-id", clauses=("IN-24",), case="smartflows/createExecution/accounts/same-id/getExecutionStatus"
)
def status_shows_another_id(server: SmartFlows) -> None:
    """The status of an execution is told under another id."""
    show(server, ["getExecutionStatus"], id=OTHER)


@deviation(
    "status-says-running", clauses=("IN-24a",), case="smartflows/createExecution/accounts/same-state/getExecutionStatus"
)
def status_says_running(server: SmartFlows) -> None:
    """The status of an execution is Running for ever."""
    show(server, ["getExecutionStatus"], status="Running")


@deviation("document-lost", clauses=("IN-29",), case="smartflows/getDocumentContent/executions/model-documents")
def document_lost(server: SmartFlows) -> None:
    """The model names a document that is not there."""
    honest = server.rules.views.outcome

    def outcome(execution: Execution) -> dict[str, Any]:
        shown = honest(execution)
        for block in shown.values():
            block["document"] = {**block["document"], "id": OTHER}
        return shown

    server.rules.views.outcome = outcome


@deviation("percentage-falls-on-the-way", clauses=("IN-12a",), case="smartflows/createExecution/job/progress-rises")
def percentage_falls_on_the_way(server: SmartFlows) -> None:
    """While an execution runs, which it does for three reads, the percentage counts what is left."""
    server.pace = Progress("reads", 3)
    server.rules.pace.percentage = lambda _, execution: (
        100 if ended(execution) else max(0, 90 - 20 * execution.reads) if execution.status == "Running" else 0
    )


@deviation("name-runs-another", clauses=("IN-19a",), case="smartflows/startFlow/executions/runs-the-named")
def name_runs_another(server: SmartFlows) -> None:
    """A start by name runs the newest flow that goes the same way."""
    honest = server.rules.executions.flow_named

    def flow_named(server: SmartFlows, name: str) -> Flow:
        flow = honest(server, name)
        alike = [one for one in server.store.flows.rows if one.course == flow.course]
        return flow if flow.key == name.lower() else alike[-1]

    server.rules.executions.flow_named = flow_named
