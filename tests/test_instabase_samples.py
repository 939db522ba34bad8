"""Every sample that Instabase's document prints fits the contract, after the repairs that its cassette tells of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from printed import printed

from conformance.contract.document import Document
from conformance.contract.validation import Validators

DOCUMENT = Document.load(Path(__file__).parents[1] / "specs" / "instabase" / "openapi.yaml")
OPERATIONS, VALIDATORS = DOCUMENT.operations, Validators(DOCUMENT)


LISTED, CHANGED = printed("instabase")
PIPELINES = LISTED.reply.json
# Line 20 prints a pipeline of placeholders ("uuid", "perms") to show the keys: no sample of values.
UPDATE, UPDATED = json.loads(CHANGED.wire.content), CHANGED.reply.json
# Not printed as samples, but as tables of keys elsewhere: the least that they describe.
STARTED = {"status": "OK", "data": {"job_id": "7", "output_folder": "/a/out"}}
RUNNING = {"status": "OK", "msg": "", "state": "PENDING", "job_id": "7", "cur_status": '{"status":"RUNNING"}'}
ENDED = {**RUNNING, "state": "DONE", "results": [{"status": "OK", "output_folder": "/a/out"}]}
ERROR = {"status": "ERROR", "msg": "there is no such job"}


def departure(operation: str, value: Any, status: str = "") -> object:
    found = OPERATIONS[operation]
    schema = (found.responses[status] if status else found.body)["application/json"]
    side = "response" if status else "request"
    return VALIDATORS.value(f"{operation} {status}", schema, value, side)


@pytest.mark.parametrize(
    ("operation", "reply"),
    [
        ("listFlowPipelines", PIPELINES),
        ("listFlowPipelines", {"status": "OK", "pipelines": []}),
        ("updateJobPipelines", UPDATED),
        ("updateJobPipelines", {"status": "OK", "updated_pipelines": []}),
        ("runFlowAsync", STARTED),
        ("getJobStatus", RUNNING),
        ("getJobStatus", ENDED),
        *((operation, ERROR) for operation in OPERATIONS),
    ],
)
def test_replies_fit(operation: str, reply: Any) -> None:
    assert departure(operation, reply, "200") is None


def test_requests_fit() -> None:
    assert departure("updateJobPipelines", UPDATE) is None
    assert departure("updateJobPipelines", {**UPDATE, "pipeline_ids": []}) is None


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        # The table's path; the printed call has /jobs/pipelines instead, where the update is.
        ("GET", "/api/v1/flow/pipeline", "listFlowPipelines"),
        ("POST", "/api/v1/jobs/pipelines", "updateJobPipelines"),
        ("GET", "/api/v1/jobs/status", "getJobStatus"),
        ("POST", "/api/v1/flow/run_flow_async", "runFlowAsync"),
    ],
)
def test_calls_are_routed(method: str, path: str, operation: str) -> None:
    found = DOCUMENT.route(method, path)
    assert found is not None
    assert found.id == operation


def pipeline(**changed: Any) -> Any:
    return {**PIPELINES, "pipelines": [{**PIPELINES["pipelines"][0], **changed}]}


@pytest.mark.parametrize(
    ("operation", "reply"),
    [
        ("listFlowPipelines", {**PIPELINES, "status": "ok"}),
        ("listFlowPipelines", {"status": "ERROR"}),
        ("listFlowPipelines", pipeline(is_manager="true")),
        ("listFlowPipelines", pipeline(id="17")),
        ("listFlowPipelines", pipeline(permissions=["read"])),
        ("updateJobPipelines", {**UPDATED, "msg": ""}),
        ("updateJobPipelines", {"status": "OK", "updated_pipelines": [{"name": "a", "id": "b"}]}),
        ("updateJobPipelines", {**ERROR, "msg": None}),
        ("getJobStatus", {**RUNNING, "state": "RUNNING"}),
        ("getJobStatus", {**RUNNING, "cur_status": {"status": "RUNNING"}}),
    ],
)
def test_what_is_broken_does_not_fit(operation: str, reply: Any) -> None:
    assert departure(operation, reply, "200") is not None


@pytest.mark.parametrize("body", [[], "text", {}, {"job_id": "7"}, {**UPDATE, "pipeline_ids": "one"}])
def test_a_broken_request_does_not_fit(body: Any) -> None:
    assert departure("updateJobPipelines", body) is not None
