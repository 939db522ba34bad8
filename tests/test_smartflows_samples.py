"""Everything that the vendor's document prints fits the contract, after the repairs that its cassette tells of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from printed import printed

from conformance.contract.document import Document
from conformance.contract.message import Reply
from conformance.contract.source import load_yaml
from conformance.contract.validation import Validators

CONTRACT = Path(__file__).parent.parent / "specs" / "smartflows" / "openapi.yaml"

BEGUN, FOLLOWED, READ = printed("smartflows")
CREATED = BEGUN.reply.json
SAMPLES = {
    "created": ("createExecution", CREATED),
    "progress": ("getExecutionProgress", FOLLOWED.reply.json),
    "detail": ("getExecution", READ.reply.json),
}
TABLE = "Running, Success, Queued, User input, Error, Canceled, Waiting, SelectFlow, Interrupted"


@pytest.fixture(scope="module")
def validators() -> Validators:
    return Validators(Document.load(CONTRACT))


def fits(validators: Validators, operation: str, body: Any) -> bool:
    reply = Reply(200, {"content-type": "application/json"}, json.dumps(body).encode())
    return validators.reply(validators.document.operations[operation], reply) is None


def test_the_contract_is_a_valid_document() -> None:
    validate(load_yaml(CONTRACT))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_reply_fits(validators: Validators, name: str) -> None:
    assert fits(validators, *SAMPLES[name])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_reply_without_a_property_does_not(validators: Validators, name: str) -> None:
    operation, whole = SAMPLES[name]
    required = [key for key in whole if key not in ("schema", "model", "form")]
    for key in required:
        assert not fits(validators, operation, {kept: value for kept, value in whole.items() if kept != key})


@pytest.mark.parametrize("status", TABLE.split(", "))
def test_every_status_of_the_table_fits(validators: Validators, status: str) -> None:
    assert fits(validators, "getExecutionProgress", {**CREATED, "status": status})


@pytest.mark.parametrize("change", [{"percentage": 101}, {"percentage": -1}, {"percentage": 0.5}, {"status": "Done"}])
def test_other_values_do_not(validators: Validators, change: dict[str, Any]) -> None:
    assert not fits(validators, "createExecution", {**CREATED, **change})


def test_the_printed_request_is_an_operation(validators: Validators) -> None:
    create = load_yaml(CONTRACT)["paths"]["/flows/executions"]["post"]
    assert [parameter["name"] for parameter in create["parameters"]] == ["flowId"]
    scheme = load_yaml(CONTRACT)["components"]["securitySchemes"]["ApiKeyAuth"]
    assert (scheme["in"], scheme["name"]) == ("header", "X-API-Key")
    assert "application/xml" in load_yaml(CONTRACT)["components"]["requestBodies"]["InputData"]["content"]
