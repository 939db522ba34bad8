"""Process items: tasks and messages are created; tasks are claimed, assigned, completed and logged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kuflow.errors import conflict
from conformance.mocks.kuflow.paging import Listing, listed
from conformance.mocks.kuflow.params import LogParams, OwnerParams
from conformance.mocks.kuflow.principals import newly_named
from conformance.mocks.kuflow.processes import Step
from conformance.mocks.kuflow.records import Identity, Item, LogEntry, Principal, Row, Task
from conformance.mocks.kuflow.webhooks import tell_item

if TYPE_CHECKING:
    from datetime import datetime

    from conformance.mocks.kuflow.server import Call, KuFlow

ENDED = ("COMPLETED", "CANCELLED")
MOMENTS = {"CLAIMED": "claimed_at", "COMPLETED": "completed_at", "CANCELLED": "cancelled_at"}


def _moment(name: str) -> Callable[[Row], datetime | None]:
    return lambda row: getattr(row.task, name, None)


LISTING = Listing(
    rows=lambda server: server.store.items,
    sort_keys={
        "id": lambda row: row.key,
        "createdAt": lambda row: row.created_at,
        "lastModifiedAt": lambda row: row.modified_at,
        "claimedAt": _moment("claimed_at"),
        "completedAt": _moment("completed_at"),
        "cancelledAt": _moment("cancelled_at"),
    },
    filters={
        "process_id": lambda row: (row.process.key,),
        "type": lambda row: (row.type,),
        "task_state": lambda row: (row.task.state,) if row.task else (),
        "task_definition_code": lambda row: (row.task.definition.code,) if row.task else (),
        "tenant_id": lambda row: (row.tenant,),
    },
    view=lambda server, row: server.rules.views.item_page_item(server, row),
)


def initial_state(server: KuFlow, owner: str) -> str:
    """The state of a new task, which may have an owner from the start."""
    return server.choices["owned_state"] if owner else "READY"


def claim_step(state: str) -> Step:
    """What claiming does in a state."""
    return "change" if state == "READY" else "undocumented"


def assign_step(state: str) -> Step:
    """What assigning does in a state: an active task can be assigned, also again."""
    return "undocumented" if state in ENDED else "change"


def complete_step(state: str) -> Step:
    """What completing does in a state."""
    return "change" if state == "CLAIMED" else "undocumented"


def claimant(identity: Identity, _: Item) -> str:
    """The owner of a task after it is claimed: whoever claims."""
    return identity.principal


def assignee(principal: Principal, _: Item) -> str:
    """The owner of a task after it is assigned to ``principal``."""
    return principal.key


def may_complete(identity: Identity, item: Item) -> bool:
    """Whether the caller may complete a claimed task: its owner may."""
    return item.owner == identity.principal


def set_state(server: KuFlow, call: Call, item: Item, state: str) -> Item:
    """Put a task into a state, note the moment, and tell a change; gives the item that the reply shows."""
    task = _task(item)
    changed, task.state = task.state != state, state
    server.rules.items.touch(server, call, item)
    if changed and state in MOMENTS:
        setattr(task, MOMENTS[state], item.modified_at)
    if changed:
        tell_item(server, "PROCESS_ITEM.TASK_STATE_CHANGED", item)
    return item


def touch(server: KuFlow, call: Call, item: Item) -> None:
    """Note who changed an item, and when."""
    item.modified_by, item.modified_at = call.identity.principal, server.clock.stamp()


def log_entry(server: KuFlow, params: LogParams) -> LogEntry:
    """A new line of a log, with an id and a moment of its own."""
    return LogEntry(server.ids.fresh(), server.clock.stamp(), params.message, params.level)


async def log_of(task: Task) -> list[LogEntry]:
    """The log that an entry is added to."""
    return task.logs


def logged(logs: list[LogEntry], entry: LogEntry, cap: int) -> list[LogEntry]:
    """The log after an entry: at most ``cap`` entries, the oldest gone first."""
    return [*logs, entry][-cap:]


@dataclass
class ItemRules:
    """How tasks come about and change."""

    log_cap: int = 100
    initial_state: Callable[[KuFlow, str], str] = initial_state
    claim_step: Callable[[str], Step] = claim_step
    assign_step: Callable[[str], Step] = assign_step
    complete_step: Callable[[str], Step] = complete_step
    claimant: Callable[[Identity, Item], str] = claimant
    assignee: Callable[[Principal, Item], str] = assignee
    may_complete: Callable[[Identity, Item], bool] = may_complete
    set_state: Callable[[KuFlow, Call, Item, str], Item] = set_state
    touch: Callable[[KuFlow, Call, Item], None] = touch
    log_entry: Callable[[KuFlow, LogParams], LogEntry] = log_entry
    log_of: Callable[[Task], Awaitable[list[LogEntry]]] = log_of
    logged: Callable[[list[LogEntry], LogEntry, int], list[LogEntry]] = logged


def own(server: KuFlow, call: Call) -> Item:
    """The item of the path; refuses what is unknown or hidden."""
    item: Item = server.rules.auth.find(server, call, server.store.items, call.id, "process item")
    return item


def own_task(server: KuFlow, call: Call) -> tuple[Item, Task]:
    """The item of the path and its task; refuses a message with 409."""
    item = own(server, call)
    return item, _task(item)


def _task(item: Item) -> Task:
    if item.task is None:
        raise conflict("The process item is not a task")
    return item.task


def changeable(server: KuFlow, task: Task) -> None:
    """Refuse changes to a task that has ended, unless they are chosen to be accepted."""
    if task.state in ENDED and server.choices["changes_after_end"] == "refused":
        raise conflict(f"The task is {task.state}")


def shown(server: KuFlow, item: Item, status: int = 200) -> Reply:
    """The whole item as a reply."""
    return Reply(status, server.rules.views.item(server, item))


async def find(server: KuFlow, call: Call) -> Reply:
    """findProcessItems."""
    return listed(server, call, LISTING)


async def retrieve(server: KuFlow, call: Call) -> Reply:
    """retrieveProcessItem."""
    return shown(server, own(server, call))


def _goes(server: KuFlow, step: Step, task: Task) -> bool:
    if step == "undocumented" and server.choices["undocumented_transition"] == "refused":
        raise conflict(f"The task is {task.state}")
    return step == "change"


async def claim(server: KuFlow, call: Call) -> Reply:
    """claimProcessItemTask."""
    rules = server.rules.items
    item, task = own_task(server, call)
    if _goes(server, rules.claim_step(task.state), task):
        item.owner = rules.claimant(call.identity, item)
        item = rules.set_state(server, call, item, "CLAIMED")
    return shown(server, item)


async def assign(server: KuFlow, call: Call) -> Reply:
    """assignProcessItemTask."""
    rules = server.rules.items
    params: OwnerParams = call.params
    item, task = own_task(server, call)
    principal = newly_named(server, call, "owner", params.owner_id, params.owner_email)
    if principal is not None and _goes(server, rules.assign_step(task.state), task):
        item.owner = rules.assignee(principal, item)
        state = server.choices["assigned_state"] if task.state == "READY" else task.state
        item = rules.set_state(server, call, item, state)
    return shown(server, item)


async def complete(server: KuFlow, call: Call) -> Reply:
    """completeProcessItemTask."""
    rules = server.rules.items
    item, task = own_task(server, call)
    if task.state == "COMPLETED" and server.choices["repeat_completion"] == "ignored":
        return shown(server, item)
    if _goes(server, rules.complete_step(task.state), task):
        if not rules.may_complete(call.identity, item):
            raise Refusal(403, "The task is another's")
        item = rules.set_state(server, call, item, "COMPLETED")
    return shown(server, item)


async def append_log(server: KuFlow, call: Call) -> Reply:
    """appendProcessItemTaskLog."""
    rules = server.rules.items
    item, task = own_task(server, call)
    changeable(server, task)
    task.logs = rules.logged(await rules.log_of(task), rules.log_entry(server, call.params), rules.log_cap)
    rules.touch(server, call, item)
    return shown(server, item)
