"""Every sample that Instabase's document prints fits the contract, after the repairs written beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.contract.validation import Validators

DOCUMENT = Document.load(Path(__file__).parents[1] / "specs" / "instabase" / "openapi.yaml")
OPERATIONS, VALIDATORS = DOCUMENT.operations, Validators(DOCUMENT)


def without_trailing_commas(printed: str) -> Any:
    """Repair of the list reply (lines 45-61) and the update request (lines 101-104): a comma before the bracket."""
    return json.loads(re.sub(r",(\s*[\]}])", r"\1", printed))


PIPELINES = without_trailing_commas("""
{
  "status": "OK",
  "pipelines": [
      {
          "name": "pipeline_name",
          "id": "8c400d55-15d4-41f9-b306-ec2836898d83",
          "permissions": [
              "flow_pipeline:read",
              "flow_pipeline:execute",
              "flow_pipeline:delete",
              "flow_pipeline:manage_pipelines",
              "flow_pipeline:write"
          ],
          "is_manager": true
      },
  ]
}
""")
# Line 20 prints a pipeline of placeholders ("uuid", "perms") to show the keys: no sample of values.
# The printed call is Python; its dictionary is JSON but for the trailing comma.
UPDATE = without_trailing_commas("""
{
  "job_id": "f403399d-7ac7-4285-bb06-f7ad82ddbea2",
  "pipeline_ids": ["e05cc5f7-b199-49a6-b1bc-f17dc5247e0c", "03f4dc97-1245-452d-9d7b-17f8b86473b8"],
}
""")
UPDATED = json.loads("""
{
    "status": "OK",
    "updated_pipelines": [
        {
            "flowPipelineName": "udit-test",
            "flowPipelineId": "e05cc5f7-b199-49a6-b1bc-f17dc5247e0c"
        },
        {
            "flowPipelineName": "jag-test",
            "flowPipelineId": "03f4dc97-1245-452d-9d7b-17f8b86473b8"
        }
    ]
}
""")
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
