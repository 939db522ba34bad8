"""What the journeys have in common: a process that was started, and tasks in it."""

from __future__ import annotations

from kuflow_client import Client
from kuflow_client.api.process import create_process
from kuflow_client.api.process_item import create_process_item
from kuflow_client.models import (
    Process,
    ProcessCreateParams,
    ProcessItem,
    ProcessItemCreateParams,
    ProcessItemTaskCreateParams,
    ProcessItemType,
)

from conformance.engine.journey import Journey


def started(journey: Journey, client: Client) -> Process:
    """A process that was started for the purpose."""
    definition = journey.fixture("process_definition_id")
    params = ProcessCreateParams(id=journey.fresh_uuid(), process_definition_id=definition)
    return journey.got(Process, create_process.sync(client=client, body=params))


def task_params(journey: Journey, process: Process) -> ProcessItemCreateParams:
    """What creates a task in a process, under an id of one's own."""
    return ProcessItemCreateParams(
        id=journey.fresh_uuid(),
        process_id=process.id,
        type=ProcessItemType.TASK,
        task=ProcessItemTaskCreateParams(task_definition_code=journey.fixture("task_definition_code")),
    )


def with_task(journey: Journey, client: Client, process: Process) -> ProcessItem:
    """A task that was created in a process for the purpose."""
    params = task_params(journey, process)
    return journey.got(ProcessItem, create_process_item.sync(client=client, body=params))
