"""Every sample that Pliant's document prints fits the contract, after the repairs that its cassette tells of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from printed import printed

from conformance.contract.document import Document
from conformance.contract.validation import Validators

DOCUMENT = Document.load(Path(__file__).parents[1] / "specs" / "pliant" / "openapi.yaml")
OPERATIONS, VALIDATORS = DOCUMENT.operations, Validators(DOCUMENT)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


ISSUED, WAITED, STARTED, READ = printed("pliant")
TOKEN, ENDED, RUNNING, LOG = (one.reply.json for one in (ISSUED, WAITED, STARTED, READ))
TOKEN_REQUEST, INPUTS = ISSUED.wire.content.decode(), WAITED.wire.content.decode()
TRIGGER = urlsplit(WAITED.wire.url)
LOG_PATH = urlsplit(READ.wire.url).path


def departure(operation: str, value: Any, status: str = "", media_type: str = JSON) -> object:
    found = OPERATIONS[operation]
    schema = (found.responses[status] if status else found.body)[media_type]
    side = "response" if status else "request"
    return VALIDATORS.value(f"{operation} {status}", schema, value, side)


@pytest.mark.parametrize(
    ("operation", "reply"),
    [("issueToken", TOKEN), ("triggerWorkflow", ENDED), ("triggerWorkflow", RUNNING), ("readExecutionLog", LOG)],
)
def test_replies_fit(operation: str, reply: Any) -> None:
    assert departure(operation, reply, "200") is None


def test_requests_fit() -> None:
    assert departure("issueToken", dict(parse_qsl(TOKEN_REQUEST, strict_parsing=True)), media_type=FORM) is None
    assert departure("triggerWorkflow", json.loads(INPUTS)) is None
    found = DOCUMENT.route("POST", TRIGGER.path)
    assert found is not None
    assert found.id == "triggerWorkflow"
    assert all(found.parameter("query", name) for name, _ in parse_qsl(TRIGGER.query))


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("POST", "/api/oauth/token", "issueToken"),
        ("GET", LOG_PATH, "readExecutionLog"),
        ("GET", "/api/v1/trigger/admin/User/tests/gettest", "triggerWorkflowAtPathByGet"),
        ("POST", "/api/v1/trigger/admin/User/tests/gettest", "triggerWorkflowAtPath"),
    ],
)
def test_calls_are_routed(method: str, path: str, operation: str) -> None:
    found = DOCUMENT.route(method, path)
    assert found is not None
    assert found.id == operation


@pytest.mark.parametrize(
    ("operation", "reply"),
    [
        ("issueToken", {**TOKEN, "token_type": "mac"}),
        ("issueToken", {**TOKEN, "expires_in": 0}),
        ("triggerWorkflow", {**ENDED, "$uuid": "17"}),
        ("readExecutionLog", {**LOG, "timeEnded": None}),
        ("readExecutionLog", {**LOG, "timeEnded": 1560159332}),
        ("readExecutionLog", {**LOG, "success": "true"}),
        ("readExecutionLog", {**LOG, "success": False}),
        ("readExecutionLog", {**LOG, "timePaused": LOG["timeRan"]}),
        ("readExecutionLog", {**LOG, "result": {"output": "Hello Pliant!"}}),
        *(("readExecutionLog", {name: value for name, value in LOG.items() if name != left_out}) for left_out in LOG),
    ],
)
def test_what_is_broken_does_not_fit(operation: str, reply: Any) -> None:
    assert departure(operation, reply, "200") is not None


def test_a_log_of_a_run_that_goes_on_fits() -> None:
    unknown = dict.fromkeys(("timeEnded", "duration", "success", "result"))
    assert departure("readExecutionLog", {**LOG, **unknown, "status": "RUNNING"}, "200") is None
    known = {name: value for name, value in LOG.items() if name not in unknown}
    assert departure("readExecutionLog", {**known, "status": "RUNNING"}, "200") is None


def test_a_log_of_a_run_that_paused_fits() -> None:
    paused = {"timePaused": LOG["timeRan"], "durationPaused": 5}
    assert departure("readExecutionLog", {**LOG, **paused}, "200") is None
