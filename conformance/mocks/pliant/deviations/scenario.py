"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.records import Run
from conformance.mocks.pliant.server import Pliant


@deviation("inputs-lost-when-not-waited-for", clauses=("PL-10a",), case="pliant/api/scenario/run-and-poll/result")
def inputs_lost_when_not_waited_for(server: Pliant) -> None:
    """An asynchronous run goes on with the defaults of its inputs."""
    honest = server.rules.trigger.acceptance

    def acceptance(server: Pliant, run: Run) -> Json:
        rules = server.rules.runs
        run.outputs = rules.outputs(run.workflow, rules.inputs(run.workflow, {}))
        return honest(server, run)

    server.rules.trigger.acceptance = acceptance
