"""What counts as a reference, and what a request is broken with."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.checks.errors import path_ids, references
from conformance.contract.message import Request
from conformance.contract.mutation import mutations
from conformance.contract.pointer import ABSENT
from conformance.contract.vendor import Vendor

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="module")
def kuflow() -> Vendor:
    return Vendor.load(SPECS / "kuflow")


@pytest.mark.parametrize(
    ("operation", "labels"),
    [
        ("createProcess", ["processDefinitionId"]),
        ("createProcessItem", ["processId"]),
        ("downloadProcessDocument", ["documentUri"]),
        ("updateProcessMetadata", []),
        ("downloadRobotAsset", []),
    ],
)
def test_references_are_the_ids_outside_the_path(kuflow: Vendor, operation: str, labels: list[str]) -> None:
    assert list(references(kuflow, kuflow.semantics.operations[operation])) == labels


def test_a_path_id_names_something_that_exists(kuflow: Vendor) -> None:
    assert [str(place) for place in path_ids(kuflow.semantics.operations["retrieveRobot"])] == ["$request.path.id"]
    assert path_ids(kuflow.semantics.operations["findRobots"]) == []


def test_a_body_is_broken_as_a_whole(kuflow: Vendor) -> None:
    call = kuflow.semantics.operations["patchProcessMetadata"]
    broken = mutations(kuflow.document, kuflow.document.operations[call.id], call.request)
    valid = Request(call.id, body=[{"op": "add", "path": "/a", "value": 1}], media_type="application/json-patch+json")
    assert broken["no-body"].apply(valid).body is ABSENT
    assert broken["minItems"].apply(valid).body == []
    assert broken["media-type"].apply(valid).media_type == "application/xml"
    assert broken["undeclared-0"].apply(valid).body[0].keys() == {"op", "path", "value", "noSuchProperty"}


def test_an_operation_without_a_body_has_none_to_break(kuflow: Vendor) -> None:
    call = kuflow.semantics.operations["cancelProcess"]
    assert list(mutations(kuflow.document, kuflow.document.operations[call.id], call.request)) == ["format-id"]
