"""A synchronous run."""

from __future__ import annotations

from pliant_client import Client
from pliant_client.api.stats import read_execution_log
from pliant_client.api.trigger import trigger_workflow
from pliant_client.models import ExecutionLog, WorkflowInputs, WorkflowRun

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "ended": "A synchronous run is answered with the status C when it has ended well.",
        "outputs": "The outputs of the workflow stand beside the status.",
        "logged": "The log of the run has the same outputs.",
    },
    effect="starts-execution",
)
def run_and_wait(journey: Journey) -> None:
    """Run a workflow, wait for its outputs, and find them in its log."""
    client = journey.client(Client)

    with journey.step("ended"):
        reply = trigger_workflow.sync(
            journey.fixture("workflow_owner"),
            client=client,
            body=WorkflowInputs.from_dict(journey.fixture("workflow_inputs")),
            folder=journey.fixture("workflow_folder"),
            name=journey.fixture("workflow_name"),
            sync=True,
        )
        run = journey.got(WorkflowRun, reply)
        expect_equal(run.field_status, "C", "$status")

    with journey.step("outputs"):
        outputs = {name: value for name, value in (run.model_extra or {}).items() if not name.startswith("$")}
        expect_equal(outputs, journey.fixture("workflow_outputs"), "outputs")

    with journey.step("logged"):
        log: ExecutionLog | None = None
        for _ in journey.attempts():
            log = read_execution_log.sync(run.field_uuid, client=client)
            if log is not None:
                break
        ended = journey.got(ExecutionLog, log)
        expect_equal(journey.json_of(ended.result), journey.fixture("workflow_outputs"), "result")
