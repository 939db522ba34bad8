"""All rules of the server. Each is a field whose default is the honest function; a deviation assigns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.auth import AuthRules
from conformance.mocks.smartflows.commands import CommandRules
from conformance.mocks.smartflows.datasets import DataRules
from conformance.mocks.smartflows.errors import ErrorRules
from conformance.mocks.smartflows.executions import ExecutionRules
from conformance.mocks.smartflows.inputs import InputRules
from conformance.mocks.smartflows.pace import PaceRules
from conformance.mocks.smartflows.paging import ListRules
from conformance.mocks.smartflows.views import ViewRules


def finish(_: str, reply: Reply) -> Reply:
    """The last word on a reply of an operation."""
    return reply


@dataclass
class Rules:
    """The rules by domain, and the last word on every reply."""

    auth: AuthRules = field(default_factory=AuthRules)
    inputs: InputRules = field(default_factory=InputRules)
    errors: ErrorRules = field(default_factory=ErrorRules)
    data: DataRules = field(default_factory=DataRules)
    executions: ExecutionRules = field(default_factory=ExecutionRules)
    pace: PaceRules = field(default_factory=PaceRules)
    commands: CommandRules = field(default_factory=CommandRules)
    lists: ListRules = field(default_factory=ListRules)
    views: ViewRules = field(default_factory=ViewRules)
    finish: Callable[[str, Reply], Reply] = finish
