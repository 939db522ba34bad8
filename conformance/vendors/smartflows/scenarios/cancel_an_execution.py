"""An execution that is no longer wanted."""

from __future__ import annotations

from smartflows_client import Client
from smartflows_client.api.executions import cancel_execution, create_execution
from smartflows_client.models import FlowExecutionProgress, FlowExecutionStatus

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.smartflows.scenarios._executions import comes_to


@scenario(
    {
        "waits": "An execution whose flow waits for an event comes to Waiting.",
        "cancelled": "A cancellation is answered with the progress of the execution, Canceled.",
        "stays": "The execution stays Canceled.",
    },
    effect="starts-execution",
)
def cancel_an_execution(journey: Journey) -> None:
    """Begin an execution that waits for an event, and cancel it."""
    client = journey.client(Client)
    started = create_execution.sync(client=client, flow_id=journey.fixture("waiting_flow_id"))
    execution = journey.got(FlowExecutionProgress, started).id

    with journey.step("waits"):
        comes_to(journey, client, execution, {FlowExecutionStatus.WAITING})

    with journey.step("cancelled"):
        reply = journey.got(FlowExecutionProgress, cancel_execution.sync(execution, client=client))
        expect_equal(reply.id, execution, "id")
        expect_equal(reply.status, FlowExecutionStatus.CANCELED, "status")

    with journey.step("stays"):
        comes_to(journey, client, execution, {FlowExecutionStatus.CANCELED})
