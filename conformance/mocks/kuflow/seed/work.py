"""Processes and items that others left behind, in every state."""

from __future__ import annotations

from datetime import datetime, timedelta

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kuflow.records import Item, JsonData, LogEntry, Message, Process, Task
from conformance.mocks.kuflow.seed.definitions import FORM_CODE, REVIEW_CODE, SAMPLES, definition_id
from conformance.mocks.kuflow.seed.ground import Ground
from conformance.mocks.kuflow.seed.people import A, B, C, principal_id
from conformance.mocks.kuflow.store import Store

VISIBLE, HIDDEN, ITEMS_EACH = 60, 6, 3
STATES = ("RUNNING", "RUNNING", "COMPLETED", "CANCELLED")
TASK_STATES = {
    "RUNNING": ("READY", "CLAIMED", "COMPLETED"),
    "COMPLETED": ("COMPLETED",),
    "CANCELLED": ("CANCELLED", "COMPLETED"),
}
CODES = (REVIEW_CODE, FORM_CODE, "ARCHIVE")


def process_id(ids: Ids, number: int) -> str:
    """The id of a seeded process; those from VISIBLE on belong to the other identity."""
    return ids.named("process", number)


def item_id(ids: Ids, process: int, number: int) -> str:
    """The id of an item of a seeded process."""
    return ids.named("process-item", process, number)


def add(store: Store, ground: Ground) -> None:
    """Sixty processes for the main identity and six for the other one, with three items each."""
    ids, author = ground.ids, principal_id(ground.ids, 0)
    for number in range(VISIBLE + HIDDEN):
        definition = store.definitions[definition_id(ids, C if number >= VISIBLE else (A, A, B)[number % 3])]
        process = Process(
            **ground.audited(process_id(ids, number), number * 4, author),
            tenant=definition.tenant,
            definition=definition,
            state=STATES[number % len(STATES)],
            initiator=author,
            metadata=JsonData(dict(SAMPLES["valid_metadata"])) if number % 2 else None,
        )
        store.processes.add(process)
        for place in range(ITEMS_EACH):
            store.add_item(_item(ground, process, number, place))


def _item(ground: Ground, process: Process, number: int, place: int) -> Item:
    key = item_id(ground.ids, number, place)
    audited = ground.audited(key, number * 4 + place + 1, process.created_by)
    common = {**audited, "tenant": process.tenant, "process": process}
    if place == ITEMS_EACH - 1:
        return Item(**common, type="MESSAGE", message=Message(f"Message of process {number}"))
    state = ground.chance.choice(TASK_STATES[process.state])
    task = Task(process.definition.tasks[CODES[(number + place) % len(CODES)]], state)
    _lived(ground, task, audited["created_at"])
    task.logs = [LogEntry(ground.ids.named("log", key), audited["created_at"], "Begun", "INFO")]
    return Item(**common, type="TASK", owner=process.created_by if task.claimed_at else "", task=task)


def _lived(ground: Ground, task: Task, created: datetime) -> None:
    if task.state in ("CLAIMED", "COMPLETED"):
        task.claimed_at = created + timedelta(minutes=1 + ground.chance.randint(0, 5))
    if task.state == "COMPLETED":
        task.completed_at = created + timedelta(minutes=8)
    if task.state == "CANCELLED":
        task.cancelled_at = created + timedelta(minutes=9)
