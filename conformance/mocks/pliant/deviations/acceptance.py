"""Asynchronous triggers that tell too much, or too little."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import bend_answer, sent_in
from conformance.mocks.pliant.server import Pliant

TRIGGER = "triggerWorkflow"


@deviation("acceptance-without-runner", clauses=("PL-17",), case="pliant/triggerWorkflow/contract/valid-request")
def acceptance_without_runner(server: Pliant) -> None:
    """An asynchronous trigger does not tell the worker."""
    server.rules.trigger.acceptance = lambda server, run: {
        key: value for key, value in server.rules.trigger.keys(server, run).items() if key != "$runner"
    }


@deviation("acceptance-with-outputs", clauses=("PL-17a",), case="pliant/triggerWorkflow/job/accepted-alone")
def acceptance_with_outputs(server: Pliant) -> None:
    """An asynchronous trigger shows outputs of a run that goes on."""
    server.rules.trigger.acceptance = lambda server, run: {**run.outputs, **server.rules.trigger.keys(server, run)}


@deviation("explicit-acceptance-with-outputs", clauses=("PL-17a",), case="pliant/triggerWorkflow/job/accepted-alone")
def explicit_acceptance_with_outputs(server: Pliant) -> None:
    """A trigger that says that it does not wait shows outputs of a run that goes on."""

    def bend(request: Received, body: Json) -> Json:
        said = dict(request.query).get("sync") == "false"
        return {**server.store.runs[body["$uuid"]].outputs, **body} if said else body

    bend_answer(server, TRIGGER, bend)


@deviation("acceptance-with-inputs", clauses=("PL-17a",), case="pliant/triggerWorkflow/job/accepted-alone")
def acceptance_with_inputs(server: Pliant) -> None:
    """An asynchronous trigger repeats what it was sent."""

    def bend(request: Received, body: Json) -> Json:
        return {**sent_in(request), **body} if body["$status"] == "R" else body

    bend_answer(server, TRIGGER, bend)


@deviation("acceptance-says-completed", clauses=("PL-18",), case="pliant/triggerWorkflow/job/accepted/default")
def acceptance_says_completed(server: Pliant) -> None:
    """An asynchronous trigger tells the run as completed."""
    server.rules.trigger.acceptance = lambda server, run: {**server.rules.trigger.keys(server, run), "$status": "C"}
