"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows


@deviation("report-lost-when-waited-for", clauses=("IN-17",), case="smartflows/api/scenario/start-with-xml/output")
def report_lost_when_waited_for(server: SmartFlows) -> None:
    """The detail of an execution with data has no report once somebody has waited for its progress."""
    honest, waited_for = server.rules.views.execution, _waited_for(server)

    def view(server: SmartFlows, execution: Execution) -> Json:
        shown = honest(server, execution)
        if execution.key in waited_for and execution.input_data:
            shown["state"] = {name: part for name, part in shown["state"].items() if name != "report"}
        return shown

    server.rules.views.execution = view


@deviation("form-expires-when-waited-for", clauses=("IN-22",), case="smartflows/api/scenario/answer-a-form/succeeded")
def form_expires_when_waited_for(server: SmartFlows) -> None:
    """An execution whose form somebody waited for runs into an error when it is answered."""
    waited_for = _waited_for(server)
    honest = server.rules.commands.carry_on

    def carry_on(server: SmartFlows, execution: Execution) -> None:
        if execution.key in waited_for and execution.status == "UserInput":
            server.rules.pace.turn(server, execution, "Running", "Error")
        else:
            honest(server, execution)

    server.rules.commands.carry_on = carry_on


@deviation(
    "waiting-undoes-a-cancellation", clauses=("IN-23",), case="smartflows/api/scenario/cancel-an-execution/stays"
)
def waiting_undoes_a_cancellation(server: SmartFlows) -> None:
    """A cancelled execution waits again once somebody waits for its progress."""
    honest = server.rules.pace.wait

    async def wait(server: SmartFlows, execution: Execution, timeout: int) -> None:
        if execution.status == "Canceled" and timeout == 1:
            server.rules.pace.turn(server, execution, "Waiting")
        await honest(server, execution, timeout)

    server.rules.pace.wait = wait


def _waited_for(server: SmartFlows) -> set[str]:
    """The keys of the executions whose progress somebody waited a second for, as long as the server runs."""
    honest, found = server.rules.pace.wait, set[str]()

    async def wait(server: SmartFlows, execution: Execution, timeout: int) -> None:
        if timeout == 1:
            found.add(execution.key)
        await honest(server, execution, timeout)

    server.rules.pace.wait = wait
    return found
