"""What a process item holds: how it is created with data, and how task data is saved and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema_rs import Validator

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kuflow import processes
from conformance.mocks.kuflow.creates import Creation, created
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.forms import rendered
from conformance.mocks.kuflow.items import changeable, own_task, shown
from conformance.mocks.kuflow.json_values import changed
from conformance.mocks.kuflow.params import FormQuery, ItemParams, JsonParams
from conformance.mocks.kuflow.principals import named
from conformance.mocks.kuflow.records import Item, JsonData, Message, Process, Task
from conformance.mocks.kuflow.webhooks import tell_item

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow


async def create(server: KuFlow, call: Call) -> Reply:
    """createProcessItem."""
    params: ItemParams = call.params
    rules = server.rules.creates
    body = params.model_dump(exclude_unset=True)
    key = rules.key(server, call.operation, params.id)
    creation = Creation(
        collection=server.store.items,
        key=key,
        make=lambda: _made(server, call, params, key),
        add=lambda item: _kept(server, item),
        repeat=lambda found: rules.replayed(server, call, found, body),
    )
    status, item = await created(server, call.operation, creation)
    return shown(server, item, status)


def _kept(server: KuFlow, item: Item) -> None:
    server.store.add_item(item)
    tell_item(server, "PROCESS_ITEM.CREATED", item)


def _made(server: KuFlow, call: Call, params: ItemParams, key: str) -> Item:
    process = _process(server, call, params.process_id)
    owner = named(server, call, "owner", params.owner_id, params.owner_email)
    task = _task(server, call, params, process) if params.type == "TASK" else None
    message = _message(server, call, params, process) if params.type == "MESSAGE" else None
    moment, caller = server.clock.stamp(), call.identity.principal
    item = Item(
        key=key,
        id=server.rules.creates.shown_id(server, call.operation, params.id, key),
        tenant=process.tenant,
        created_by=caller,
        created_at=moment,
        modified_by=caller,
        modified_at=moment,
        sent=params.model_dump(exclude_unset=True),
        type=params.type,
        process=process,
        task=task,
        message=message,
    )
    if owner is not None:
        item.owner = server.rules.items.assignee(owner, item)
    if task is not None:
        task.state = server.rules.items.initial_state(server, item.owner)
        task.claimed_at = moment if task.state == "CLAIMED" else None
    return item


def _process(server: KuFlow, call: Call, key: str) -> Process:
    process = server.store.processes.get(key)
    if process is None or not server.rules.auth.may_see(call.operation, call.identity, process):
        raise invalid(server, Detail("unknown", "no such process", "processId", "body"))
    processes.changeable(server, process)
    return process


def _task(server: KuFlow, call: Call, params: ItemParams, process: Process) -> Task:
    if params.task is None:
        raise invalid(server, Detail("required", "a TASK needs a task", "task", "body"))
    definition = process.definition.tasks.get(params.task.task_definition_code)
    if definition is None:
        raise invalid(server, Detail("unknown", "no such task definition", "task/taskDefinitionCode", "body"))
    task = Task(definition)
    if params.task.data is not None:
        task.data = _filled(server, call, process, definition.schema, params.task.data)
    return task


def _message(server: KuFlow, call: Call, params: ItemParams, process: Process) -> Message:
    if params.message is None:
        raise invalid(server, Detail("required", "a MESSAGE needs a message", "message", "body"))
    code = params.message.data_structure_data_definition_code
    schema = process.definition.structures.get(code) if code is not None else None
    if code is not None and schema is None:
        place = "message/dataStructureDataDefinitionCode"
        raise invalid(server, Detail("unknown", "no such data definition", place, "body"))
    message = Message(params.message.text, None, code)
    if params.message.data is not None:
        message.data = _filled(server, call, process, schema, params.message.data)
    return message


def _filled(server: KuFlow, call: Call, process: Process, schema: Validator | None, params: JsonParams) -> JsonData:
    value = server.rules.documents.copied(server, call, process, params.value)
    return server.rules.json.stored(server, call.operation, None, schema, value)


async def save_data(server: KuFlow, call: Call) -> Reply:
    """updateProcessItemTaskData and patchProcessItemTaskData."""
    item, task = own_task(server, call)
    changeable(server, task)
    params = getattr(call.params, "data", call.params)
    value = changed(server, call.operation, task.data, params)
    await server.rules.json.pause()
    task.data = server.rules.json.stored(server, call.operation, item.process, task.definition.schema, value)
    server.rules.items.touch(server, call, item)
    return shown(server, item)


async def download_forms(server: KuFlow, call: Call) -> Reply:
    """downloadProcessItemTaskDataWebformsAsDocument."""
    query: FormQuery = call.query
    _, task = own_task(server, call)
    return rendered(server, task, query.property_path)
