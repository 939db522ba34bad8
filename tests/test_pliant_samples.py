"""Every sample that Pliant's document prints fits the contract, after the repairs written beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from conformance.contract.document import Document
from conformance.contract.validation import Validators

DOCUMENT = Document.load(Path(__file__).parents[1] / "specs" / "pliant" / "openapi.yaml")
OPERATIONS, VALIDATORS = DOCUMENT.operations, Validators(DOCUMENT)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def repaired(printed: str) -> Any:
    """Repair of every JSON reply (lines 16-21, 33-36, 48-50, 62-78): the braces round it were lost in print."""
    return json.loads(f"{{{printed}}}")


TOKEN = repaired("""
  "access_token": "{access_token}",
  "token_type": "bearer",
  "refresh_token": "{refresh_token}",
  "expires_in": 43199,
  "scope": "execute read write",
  "jti": "e80da977-c8b4-49bf-a87f-7c7b57900f18"
""")
ENDED = repaired("""
  "output": "Hello Pliant!",
  "$uuid": "38f6d224-c67d-4da0-811f-e7bde3666c0b",
  "$runner": "74673c2c-b5fc-491b-be88-9c007e0b8ffd",
  "$status": "C"
""")
RUNNING = repaired("""
  "$uuid": "b973f326-cba1-4b93-b96b-29ac2b9be51e",
  "$runner": "74673c2c-b5fc-491b-be88-9c007e0b8ffd",
  "$status": "R"
""")
LOG = repaired(r"""
  "id": "b973f326-cba1-4b93-b96b-29ac2b9be51e",
  "flowUri": "admin/User/Test WorkFlows/ping",
  "userName": "admin",
  "runner": "74673c2c-b5fc-491b-be88-9c007e0b8ffd",
  "status": "COMPLETED",
  "timeStarted": 1560159332698,
  "timeEnded": 1560159332730,
  "timeQueued": 1560159332698,
  "timePaused": null,
  "timeRan": 1560159332714,
  "duration": 16,
  "durationQueued": 16,
  "durationPaused": 0,
  "success": true,
  "result": "{\"output\":\"Hello Pliant!\"}",
  "error": "",
  "state": null
""")
# Line 8: the form as curl sends it; {username} and {password} are placeholders and stay.
TOKEN_REQUEST = "grant_type=password&scope=read+write+execute&username={username}&password={password}"
# Line 25: the body as curl sends it. The address is repaired: name={ping} has braces round a literal, and the
# placeholders {username} and {folder} are filled from the address that line 63 prints.
INPUTS = '{"input":"Hello Pliant!"}'
TRIGGER = ("/api/v1/trigger/admin", {"folder": "Test WorkFlows", "name": "ping", "sync": "true"})
# Line 58: the call is printed with an empty address; repaired from the prose of line 54 and the $uuid of line 48.
LOG_PATH = "/api/v1/stats/log/b973f326-cba1-4b93-b96b-29ac2b9be51e"


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
    path, query = TRIGGER
    found = DOCUMENT.route("POST", path)
    assert found is not None
    assert found.id == "triggerWorkflow"
    assert all(found.parameter("query", name) for name in query)


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
        ("readExecutionLog", {**LOG, "result": {"output": "Hello Pliant!"}}),
        *(("readExecutionLog", {name: value for name, value in LOG.items() if name != left_out}) for left_out in LOG),
    ],
)
def test_what_is_broken_does_not_fit(operation: str, reply: Any) -> None:
    assert departure(operation, reply, "200") is not None


def test_a_log_of_a_run_that_goes_on_fits() -> None:
    unknown = dict.fromkeys(("timeEnded", "duration", "success", "result"))
    assert departure("readExecutionLog", {**LOG, **unknown, "status": "RUNNING"}, "200") is None
