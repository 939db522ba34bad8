"""All rules of the server. Each is a field whose default is the honest function; a deviation assigns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mocks.kit.http import Reply
from conformance.mocks.kuflow.auth import AuthRules
from conformance.mocks.kuflow.authentications import AuthenticationRules
from conformance.mocks.kuflow.creates import CreateRules
from conformance.mocks.kuflow.documents import DocumentRules
from conformance.mocks.kuflow.errors import ErrorRules
from conformance.mocks.kuflow.forms import FormRules
from conformance.mocks.kuflow.inputs import InputRules
from conformance.mocks.kuflow.items import ItemRules
from conformance.mocks.kuflow.json_values import JsonRules
from conformance.mocks.kuflow.paging import ListRules
from conformance.mocks.kuflow.principals import PrincipalRules
from conformance.mocks.kuflow.processes import ProcessRules
from conformance.mocks.kuflow.robots import RobotRules
from conformance.mocks.kuflow.views import ViewRules
from conformance.mocks.kuflow.webhooks import WebhookRules
from conformance.mocks.kuflow.workers import WorkerRules


def finish(_: str, reply: Reply) -> Reply:
    """The last word on a reply of an operation."""
    return reply


@dataclass
class Rules:
    """The rules by domain, and the last word on every reply."""

    auth: AuthRules = field(default_factory=AuthRules)
    inputs: InputRules = field(default_factory=InputRules)
    errors: ErrorRules = field(default_factory=ErrorRules)
    lists: ListRules = field(default_factory=ListRules)
    creates: CreateRules = field(default_factory=CreateRules)
    principals: PrincipalRules = field(default_factory=PrincipalRules)
    processes: ProcessRules = field(default_factory=ProcessRules)
    items: ItemRules = field(default_factory=ItemRules)
    json: JsonRules = field(default_factory=JsonRules)
    documents: DocumentRules = field(default_factory=DocumentRules)
    forms: FormRules = field(default_factory=FormRules)
    workers: WorkerRules = field(default_factory=WorkerRules)
    robots: RobotRules = field(default_factory=RobotRules)
    authentications: AuthenticationRules = field(default_factory=AuthenticationRules)
    webhooks: WebhookRules = field(default_factory=WebhookRules)
    views: ViewRules = field(default_factory=ViewRules)
    finish: Callable[[str, Reply], Reply] = finish
