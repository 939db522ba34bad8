"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows


@deviation("report-lost-when-waited-for", clauses=("IN-17",), case="smartflows/api/scenario/start-with-xml/output")
def report_lost_when_waited_for(server: SmartFlows) -> None:
    """The detail of an execution with data has no report once somebody has waited for its progress."""
    honest_wait, honest_view, waited_for = server.rules.pace.wait, server.rules.views.execution, set[str]()

    def wait(server: SmartFlows, execution: Execution, timeout: int) -> None:
        if execution.input_data and timeout == 1:
            waited_for.add(execution.key)
        honest_wait(server, execution, timeout)

    def view(server: SmartFlows, execution: Execution) -> Json:
        shown = honest_view(server, execution)
        if execution.key in waited_for:
            shown["state"] = {name: part for name, part in shown["state"].items() if name != "report"}
        return shown

    server.rules.pace.wait = wait
    server.rules.views.execution = view
