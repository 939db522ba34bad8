"""Retrying a create whose reply got lost."""

from __future__ import annotations

from kuflow_client import Client
from kuflow_client.api.process_item import create_process_item, find_process_items
from kuflow_client.models import ProcessItem, ProcessItemPage

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.kuflow.scenarios._starting import started, task_params


@scenario(
    {
        "retried": "A task whose reply got lost is answered with 200 when its creation is retried with the same id.",
        "single": "The process has the task once, however often it was sent.",
    },
    effect="starts-execution",
)
def retry_after_a_lost_response(journey: Journey) -> None:
    """Create a task, lose the reply, and retry with the same id until there is one."""
    client = journey.client(Client)
    process = started(journey, client)
    wanted = task_params(journey, process)

    with journey.step("retried"):
        with journey.lost_reply():
            create_process_item.sync(client=client, body=wanted)
        retried = create_process_item.sync_detailed(client=client, body=wanted)
        expect_equal(journey.got(ProcessItem, retried.parsed).id, wanted.id, "id")
        expect_equal(retried.status_code, 200, "status")

    with journey.step("single"):
        page = journey.in_time(
            lambda: journey.got(ProcessItemPage, find_process_items.sync(client=client, process_id=[process.id])),
            lambda page: bool(page.content),
        )
        expect_equal([item.id for item in page.content], [wanted.id], "items")
