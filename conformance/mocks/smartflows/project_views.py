"""What is shown of flows and users, whole and by reference."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.records import Element, Flow, User

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows


def moment(when: datetime) -> str:
    """A moment as text."""
    return rfc3339(when)


def reference(key: str, name: str, kind: str) -> Json:
    """An object by id, with its name and its type."""
    return {"id": key, "displayName": name, "type": kind}


def person(user: User) -> Json:
    """A user by id."""
    return reference(user.key, user.display_name, "user")


def flow_reference(flow: Flow) -> Json:
    """A flow by id."""
    return reference(flow.key, flow.name, "flow")


def flow(server: SmartFlows, record: Flow) -> Json:
    """Flow."""
    views, shown = server.rules.views, {}
    if record.dataset is not None:
        key = server.seed_ids.named("dataset", record.key)
        shown["input"] = {"dataset": reference(key, record.dataset.name, "dataset")}
    return {
        "id": record.key,
        "displayName": record.name,
        "description": record.description,
        "createdAt": views.moment(record.created_at),
        "createdBy": views.person(record.author),
        "modifiedAt": views.moment(record.created_at),
        "modifiedBy": views.person(record.author),
        "type": "advanced",
        **shown,
    }


def contract(_: SmartFlows, record: Flow) -> Json:
    """FlowContract: what the flow takes and gives, as JSON Schemas."""
    return {
        "id": record.key,
        "displayName": record.name,
        "description": record.description,
        "inputSchema": _schema(record.dataset) if record.dataset else {},
        "outputSchema": {"type": "object"},
    }


def _schema(element: Element) -> Json:
    if not element.children:
        return {"type": "string"}
    required = [child.name for child in element.children if not child.optional]
    properties = {child.name: _member(child) for child in element.children}
    return {"type": "object", "title": element.name, "properties": properties, "required": required}


def _member(child: Element) -> Json:
    return {"type": "array", "items": _schema(child)} if child.repeats else _schema(child)


def user(_: SmartFlows, record: User) -> Json:
    """User."""
    return {
        "id": record.key,
        "userName": record.user_name,
        "displayName": record.display_name,
        "firstName": record.first_name,
        "lastName": record.last_name,
        "emailAddress": record.email,
        "active": True,
    }
