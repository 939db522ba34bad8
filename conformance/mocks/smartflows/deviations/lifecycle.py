"""Commands that do not do what they say."""

from __future__ import annotations

from copy import copy

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.deviations._mending import show
from conformance.mocks.smartflows.records import DRIVEN, Execution
from conformance.mocks.smartflows.server import Operation, SmartFlows

OTHER = "00000000-0000-4000-8000-000000000000"


@deviation(
    "continue-does-nothing",
    clauses=("IN-22",),
    case="smartflows/continueExecution/lifecycle/transition/continue/UserInput",
)
def continue_does_nothing(server: SmartFlows) -> None:
    """Input is taken, and the execution goes on waiting for it."""

    def carry_on(_: SmartFlows, execution: Execution) -> None:
        execution.reads = 0

    server.rules.commands.carry_on = carry_on


@deviation(
    "continue-answers-another", clauses=("IN-22a",), case="smartflows/continueExecution/lifecycle/reply/continue"
)
def continue_answers_another(server: SmartFlows) -> None:
    """The reply to input shows another execution's id."""
    show(server, ["continueExecution"], id=OTHER)


@deviation("form-without-keys", clauses=("IN-22b",), case="smartflows/getExecutionProgress/executions/asks")
def form_without_keys(server: SmartFlows) -> None:
    """An execution that waits for input does not say for what."""
    honest = server.rules.views.parts

    def parts(server: SmartFlows, execution: Execution) -> Json:
        asked: Json = {"schema": {}, "model": {}, "form": []}
        return asked if execution.status == "UserInput" else honest(server, execution)

    server.rules.views.parts = parts


@deviation(
    "continue-ends", clauses=("IN-22",), case="smartflows/continueExecution/lifecycle/transition/continue/UserInput"
)
def continue_ends(server: SmartFlows) -> None:
    """Input stops the execution that waits for it."""
    server.rules.commands.carry_on = lambda server, execution: server.rules.pace.turn(server, execution, "Canceled")


@deviation("second-cancel-runs-on", clauses=("IN-15b",), case="smartflows/execution/lifecycle/terminal/Canceled")
def second_cancel_runs_on(server: SmartFlows) -> None:
    """An execution that is cancelled is taken up again by another cancellation."""
    honest = server.answer

    async def answer(operation: Operation, request: Received) -> Reply:
        if operation.id == "cancelExecution":
            execution = server.store.executions.get(request.path.get("id", "").lower())
            if execution is not None and execution.status == "Canceled":
                server.rules.pace.turn(server, execution, "Running", "Success")
                return Reply(200, server.rules.views.progress(server, execution))
        return await honest(operation, request)

    server.answer = answer  # type: ignore[method-assign]


@deviation("cancel-not-kept", clauses=("IN-23",), case="smartflows/cancelExecution/lifecycle/transition/Waiting")
def cancel_not_kept(server: SmartFlows) -> None:
    """A cancelled execution is shown Canceled once, and runs on."""
    honest = server.rules.commands.cancel
    server.rules.commands.cancel = lambda server, execution: honest(server, copy(execution))


@deviation("cancel-is-an-error", clauses=("IN-23",), case="smartflows/cancelExecution/lifecycle/transition/Waiting")
def cancel_is_an_error(server: SmartFlows) -> None:
    """A cancelled execution ends as Error."""

    def cancel(server: SmartFlows, execution: Execution) -> Execution:
        server.rules.pace.turn(server, execution, "Error")
        return execution

    server.rules.commands.cancel = cancel


@deviation(
    "cancel-answers-running", clauses=("IN-23a",), case="smartflows/cancelExecution/lifecycle/transition/Waiting"
)
def cancel_answers_running(server: SmartFlows) -> None:
    """The reply to a cancellation shows the execution as it was."""

    def mend(server: SmartFlows, execution: Execution) -> Execution:
        before = copy(execution)
        server.rules.pace.turn(server, execution, "Canceled")
        return before

    server.rules.commands.cancel = mend


@deviation("cancelled-goes-on", clauses=("IN-15b",), case="smartflows/cancelExecution/lifecycle/listed")
def cancelled_goes_on(server: SmartFlows) -> None:
    """A cancelled execution succeeds when it is read after its cancellation was."""
    honest = server.rules.pace.seen

    def seen(server: SmartFlows, execution: Execution, counts: bool) -> None:
        honest(server, execution, counts)
        execution.reads += 1 if execution.status == "Canceled" else 0
        if execution.status == "Canceled" and execution.reads >= 2:
            server.rules.pace.turn(server, execution, "Success")

    server.rules.pace.seen = seen


