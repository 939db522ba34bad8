"""Cancelling a process together with its open tasks."""

from __future__ import annotations

from kuflow_client import Client
from kuflow_client.api.process import cancel_process, create_process
from kuflow_client.api.process_item import (
    claim_process_item_task,
    complete_process_item_task,
    create_process_item,
    retrieve_process_item,
)
from kuflow_client.models import (
    Process,
    ProcessCreateParams,
    ProcessItem,
    ProcessItemCreateParams,
    ProcessItemTask,
    ProcessItemTaskCreateParams,
    ProcessItemTaskState,
    ProcessItemType,
    ProcessState,
)

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect_equal
from conformance.engine.scenario import scenario


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
    definition = journey.fixture("process_definition_id")
    params = ProcessCreateParams(id=journey.fresh_uuid(), process_definition_id=definition)
    process = journey.got(Process, create_process.sync(client=client, body=params))
    task = ProcessItemTaskCreateParams(task_definition_code=journey.fixture("task_definition_code"))
    items = []
    for _ in range(2):
        wanted = ProcessItemCreateParams(
            id=journey.fresh_uuid(), process_id=process.id, type=ProcessItemType.TASK, task=task
        )
        items.append(journey.got(ProcessItem, create_process_item.sync(client=client, body=wanted)))
    still_open, done = items
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
