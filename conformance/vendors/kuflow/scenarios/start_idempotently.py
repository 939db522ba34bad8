"""Starting a process so that the call can be repeated."""

from __future__ import annotations

from kuflow_client import Client
from kuflow_client.api.process import create_process, retrieve_process
from kuflow_client.models import Process, ProcessCreateParams

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario


@scenario(
    {
        "started": "A process started under an id of one's own is answered with 201 and has that id.",
        "repeated": "The same call again is answered with 200 and the same process.",
        "read": "The process is read by its id as it was started.",
    },
    effect="starts-execution",
)
def start_idempotently(journey: Journey) -> None:
    """Start a process under an id of one's own, so that the call is safe to repeat."""
    client = journey.client(Client)
    wanted = ProcessCreateParams(
        id=journey.fresh_uuid(), process_definition_id=journey.fixture("process_definition_id")
    )

    with journey.step("started"):
        first = create_process.sync_detailed(client=client, body=wanted)
        process = journey.got(Process, first.parsed)
        expect_equal(first.status_code, 201, "status")
        expect_equal(process.id, wanted.id, "id")

    with journey.step("repeated"):
        again = create_process.sync_detailed(client=client, body=wanted)
        expect_equal(journey.got(Process, again.parsed).id, process.id, "id")
        expect_equal(again.status_code, 200, "status")

    with journey.step("read"):
        found = journey.got(Process, retrieve_process.sync(process.id, client=client))
        expect_equal(found.id, process.id, "id")
        expect_equal(found.process_definition.id, wanted.process_definition_id, "definition")
        expect_equal(found.state, process.state, "state")
