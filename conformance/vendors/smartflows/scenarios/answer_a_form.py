"""An execution that asks its user."""

from __future__ import annotations

from smartflows_client import Client
from smartflows_client.api.executions import continue_execution, create_execution
from smartflows_client.models import FlowExecutionProgress, FlowExecutionStatus, FormValues, FreeObject

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.smartflows.scenarios._executions import ASKS, comes_to


@scenario(
    {
        "asked": "The execution comes to wait for its user, and says what it asks.",
        "answered": "Input is answered with the progress of the same execution.",
        "succeeded": "The execution goes on to Success.",
    },
    effect="starts-execution",
)
def answer_a_form(journey: Journey) -> None:
    """Begin an execution that asks for input, answer it, and see it through."""
    client = journey.client(Client)
    started = create_execution.sync(client=client, flow_id=journey.fixture("input_flow_id"))
    execution = journey.got(FlowExecutionProgress, started).id
    answers = journey.fixture("input_values")

    with journey.step("asked"):
        progress = comes_to(journey, client, execution, ASKS)
        schema = journey.got(FreeObject, progress.schema_).to_dict()
        fields = journey.got(dict, schema.get("properties"))
        expect(fields.keys() >= answers.keys(), f"fields {sorted(answers)}", sorted(fields))

    with journey.step("answered"):
        reply = continue_execution.sync(execution, client=client, body=FormValues.from_dict(answers))
        expect_equal(journey.got(FlowExecutionProgress, reply).id, execution, "id")

    with journey.step("succeeded"):
        comes_to(journey, client, execution, {FlowExecutionStatus.SUCCESS})
