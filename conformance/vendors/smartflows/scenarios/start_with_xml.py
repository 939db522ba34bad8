"""An execution with data, followed to its end."""

from __future__ import annotations

from smartflows_client import Client, File
from smartflows_client.api.executions import create_execution, get_execution
from smartflows_client.models import FlowExecutionDetail, FlowExecutionProgress, FlowExecutionStatus

from conformance.contract.identity import id_text
from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.smartflows.scenarios._executions import comes_to


@scenario(
    {
        "started": "XML that follows the flow's inputDataset begins an execution.",
        "succeeded": "The execution comes to Success with a percentage of 100.",
        "output": "The detail has the input and the output of the execution.",
    },
    effect="starts-execution",
)
def start_with_xml(journey: Journey) -> None:
    """Begin an execution with XML, follow its progress, and read its output."""
    client = journey.client(Client)

    with journey.step("started"):
        data = File(journey.fixture("input_xml").encode(), mime_type="application/xml")
        reply = create_execution.sync(client=client, body=data, flow_id=journey.fixture("flow_id"))
        execution = journey.got(FlowExecutionProgress, reply).id

    with journey.step("succeeded"):
        progress = comes_to(journey, client, execution, {FlowExecutionStatus.SUCCESS})
        expect_equal(progress.id, execution, "id")
        expect_equal(progress.percentage, 100, "percentage")

    with journey.step("output"):
        detail = journey.got(FlowExecutionDetail, get_execution.sync(execution, client=client))
        expect_equal(detail.id, execution, "id")
        expect(bool(detail.state.input_data), "the input", detail.state.input_data)
        expect_equal(id_text(detail.flow.id), id_text(journey.fixture("flow_id")), "flow")
