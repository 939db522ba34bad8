"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.records import Caller, Run
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


@deviation("token-has-to-warm-up", clauses=("PL-07",), case="pliant/api/scenario/get-a-token/used")
def token_has_to_warm_up(server: Pliant) -> None:
    """A token whose first use starts a workflow with inputs is refused."""
    honest, warm = server.rules.auth.authenticate, set[str]()

    def authenticate(server: Pliant, operation: str, request: Received) -> Caller:
        caller = honest(server, operation, request)
        proof = request.headers.get("authorization", "")
        if operation == "triggerWorkflow" and request.body and proof not in warm:
            raise Refusal(401, "A good access token is needed")
        warm.add(proof)
        return caller

    server.rules.auth.authenticate = authenticate


SHORT = 100
"""Letters of outputs that fit where a log has them for a while."""


@deviation("log-forgets-the-inputs", clauses=("PL-26",), case="pliant/api/scenario/run-and-wait/logged")
def log_forgets_the_inputs(server: Pliant) -> None:
    """The log of a run that somebody waited for has what the workflow gives without inputs, when those were short."""
    honest_outcome, honest_result, waited_for = server.rules.trigger.outcome, server.rules.logs.result, set[str]()

    def outcome(server: Pliant, run: Run) -> Json:
        if len(str(run.outputs)) < SHORT:
            waited_for.add(run.id)
        return honest_outcome(server, run)

    def result(run: Run) -> Any:
        rules = server.rules.runs
        outputs = rules.outputs(run.workflow, rules.inputs(run.workflow, {}))
        return honest_result(replace(run, outputs=outputs) if run.id in waited_for else run)

    server.rules.trigger.outcome, server.rules.logs.result = outcome, result
