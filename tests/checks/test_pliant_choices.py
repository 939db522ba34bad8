"""A Pliant server is accused of nothing that its documents leave open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.logs import unknown
from conformance.results import CaseLine


def some_reads_late(server: Any) -> None:
    """The log of a run is not there for the first two reads, whoever waited for the run."""
    honest, reads = server.rules.logs.found, Counter[str]()

    def found(server: Any, caller: Any, key: str) -> Any:
        reads[key] += 1
        if reads[key] < 3:
            raise unknown(server)
        return honest(server, caller, key)

    server.rules.logs.found = found


def callers_named_and_sent_to_a_login(server: Any) -> None:
    """Who is not let in is sent to a login, and the log names who called."""
    server.choices = {**server.choices, "log_user": "caller", "unauthorized": "302"}


def bodies_needed(server: Any) -> None:
    """A start has a body."""
    honest = server.rules.inputs.body

    def body(request: Any) -> Any:
        if not request.body:
            raise refused(400, "no_body", "There is no body")
        return honest(request)

    server.rules.inputs.body = body


def refused_before_their_end(server: Any) -> None:
    """The log of a run that goes on is asked for too early, and one that failed is a failure of the server's own."""
    server.choices = {**server.choices, "unfinished_log": "early", "failed_run": "500"}


@pytest.mark.parametrize(
    "bend", [some_reads_late, callers_named_and_sent_to_a_login, bodies_needed, refused_before_their_end]
)
@pytest.mark.parametrize(
    "path",
    [
        "readExecutionLog/contract/valid-request",
        "readExecutionLog/rules/holds/flowUri-for-another",
        "readExecutionLog/auth/accepted/reader",
        "readExecutionLog/auth/without-credentials",
        "triggerWorkflow/contract/valid-request",
        "triggerWorkflow/job/ended-when-answered",
        "triggerWorkflow/job/ends",
        "triggerWorkflow/echo/each-its-own",
        "triggerWorkflowAtPath/contract/valid-request",
        "triggerWorkflowAtPathByGet/auth/nearly-right/keyed",
    ],
)
def test_it_is_accused_of_nothing_that_is_left_open(path: str, bend: Any) -> None:
    line = judged(subject("pliant", path, bend))
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("path", ["issueToken/contract/valid-request", "issueToken/token/opens"])
def test_a_token_is_asked_for_without_a_scope_where_none_is_given(path: str) -> None:
    line = judged(without_scope(path))
    assert line.verdict == "PASS", line.reason


def test_scopes_are_not_held_against_none() -> None:
    line = judged(without_scope("issueToken/token/scope-told"))
    assert line.verdict == "SKIPPED"
    assert "no scope" in line.reason


def test_a_workflow_that_fails_is_no_failure_of_the_server() -> None:
    server = subject("pliant", "triggerWorkflow/*", refused_before_their_end)
    lines = {line.case: line for line in execute([server], Options(1)) if isinstance(line, CaseLine)}
    assert lines["pliant/triggerWorkflow/job/failure"].observed["waiting_start"].startswith("status 500")
    assert lines["pliant/triggerWorkflow/contract/no-server-error"].verdict == "PASS"


def without_scope(path: str) -> Subject:
    """The cases at ``path`` against an honest mock whose environment names no scope."""
    whole = subject("pliant", path)
    auth = whole.target.auth.model_copy(update={"scope": None})
    return replace(whole, target=whole.target.model_copy(update={"auth": auth}))
