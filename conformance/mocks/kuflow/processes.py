"""Processes: created, completed, cancelled with their active items, given another initiator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kuflow.creates import Creation, created
from conformance.mocks.kuflow.errors import conflict, invalid
from conformance.mocks.kuflow.paging import Listing, listed
from conformance.mocks.kuflow.params import InitiatorParams, ProcessParams
from conformance.mocks.kuflow.principals import named, newly_named
from conformance.mocks.kuflow.records import Audited, Item, Principal, Process, ProcessDefinition
from conformance.mocks.kuflow.webhooks import tell_process

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

Step = Literal["change", "nothing", "undocumented"]
TARGETS = {"completeProcess": "COMPLETED", "cancelProcess": "CANCELLED"}
ACTIVE = ("READY", "CLAIMED")
LISTING = Listing(
    rows=lambda server: server.store.processes,
    sort_keys={
        "id": lambda row: row.key,
        "createdAt": lambda row: row.created_at,
        "lastModifiedAt": lambda row: row.modified_at,
    },
    filters={"tenant_id": lambda row: (row.tenant,)},
    view=lambda server, row: server.rules.views.process_page_item(server, row),
)


def initial_state() -> str:
    """The state of a new process."""
    return "RUNNING"


def definition(server: KuFlow, call: Call, key: str) -> ProcessDefinition | None:
    """The definition a process is created from, if the caller may use it."""
    found = server.store.definitions.get(key)
    return found if found and found.tenant in call.identity.tenants else None


def default_initiator(server: KuFlow, call: Call) -> str:
    """The initiator of a process created without one; empty for none."""
    return call.identity.principal if server.choices["default_initiator"] == "caller" else ""


def initiator(_: Process, principal: Principal) -> str:
    """The initiator after it is changed to ``principal``."""
    return principal.key


def target(operation: str) -> str:
    """The state that a command leads to."""
    return TARGETS[operation]


def step(_: str, state: str, wanted: str) -> Step:
    """What a command does in a state: there already, from RUNNING, or undocumented."""
    if state == wanted:
        return "nothing"
    return "change" if state == "RUNNING" else "undocumented"


def cascade(_: Process, items: list[Item]) -> list[Item]:
    """The items that a cancelled process takes with it: its active tasks."""
    return [item for item in items if item.task is not None and item.task.state in ACTIVE]


def set_state(server: KuFlow, call: Call, process: Process, state: str) -> Process:
    """Put a process into a state and tell it; gives the process that the reply shows."""
    process.state = state
    server.rules.processes.touch(server, call, process)
    tell_process(server, "PROCESS.STATE_CHANGED", process)
    return process


def touch(server: KuFlow, call: Call, record: Audited) -> None:
    """Note who changed a record, and when."""
    record.modified_by, record.modified_at = call.identity.principal, server.clock.stamp()


@dataclass
class ProcessRules:
    """How processes come about and change."""

    initial_state: Callable[[], str] = initial_state
    definition: Callable[[KuFlow, Call, str], ProcessDefinition | None] = definition
    default_initiator: Callable[[KuFlow, Call], str] = default_initiator
    initiator: Callable[[Process, Principal], str] = initiator
    target: Callable[[str], str] = target
    step: Callable[[str, str, str], Step] = step
    cascade: Callable[[Process, list[Item]], list[Item]] = cascade
    set_state: Callable[[KuFlow, Call, Process, str], Process] = set_state
    touch: Callable[[KuFlow, Call, Audited], None] = touch


def own(server: KuFlow, call: Call) -> Process:
    """The process of the path; refuses what is unknown or hidden."""
    process: Process = server.rules.auth.find(server, call, server.store.processes, call.id, "process")
    return process


def changeable(server: KuFlow, process: Process) -> None:
    """Refuse changes to a process that has ended, unless they are chosen to be accepted."""
    if process.state != "RUNNING" and server.choices["changes_after_end"] == "refused":
        raise conflict(f"The process is {process.state}")


def shown(server: KuFlow, process: Process, status: int = 200) -> Reply:
    """The whole process as a reply."""
    return Reply(status, server.rules.views.process(server, process))


async def find(server: KuFlow, call: Call) -> Reply:
    """findProcesses."""
    return listed(server, call, LISTING)


async def retrieve(server: KuFlow, call: Call) -> Reply:
    """retrieveProcess."""
    return shown(server, own(server, call))


async def create(server: KuFlow, call: Call) -> Reply:
    """createProcess."""
    params: ProcessParams = call.params
    rules = server.rules.creates
    body = params.model_dump(exclude_unset=True)
    key = rules.key(server, call.operation, params.id)
    creation = Creation(
        collection=server.store.processes,
        key=key,
        make=lambda: _made(server, call, params, key),
        add=lambda process: _kept(server, process),
        repeat=lambda found: rules.replayed(server, call, found, body),
    )
    status, process = await created(server, call.operation, creation)
    return shown(server, process, status)


def _kept(server: KuFlow, process: Process) -> None:
    server.store.processes.add(process)
    tell_process(server, "PROCESS.CREATED", process)


def _made(server: KuFlow, call: Call, params: ProcessParams, key: str) -> Process:
    rules = server.rules.processes
    kind = rules.definition(server, call, params.process_definition_id)
    if kind is None:
        raise invalid(server, Detail("unknown", "no such process definition", "processDefinitionId", "body"))
    principal = named(server, call, "initiator", params.initiator_id, params.initiator_email)
    moment, caller = server.clock.stamp(), call.identity.principal
    process = Process(
        key=key,
        id=server.rules.creates.shown_id(server, call.operation, params.id, key),
        tenant=kind.tenant,
        created_by=caller,
        created_at=moment,
        modified_by=caller,
        modified_at=moment,
        sent=params.model_dump(exclude_unset=True),
        definition=kind,
        state=rules.initial_state(),
    )
    process.initiator = rules.initiator(process, principal) if principal else rules.default_initiator(server, call)
    if params.metadata is not None:
        value = params.metadata.value
        process.metadata = server.rules.json.stored(server, call.operation, process, kind.metadata, value)
    return process


async def command(server: KuFlow, call: Call) -> Reply:
    """completeProcess and cancelProcess."""
    rules, process = server.rules.processes, own(server, call)
    wanted = rules.target(call.operation)
    what = rules.step(call.operation, process.state, wanted)
    if what == "undocumented" and server.choices["undocumented_transition"] == "refused":
        raise conflict(f"The process is {process.state}")
    if what == "change":
        process = _moved(server, call, process, wanted)
    return shown(server, process)


def _moved(server: KuFlow, call: Call, process: Process, wanted: str) -> Process:
    rules = server.rules
    ends = wanted == "CANCELLED" or server.choices["tasks_of_completed"] == "cancelled"
    taken = server.store.items_of.get(process.key, []) if ends else []
    moved = rules.processes.set_state(server, call, process, wanted)
    for item in rules.processes.cascade(process, taken):
        rules.items.set_state(server, call, item, "CANCELLED")
    return moved


async def change_initiator(server: KuFlow, call: Call) -> Reply:
    """changeProcessInitiator."""
    params: InitiatorParams = call.params
    process = own(server, call)
    principal = newly_named(server, call, "initiator", params.initiator_id, params.initiator_email)
    changeable(server, process)
    if principal is not None:
        process.initiator = server.rules.processes.initiator(process, principal)
        server.rules.processes.touch(server, call, process)
    return shown(server, process)
