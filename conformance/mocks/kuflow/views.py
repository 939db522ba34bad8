"""Records as clients see them: whole when retrieved, projected in lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import (
    Audited,
    Item,
    JsonData,
    LogEntry,
    Message,
    Principal,
    Process,
    ProcessDefinition,
    Robot,
    Task,
    TaskDefinition,
    TenantUser,
    Worker,
)

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow


def audited(record: Audited) -> Json:
    """Who made and changed a record, and when."""
    return {
        "createdBy": record.created_by,
        "createdAt": rfc3339(record.created_at),
        "lastModifiedBy": record.modified_by,
        "lastModifiedAt": rfc3339(record.modified_at),
    }


def json_data(server: KuFlow, data: JsonData) -> Json:
    """JSON data with its mark of validity."""
    shown: Json = {"valid": server.rules.json.valid(data), "value": data.value}
    if data.errors or server.choices["valid_errors"] == "empty":
        shown["errors"] = data.errors
    return shown


def principal_page_item(_: KuFlow, record: Principal) -> Json:
    """A principal in a list."""
    return {"id": record.key, "type": record.type, "name": record.name}


def principal(server: KuFlow, record: Principal) -> Json:
    """A principal, with the user or application behind it."""
    shown = server.rules.views.principal_page_item(server, record)
    if record.type == "USER":
        shown["user"] = {"id": record.inner_id, "email": record.email}
    elif record.type == "APPLICATION":
        shown["application"] = {"id": record.inner_id}
    return shown


def tenant_user_page_item(_: KuFlow, record: TenantUser) -> Json:
    """A tenant user in a list."""
    return audited(record) | {
        "id": record.id,
        "principalId": record.principal.key,
        "tenantId": record.tenant,
    }


def tenant_user(server: KuFlow, record: TenantUser) -> Json:
    """A tenant user with its principal."""
    shown = audited(record) | {"id": record.id, "tenantId": record.tenant}
    shown["principal"] = server.rules.views.principal(server, record.principal)
    if record.metadata is not None:
        shown["metadata"] = server.rules.views.json_data(server, record.metadata)
    return shown


def _process_definition(definition: ProcessDefinition) -> Json:
    return {"id": definition.id, "version": definition.version, "name": definition.name}


def process_page_item(_: KuFlow, record: Process) -> Json:
    """A process in a list."""
    shown = audited(record) | {
        "id": record.id,
        "state": record.state,
        "processDefinition": _process_definition(record.definition),
        "tenantId": record.tenant,
    }
    return shown | ({"initiatorId": record.initiator} if record.initiator else {})


def process(server: KuFlow, record: Process) -> Json:
    """A process with its data and relations."""
    shown = server.rules.views.process_page_item(server, record)
    for name, data in (("metadata", record.metadata), ("entity", record.entity)):
        if data is not None:
            shown[name] = server.rules.views.json_data(server, data)
    shown["processRelated"] = {"incoming": record.incoming, "outcoming": record.outcoming}
    return shown


def _task_definition(definition: TaskDefinition) -> Json:
    return {
        "id": definition.id,
        "version": definition.version,
        "code": definition.code,
        "name": definition.name,
    }


def _task_summary(task: Task) -> Json:
    return {"state": task.state, "taskDefinition": _task_definition(task.definition)}


def _message_summary(message: Message) -> Json:
    shown = {"text": message.text, "dataStructureDataDefinitionCode": message.structure}
    return {name: value for name, value in shown.items() if value is not None}


def _item(record: Item) -> Json:
    shown = audited(record) | {
        "id": record.id,
        "type": record.type,
        "processId": record.process.id,
        "tenantId": record.tenant,
    }
    return shown | ({"ownerId": record.owner} if record.owner else {})


def item_page_item(_: KuFlow, record: Item) -> Json:
    """A process item in a list: no data, no logs."""
    shown = _item(record)
    if record.task is not None:
        shown["task"] = _task_summary(record.task)
    if record.message is not None:
        shown["message"] = _message_summary(record.message)
    return shown


def log_entry(_: KuFlow, entry: LogEntry) -> Json:
    """A line of a task's log."""
    return {
        "id": entry.id,
        "timestamp": rfc3339(entry.timestamp),
        "message": entry.message,
        "level": entry.level,
    }


def item(server: KuFlow, record: Item) -> Json:
    """A process item with its data and, for a task, its log."""
    views, shown = server.rules.views, _item(record)
    if record.task is not None:
        shown["task"] = _task_summary(record.task)
        if record.task.data is not None:
            shown["task"]["data"] = views.json_data(server, record.task.data)
        shown["task"]["logs"] = [views.log_entry(server, entry) for entry in record.task.logs]
    if record.message is not None:
        shown["message"] = _message_summary(record.message)
        if record.message.data is not None:
            shown["message"]["data"] = views.json_data(server, record.message.data)
    return shown


def worker(_: KuFlow, record: Worker) -> Json:
    """A worker as registered."""
    return audited(record) | {"id": record.id, **record.values}


def robot_page_item(_: KuFlow, record: Robot) -> Json:
    """A robot in a list."""
    return audited(record) | {
        "id": record.id,
        "code": record.code,
        "name": record.name,
        "description": record.description,
        "tenantId": record.tenant,
    }


def robot(server: KuFlow, record: Robot) -> Json:
    """A robot with its source file and environment."""
    return server.rules.views.robot_page_item(server, record) | {
        "sourceType": "PACKAGE",
        "sourceFile": server.rules.robots.source_file(record),
        "environmentVariables": record.variables,
    }


@dataclass
class ViewRules:
    """What is shown of each record."""

    json_data: Callable[[KuFlow, JsonData], Json] = json_data
    principal_page_item: Callable[[KuFlow, Principal], Json] = principal_page_item
    principal: Callable[[KuFlow, Principal], Json] = principal
    tenant_user_page_item: Callable[[KuFlow, TenantUser], Json] = tenant_user_page_item
    tenant_user: Callable[[KuFlow, TenantUser], Json] = tenant_user
    process_page_item: Callable[[KuFlow, Process], Json] = process_page_item
    process: Callable[[KuFlow, Process], Json] = process
    item_page_item: Callable[[KuFlow, Item], Json] = item_page_item
    item: Callable[[KuFlow, Item], Json] = item
    log_entry: Callable[[KuFlow, LogEntry], Json] = log_entry
    worker: Callable[[KuFlow, Worker], Json] = worker
    robot_page_item: Callable[[KuFlow, Robot], Json] = robot_page_item
    robot: Callable[[KuFlow, Robot], Json] = robot
