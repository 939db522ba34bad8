"""All rules of the server. Each is a field whose default is the honest function; a deviation assigns another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.mocks.instabase.auth import AuthRules
from conformance.mocks.instabase.errors import ErrorRules
from conformance.mocks.instabase.inputs import InputRules
from conformance.mocks.instabase.jobs import JobRules
from conformance.mocks.instabase.pipelines import PipelineRules
from conformance.mocks.kit.http import Received, Reply


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
    inputs: InputRules = field(default_factory=InputRules)
    errors: ErrorRules = field(default_factory=ErrorRules)
    pipelines: PipelineRules = field(default_factory=PipelineRules)
    jobs: JobRules = field(default_factory=JobRules)
    receive: Callable[[str, Received], Received] = receive
    finish: Callable[[str, Reply], Reply] = finish