@deviation("event-is-lost", clauses=("IN-14d",), case="smartflows/execution/lifecycle/nudge/resume")
def event_is_lost(server: SmartFlows) -> None:
    """The event that an execution waits for does not resume it."""
    honest = server.rules.commands.carry_on

    def carry_on(server: SmartFlows, execution: Execution) -> None:
        if execution.status != "Waiting":
            honest(server, execution)

    server.rules.commands.carry_on = carry_on


@deviation("cancel-waits-for-a-halt", clauses=("IN-23",), case="smartflows/cancelExecution/executions/stops/queued")
def cancel_waits_for_a_halt(server: SmartFlows) -> None:
    """An execution that is queued or runs is not stopped by its cancellation."""
    honest = server.rules.commands.cancel
    server.rules.commands.cancel = lambda server, execution: (
        execution if execution.status in DRIVEN else honest(server, execution)
    )


@deviation("cancel-of-running-not-kept", clauses=("IN-23",), case="smartflows/cancelExecution/executions/stops/running")
def cancel_of_running_not_kept(server: SmartFlows) -> None:
    """An execution that runs is shown Canceled once, and runs on."""
    honest = server.rules.commands.cancel
    server.rules.commands.cancel = lambda server, execution: honest(
        server, copy(execution) if execution.status == "Running" else execution
    )


@deviation("cancel-stops-its-siblings", clauses=("IN-14c",), case="smartflows/cancelExecution/lifecycle/spares-others")
def cancel_stops_its_siblings(server: SmartFlows) -> None:
    """With an execution that is cancelled, every other one of its flow is that waits."""
    honest = server.rules.commands.cancel

    def cancel(server: SmartFlows, execution: Execution) -> Execution:
        for other in server.store.executions.rows:
            if other.flow is execution.flow and other.status == "Waiting":
                honest(server, other)
        return execution if execution.status == "Canceled" else honest(server, execution)

    server.rules.commands.cancel = cancel


def _mistaken(server: SmartFlows, status: str, shown: str) -> None:
    """Show executions of one status as being of another."""
    honest = server.rules.views.status
    server.rules.views.status = lambda server, execution: (
        shown if execution.status == status else honest(server, execution)
    )


@deviation(
    "interruption-is-an-error", clauses=("IN-14f",), case="smartflows/execution/lifecycle/comes-to-rest/Interrupted"
)
def interruption_is_an_error(server: SmartFlows) -> None:
    """An execution that an unexpected event interrupted is shown as one that ran into an error."""
    _mistaken(server, "Interrupted", "Error")


@deviation("selection-is-input", clauses=("IN-14f",), case="smartflows/execution/lifecycle/comes-to-rest/SelectFlow")
def selection_is_input(server: SmartFlows) -> None:
    """An execution whose user needs to select a flow is shown as one that waits for input."""
    _mistaken(server, "SelectFlow", "UserInput")


@deviation("input-is-waiting", clauses=("IN-14f",), case="smartflows/execution/lifecycle/comes-to-rest/UserInput")
def input_is_waiting(server: SmartFlows) -> None:
    """An execution that waits for its user's input is shown as one that waits for an event."""
    _mistaken(server, "UserInput", "Waiting")


def _resumes_all(server: SmartFlows, status: str) -> None:
    """With an execution that goes on from this status, every other one of its flow does that is in it."""
    honest = server.rules.commands.carry_on

    def carry_on(server: SmartFlows, execution: Execution) -> None:
        alike = [one for one in server.store.executions.rows if one.flow is execution.flow and one.status == status]
        honest(server, execution)
        for one in alike if execution in alike else ():
            if one is not execution:
                honest(server, one)

    server.rules.commands.carry_on = carry_on


@deviation(
    "input-resumes-all", clauses=("IN-14f",), case="smartflows/continueExecution/lifecycle/spares-others/continue"
)
def input_resumes_all(server: SmartFlows) -> None:
    """Input to one execution resumes every execution of its flow that waits for input."""
    _resumes_all(server, "UserInput")


@deviation("event-resumes-all", clauses=("IN-14c",), case="smartflows/execution/lifecycle/nudge/resume")
def event_resumes_all(server: SmartFlows) -> None:
    """An event resumes every execution of the flow that waits for one."""
    _resumes_all(server, "Waiting")
