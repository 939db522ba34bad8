"""Reading a long list page by page."""

from __future__ import annotations

from datetime import datetime

from kuflow_client import Client
from kuflow_client.api.process_item import find_process_items
from kuflow_client.models import ProcessItemPage

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.kuflow.scenarios._starting import started, with_task

TASKS, SIZE = 5, 2


@scenario(
    {
        "counted": "Each page says how many tasks the process has.",
        "whole": "The pages together hold every task once.",
        "in-order": "The tasks come in the order in which they were created.",
    },
    effect="starts-execution",
)
def page_through_the_population(journey: Journey) -> None:
    """Read the tasks of a process page by page, oldest first."""
    client = journey.client(Client)
    process = started(journey, client)
    created = [with_task(journey, client, process).id for _ in range(TASKS)]

    def page_of(number: int) -> ProcessItemPage:
        reply = find_process_items.sync(
            client=client, size=SIZE, page=number, sort=["createdAt,asc"], process_id=[process.id]
        )
        return journey.got(ProcessItemPage, reply)

    with journey.step("counted"):
        pages = [journey.in_time(lambda: page_of(0), lambda page: page.metadata.total_elements >= TASKS)]
        while len(pages) < min(pages[-1].metadata.total_pages, TASKS):
            pages.append(page_of(len(pages)))
        for page in pages:
            expect_equal(page.metadata.total_elements, TASKS, "totalElements")

    with journey.step("whole"):
        seen = [item.id for page in pages for item in page.content]
        expect_equal(sorted(seen), sorted(created), "tasks")

    with journey.step("in-order"):
        moments = [journey.got(datetime, item.created_at) for page in pages for item in page.content]
        expect(moments == sorted(moments), "the oldest first", moments)
