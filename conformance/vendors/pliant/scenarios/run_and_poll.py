"""An asynchronous run."""

from __future__ import annotations

from pliant_client import Client
from pliant_client.api.stats import read_execution_log
from pliant_client.api.trigger import trigger_workflow
from pliant_client.models import ExecutionLog, WorkflowInputs, WorkflowRun

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "started": "An asynchronous run is answered at once with the status R, or Running.",
        "logged": "The log of the run comes to say COMPLETED.",
        "result": "The result in the log is the JSON of the outputs.",
    },
    effect="starts-execution",
)
def run_and_poll(journey: Journey) -> None:
    """Start a workflow, do something else, and read its log until it has ended."""
    client = journey.client(Client)

    with journey.step("started"):
        reply = trigger_workflow.sync(
            journey.fixture("workflow_owner"),
            client=client,
            body=WorkflowInputs.from_dict(journey.fixture("workflow_inputs")),
            folder=journey.fixture("workflow_folder"),
            name=journey.fixture("workflow_name"),
        )
        run = journey.got(WorkflowRun, reply)
        expect(run.field_status in {"R", "Running"}, "$status R or Running", run.field_status)

    with journey.step("logged"):
        log: ExecutionLog | None = None
        for _ in journey.attempts():
            log = read_execution_log.sync(run.field_uuid, client=client)
            if log is not None and log.status == "COMPLETED":
                break
        ended = journey.got(ExecutionLog, log)
        expect_equal(ended.id, run.field_uuid, "id")
        expect_equal(ended.status, "COMPLETED", "status")

    with journey.step("result"):
        expect_equal(journey.json_of(ended.result), journey.fixture("workflow_outputs"), "result")
