"""The contract equals what the vendor published, and the record of it is strict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from conformance.contract import pointer
from conformance.contract.source import load_yaml
from conformance.drift.published import Publication, accepted, compare, corrected, departures, digest, load_publication
from conformance.errors import DocumentError

ROOT = Path(__file__).parent.parent
SPECS = ROOT / "specs" / "kuflow"
RECORD = (SPECS / "published.toml").read_text(encoding="utf-8")
PUBLISHED = ROOT.parent / "shared" / "published" / "kuflow" / "openapi-2024-09-13-d18ca5a.yaml"

needs_published = pytest.mark.skipif(not PUBLISHED.exists(), reason="the vendor's file is not here")


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    return load_yaml(SPECS / "openapi.yaml")


@pytest.fixture(scope="module")
def publication() -> Publication:
    return load_publication(SPECS / "published.toml")


def test_the_contract_is_a_valid_document(contract: dict[str, Any]) -> None:
    validate(contract)
    webhooks = {f"/{name}": item for name, item in contract["x-webhooks"].items()}
    validate({**contract, "paths": webhooks})


def test_the_contract_has_no_other_extension(contract: dict[str, Any]) -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()

    assert {key for key in keys(contract) if key.startswith("x-")} == {"x-webhooks"}


def test_the_contract_is_the_one_on_record(contract: dict[str, Any], publication: Publication) -> None:
    assert len(publication.wire) == 34
    assert departures(contract, publication) == []


def test_another_bound_is_not_the_one_on_record(contract: dict[str, Any], publication: Publication) -> None:
    changed = pointer.put(contract, "/components/parameters/Size/schema/maximum", 1001)
    lists = ["findPrincipals", "findProcessItems", "findProcesses", "findRobots", "findTenantUsers"]
    found = departures(changed, publication)
    assert [one.operation for one in found] == lists
    assert {one.pointers for one in found} == {("/parameters/query size",)}


def test_a_property_that_changed_is_named(contract: dict[str, Any], publication: Publication) -> None:
    changed = pointer.put(contract, "/components/schemas/ProcessCreateParams/properties/id/format", "text")
    [found] = departures(changed, publication)
    assert found.operation == "createProcess"
    assert found.pointers == ("/request/content/application~1json/schema/properties/id",)


def test_operations_that_come_and_go_are_named(contract: dict[str, Any], publication: Publication) -> None:
    paths = dict(contract["paths"])
    paths["/fresh"] = {"get": {"operationId": "getFresh", "responses": {"200": {"description": ""}}}}
    del paths["/workers"]
    found = departures({**contract, "paths": paths}, publication)
    assert [(one.operation, one.says) for one in found] == [
        ("createWorker", "the contract has it no longer"),
        ("getFresh", "it is new in the contract"),
    ]


def test_what_is_accepted_is_on_record(contract: dict[str, Any], publication: Publication, tmp_path: Path) -> None:
    changed = pointer.put(contract, "/components/parameters/Size/schema/maximum", 1001)
    path = tmp_path / "published.toml"
    path.write_text(accepted(RECORD, changed, "0" * 64), encoding="utf-8")
    record = load_publication(path)
    assert record.document == publication.document.model_copy(update={"sha256": "0" * 64})
    assert record.exceptions == publication.exceptions
    assert departures(changed, record) == []
    assert departures(contract, record) != []


def test_the_record_is_what_would_be_accepted_now(contract: dict[str, Any], publication: Publication) -> None:
    assert accepted(RECORD, contract, publication.document.sha256) == RECORD


def test_there_is_exactly_one_exception(publication: Publication) -> None:
    [exception] = publication.exceptions
    assert (exception.schemas, exception.remove) == (("Process", "ProcessPageItem"), "initiator")


@needs_published
def test_the_published_file_is_the_one_meant(publication: Publication) -> None:
    assert digest(PUBLISHED.read_bytes()) == publication.document.sha256


@needs_published
def test_the_contract_equals_the_published_file(contract: dict[str, Any], publication: Publication) -> None:
    published = load_yaml(PUBLISHED)
    assert [str(difference) for difference in compare(contract, published, publication.exceptions)] == []
    assert departures(corrected(published, publication.exceptions), publication) == []


@needs_published
def test_the_exception_is_all_that_differs(contract: dict[str, Any]) -> None:
    found = compare(contract, load_yaml(PUBLISHED), ())
    assert {difference.theirs for difference in found} == {"initiator"}
    assert all(difference.pointer.endswith("/required") for difference in found)


@needs_published
def test_the_contract_copies_no_sentence(contract: dict[str, Any]) -> None:
    assert prose(contract)
    assert prose(contract) & prose(load_yaml(PUBLISHED)) == set()


def prose(value: Any) -> set[str]:
    """Every summary and description, whatever its case and layout."""
    if isinstance(value, list):
        return set().union(*map(prose, value))
    if not isinstance(value, dict):
        return set()
    own = (value.get("summary"), value.get("description"))
    words = {" ".join(text.lower().split()).rstrip(".") for text in own if isinstance(text, str)}
    return words.union(*map(prose, value.values()))


def test_an_idle_exception_is_refused(contract: dict[str, Any], publication: Publication) -> None:
    with pytest.raises(DocumentError, match="not at /components/schemas/Process/allOf/1/required"):
        compare(contract, contract, publication.exceptions)
    moved = publication.exceptions[0].model_copy(update={"pointer": "/required"})
    with pytest.raises(DocumentError, match="'initiator': not at /components/schemas/Process/required"):
        compare(contract, contract, [moved])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("commit =", "comit =", "document.comit: unknown key; did you mean 'commit'?"),
        ("remove =", "removes =", "exception.0.removes: unknown key; did you mean 'remove'?"),
        ("[[exception]]", "[[exceptions]]", "exceptions: unknown key; did you mean 'exception'?"),
        ('sha256 = "bce9', 'sha256 = "', "document.sha256: String should match"),
        ("date = 2024-09-13", "", "document.date: Field required"),
        ("[document]", "[document", "Expected ']'"),
    ],
)
def test_a_broken_record_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in RECORD
    path = tmp_path / "published.toml"
    path.write_text(RECORD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_publication(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        load_publication(tmp_path / "published.toml")
