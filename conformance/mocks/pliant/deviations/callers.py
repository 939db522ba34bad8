"""What is right for one caller, and wrong for another."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.mocks.kit.bending import mend_requests
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import bend_answer
from conformance.mocks.pliant.records import Caller, Run, Workflow
from conformance.mocks.pliant.server import Pliant

READER = "pliant/triggerWorkflow/auth/accepted/reader"
OTHER = "pliant/triggerWorkflow/address/same-for/other"
KEYED = "pliant/triggerWorkflowAtPath{}/auth/accepted/keyed"


def _drop_inputs(server: Pliant, of: Callable[[Caller, Workflow], bool]) -> None:
    """Let the inputs of some callers count for nothing."""
    honest = server.rules.runs.started

    def started(server: Pliant, caller: Caller, workflow: Workflow, sent: Json) -> Run:
        return honest(server, caller, workflow, {} if of(caller, workflow) else sent)

    server.rules.runs.started = started


def _is_keyed(request: Received) -> bool:
    return "api_key" in dict(request.query)


@deviation("readers-inputs-dropped", clauses=("PL-05a",), case=READER)
def readers_inputs_dropped(server: Pliant) -> None:
    """A token for reading alone starts a workflow with its defaults, whatever inputs are sent."""
    _drop_inputs(server, lambda caller, _: caller.scopes == ("read",))


@deviation("others-inputs-dropped", clauses=("PL-08",), case=OTHER)
def others_inputs_dropped(server: Pliant) -> None:
    """Who does not own a workflow starts it with its defaults, whatever inputs are sent."""
    _drop_inputs(server, lambda caller, workflow: caller.user.name != workflow.owner)


@deviation("others-results-not-kept", clauses=("PL-26",), case=OTHER)
def others_results_not_kept(server: Pliant) -> None:
    """The log of a run that another than the owner started has no outputs."""
    honest = server.rules.logs.result

    def result(run: Run) -> Any:
        return honest(run if run.caller == run.workflow.owner else replace(run, outputs={}))

    server.rules.logs.result = result


@deviation("keyed-inputs-dropped", clauses=("PL-30a",), case=KEYED.format(""))
def keyed_inputs_dropped(server: Pliant) -> None:
    """An API key starts a workflow with its defaults, whatever inputs are sent."""

    def mend(request: Received) -> Received:
        return replace(request, body=json.dumps({}).encode()) if _is_keyed(request) and request.body else request

    mend_requests(server, "triggerWorkflowAtPath", mend)


@deviation("keyed-get-answers-nothing", clauses=("PL-30a",), case=KEYED.format("ByGet"))
def keyed_get_answers_nothing(server: Pliant) -> None:
    """A GET with an API key is answered without the outputs of the workflow."""
    bend_answer(server, "triggerWorkflowAtPathByGet", lambda request, body: {} if _is_keyed(request) else body)
