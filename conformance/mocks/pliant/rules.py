"""All rules of the server. Each is a field whose default is the honest function; a deviation assigns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.pliant.auth import AuthRules
from conformance.mocks.pliant.errors import ErrorRules
from conformance.mocks.pliant.inputs import InputRules
from conformance.mocks.pliant.logs import LogRules
from conformance.mocks.pliant.oauth import OAuthRules
from conformance.mocks.pliant.runs import RunRules
from conformance.mocks.pliant.trigger import TriggerRules


def receive(_: str, request: Received) -> Received:
    """The first word on a request of an operation."""
    return request


def finish(_: str, reply: Reply) -> Reply:
    """The last word on a reply of an operation."""
    return reply


@dataclass
class Rules:
    """The rules by domain, the first word on every request and the last on every reply."""

    auth: AuthRules = field(default_factory=AuthRules)
    oauth: OAuthRules = field(default_factory=OAuthRules)
    inputs: InputRules = field(default_factory=InputRules)
    errors: ErrorRules = field(default_factory=ErrorRules)
    runs: RunRules = field(default_factory=RunRules)
    trigger: TriggerRules = field(default_factory=TriggerRules)
    logs: LogRules = field(default_factory=LogRules)
    receive: Callable[[str, Received], Received] = receive
    finish: Callable[[str, Reply], Reply] = finish
