"""Cancelling a process together with its open tasks."""

from __future__ import annotations

from kuflow_client import Client
from kuflow_client.api.process import cancel_process
from kuflow_client.api.process_item import (
    claim_process_item_task,
    complete_process_item_task,
    retrieve_process_item,
)
from kuflow_client.models import (
    Process,
    ProcessItem,
    ProcessItemTask,
    ProcessItemTaskState,
    ProcessState,
)

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario
from conformance.vendors.kuflow.scenarios._starting import started, with_task


@scenario(
    {
        "cancelled": "A process that is cancelled is CANCELLED.",
        "open-task-cancelled": "The task that was open is CANCELLED with its process.",
        "done-task-kept": "The task that was completed before stays COMPLETED.",
    },
    effect="starts-execution",
)
def cancel_with_cascade(journey: Journey) -> None:
    """Cancel a process that has an open task and a completed one."""
    client = journey.client(Client)
    process = started(journey, client)
    still_open, done = (with_task(journey, client, process) for _ in range(2))
    journey.got(ProcessItem, claim_process_item_task.sync(done.id, client=client))
    journey.got(ProcessItem, complete_process_item_task.sync(done.id, client=client))

    def state_of(item: ProcessItem) -> ProcessItemTaskState:
        found = journey.got(ProcessItem, retrieve_process_item.sync(item.id, client=client))
        return journey.got(ProcessItemTask, found.task).state

    with journey.step("cancelled"):
        cancelled = journey.got(Process, cancel_process.sync(process.id, client=client))
        expect_equal(cancelled.state, ProcessState.CANCELLED, "state")

    with journey.step("open-task-cancelled"):
        expect_equal(state_of(still_open), ProcessItemTaskState.CANCELLED, "state")

    with journey.step("done-task-kept"):
        expect_equal(state_of(done), ProcessItemTaskState.COMPLETED, "state")
