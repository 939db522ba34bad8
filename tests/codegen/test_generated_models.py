"""Models keep what they read, tell absent from null, and refuse what is unknown when asked to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from kuflow_client import MISSING, models
from pydantic import ValidationError

ID = "0d7a9f36-34c4-4a9b-8d53-6b0a4f2f6c11"
DEFINITION = {"id": ID, "version": ID, "name": "Leave"}
JSON = {"valid": False, "value": {"a": None, "b": [1, {}]}, "errors": [{"propertyPath": "/a", "type": "X"}]}
PROCESS = {
    "id": ID,
    "state": "RUNNING",
    "processDefinition": DEFINITION,
    "metadata": JSON,
    "processRelated": {"incoming": [ID], "outcoming": []},
    "tenantId": ID,
    "createdAt": "2024-09-13T10:00:00Z",
}
ROW = {name: PROCESS[name] for name in ("id", "state", "processDefinition", "tenantId", "createdAt")}
TASK = {"state": "READY", "taskDefinition": {**DEFINITION, "code": "T1"}, "data": JSON, "logs": []}
METADATA = {"size": 25, "page": 0, "totalElements": 1, "totalPages": 1}
SOURCE = {"id": ID, "name": "a.zip", "contentType": "application/zip", "contentLength": 1, "contentHash": "x"}
NAMED = {"id": ID, "code": "R", "name": "Robot", "tenantId": ID}

SAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("Process", PROCESS),
    ("ProcessPage", {"metadata": METADATA, "content": [ROW]}),
    ("ProcessItem", {"id": ID, "type": "TASK", "processId": ID, "task": TASK}),
    ("ProcessItemCreateParams", {"type": "MESSAGE", "processId": ID, "message": {"text": "hi"}}),
    ("Principal", {"id": ID, "type": "USER", "user": {"email": "nobody@host.invalid"}}),
    ("Worker", {"identity": "w", "taskQueue": "q", "hostname": "h", "ip": "10.0.0.1", "robotIds": [ID]}),
    ("Robot", {**NAMED, "sourceType": "PACKAGE", "sourceFile": SOURCE, "environmentVariables": {"A": "1"}}),
    ("Authentication", {"type": "ENGINE_TOKEN", "engineToken": {"token": "t", "expiredAt": "2024-01-01T00:00:00Z"}}),
    ("DefaultError", {"timestamp": "2024-01-01T00:00:00Z", "status": 404, "message": "m", "errors": []}),
    ("JsonPatchOperation", {"op": "move", "from": "/a", "path": "/b"}),
    ("JsonPatchOperation", {"op": "add", "path": "/b", "value": None}),
    ("WebhookEvent", {"id": ID, "version": "1", "type": "PROCESS.CREATED", "timestamp": "2024-01-01T00:00:00Z"}),
]


@pytest.mark.parametrize(("name", "sample"), SAMPLES, ids=[name for name, _ in SAMPLES])
def test_a_model_gives_back_what_it_read(name: str, sample: dict[str, Any]) -> None:
    assert getattr(models, name).from_dict(sample).to_dict() == sample
    assert getattr(models, name).from_dict(sample, strict=True).to_dict() == sample


def test_fields_have_python_names_and_types() -> None:
    process = models.Process.from_dict(PROCESS)
    assert process.state is models.ProcessState.RUNNING
    assert process.tenant_id == UUID(ID)
    assert process.created_at == datetime(2024, 9, 13, 10, tzinfo=UTC)
    assert process.initiator_id is MISSING


def test_a_new_field_survives_at_any_depth() -> None:
    sample = {**PROCESS, "colour": "red", "processDefinition": {**DEFINITION, "owner": {"id": 1}}}
    process = models.Process.from_dict(sample)
    assert process.model_extra == {"colour": "red"}
    assert process.to_dict() == sample


@pytest.mark.parametrize("depth", ["top", "nested"])
def test_strict_refuses_a_new_field_at_any_depth(depth: str) -> None:
    nested = {**PROCESS, "processDefinition": {**DEFINITION, "owner": 1}}
    sample = {**PROCESS, "owner": 1} if depth == "top" else nested
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        models.Process.from_dict(sample, strict=True)


def test_a_missing_or_null_field_that_the_contract_requires_is_refused() -> None:
    for broken in ({**PROCESS, "state": None}, {k: v for k, v in PROCESS.items() if k != "state"}):
        with pytest.raises(ValidationError, match="state"):
            models.Process.from_dict(broken)


def test_what_is_not_set_is_not_sent_and_null_is() -> None:
    definition = uuid4()
    params = models.ProcessCreateParams(process_definition_id=definition)
    assert params.to_dict() == {"processDefinitionId": str(definition)}
    absent = models.JsonPatchOperation(op=models.JsonPatchOperationType.ADD, path="/a")
    null = models.JsonPatchOperation(op=models.JsonPatchOperationType.ADD, path="/a", value=None)
    assert "value" not in absent.to_dict()
    assert null.to_dict()["value"] is None


def test_a_closed_schema_stays_closed() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        models.JsonPatchOperation.from_dict({"op": "add", "path": "/a", "note": "x"})


def test_multipart_parts_carry_text_json_and_bytes() -> None:
    params = models.JsonValue.from_dict({"value": {"a": 1}, "blob": b"\x00", "note": "hi", "files": [b"\xff", b"b"]})
    assert params.to_multipart() == [
        ("value", (None, b'{"a": 1}', "application/json")),
        ("blob", ("blob", b"\x00", "application/octet-stream")),
        ("note", (None, b"hi", "text/plain")),
        ("files", ("files", b"\xff", "application/octet-stream")),
        ("files", ("files", b"b", "application/octet-stream")),
    ]
