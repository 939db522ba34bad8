"""Everything that the vendor's document prints fits the contract, after repairs that are written down here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from conformance.contract.document import Document
from conformance.contract.message import Reply
from conformance.contract.source import load_yaml
from conformance.contract.validation import Validators

CONTRACT = Path(__file__).parent.parent / "specs" / "smartflows" / "openapi.yaml"

CREATED = """
{
  "id":"6de9206a-de42-4182-8f86-a9a8d29fbd56",
  "percentage":0,
  "message":"Generate document",
  "status":"Running"
}
"""

PROGRESS = """
{
    "id": "85f8fe94-6f61-4216-af6c-4889e2547b72",
    "percentage": 30,
    "message": "Generating Document",
    "status": "Running",
    "schema": {
        ...
    },
    "model": {
        ...
    },
    "form": [
        ...
    ]
}
"""

DETAIL = """
{
    "id": "executionid",
    "createdAt": ... ,
    "createdBy": ... ,
    "modifiedAt": ... ,
    "modifiedBy": ... ,
    "status": "Success",
    "flow": {
        "id": "someguid",
        "displayName": "The displayName",
        "type": "flow"
    },
    "state": {
        "inputData": { ... },
        "output": { ... },
        "stages": [ ... ],
        "report": [ ... ]
            }
    }
}
"""

# What the samples leave out or print wrongly: each text is replaced, wherever it stands, by the one beside it.
NO_CONTENT = (("...", ""),)
DETAIL_REPAIRS = (
    (": ... ,", ": null,"),  # of the audit properties not even the type is shown
    ("...", ""),  # the contents of objects and arrays are left out
    ('"report": [  ]\n            }\n    }\n}', '"report": []\n    }\n}'),  # one closing brace too many
    ('"executionid"', '"6de9206a-de42-4182-8f86-a9a8d29fbd56"'),  # stands for a guid
    ('"someguid"', '"85f8fe94-6f61-4216-af6c-4889e2547b72"'),  # stands for a guid
)
SAMPLES = {
    "created": ("createExecution", CREATED, ()),
    "progress": ("getExecutionProgress", PROGRESS, NO_CONTENT),
    "detail": ("getExecution", DETAIL, DETAIL_REPAIRS),
}
TABLE = "Running, Success, Queued, User input, Error, Canceled, Waiting, SelectFlow, Interrupted"


@pytest.fixture(scope="module")
def validators() -> Validators:
    return Validators(Document.load(CONTRACT))


def repaired(sample: str, repairs: tuple[tuple[str, str], ...]) -> str:
    for wrong, right in repairs:
        assert wrong in sample, f"the sample no longer needs the repair of {wrong!r}"
        sample = sample.replace(wrong, right)
    return sample


def fits(validators: Validators, operation: str, body: Any) -> bool:
    reply = Reply(200, {"content-type": "application/json"}, json.dumps(body).encode())
    return validators.reply(validators.document.operations[operation], reply) is None


def test_the_contract_is_a_valid_document() -> None:
    validate(load_yaml(CONTRACT))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_reply_fits(validators: Validators, name: str) -> None:
    operation, sample, repairs = SAMPLES[name]
    assert fits(validators, operation, json.loads(repaired(sample, repairs)))


@pytest.mark.parametrize("name", [name for name, (_, _, repairs) in SAMPLES.items() if repairs])
def test_a_printed_reply_needs_its_repairs(name: str) -> None:
    with pytest.raises(ValueError):
        json.loads(SAMPLES[name][1])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_reply_without_a_property_does_not(validators: Validators, name: str) -> None:
    operation, sample, repairs = SAMPLES[name]
    whole = json.loads(repaired(sample, repairs))
    required = [key for key in whole if key not in ("schema", "model", "form")]
    for key in required:
        assert not fits(validators, operation, {kept: value for kept, value in whole.items() if kept != key})


@pytest.mark.parametrize("status", TABLE.split(", "))
def test_every_status_of_the_table_fits(validators: Validators, status: str) -> None:
    assert fits(validators, "getExecutionProgress", {**json.loads(CREATED), "status": status})


@pytest.mark.parametrize("change", [{"percentage": 101}, {"percentage": -1}, {"percentage": 0.5}, {"status": "Done"}])
def test_other_values_do_not(validators: Validators, change: dict[str, Any]) -> None:
    assert not fits(validators, "createExecution", {**json.loads(CREATED), **change})


def test_the_printed_request_is_an_operation(validators: Validators) -> None:
    create = load_yaml(CONTRACT)["paths"]["/flows/executions"]["post"]
    assert [parameter["name"] for parameter in create["parameters"]] == ["flowId"]
    scheme = load_yaml(CONTRACT)["components"]["securitySchemes"]["ApiKeyAuth"]
    assert (scheme["in"], scheme["name"]) == ("header", "X-API-Key")
    assert "application/xml" in load_yaml(CONTRACT)["components"]["requestBodies"]["InputData"]["content"]
