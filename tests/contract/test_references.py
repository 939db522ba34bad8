"""Where references lead, and what is said of one that leads nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.contract.references import References, referred
from conformance.drift.rendering.note import located
from conformance.errors import DocumentError

ROOT: dict[str, Any] = {
    "end": {"type": "string"},
    "alone": {"$ref": "#/end"},
    "noted": {"$ref": "#/end", "title": "Noted"},
    "paths": {"/a/{id}": {"get": {}}},
    "back": {"$ref": "#/forth"},
    "forth": {"$ref": "#/back"},
    "list": [{"$ref": "#/alone"}],
}


@pytest.mark.parametrize(
    ("reference", "target", "followed"),
    [
        ("#/end", "/end", "/end"),
        ("#/alone", "/end", "/end"),
        ("#/noted", "/noted", "/end"),
        ("#/list/0", "/end", "/end"),
        ("#/paths/~1a~1%7Bid%7D/get", "/paths/~1a~1{id}/get", "/paths/~1a~1{id}/get"),
        ("#", "", ""),
    ],
)
def test_a_reference_leads_past_references(reference: str, target: str, followed: str) -> None:
    references = References(ROOT)
    assert references.target(reference, "/here") == target
    value, place = references.followed({"$ref": reference}, "/here")
    assert (place, value) == (followed, references.value(followed))


def test_what_is_no_reference_is_where_it_stands() -> None:
    assert References(ROOT).followed({"$ref": 5}, "/here") == ({"$ref": 5}, "/here")


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("other.yaml#/end", "/here: $ref 'other.yaml#/end' leaves the document"),
        ("#/none", "/here: $ref '#/none' points at nothing"),
        ("#end", "/here: $ref '#end' points at nothing"),
        ("#/back", "/here: $ref '#/forth' leads back to itself"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_its_place(reference: str, says: str) -> None:
    for follow in (References(ROOT).target, lambda one, at: References(ROOT).followed({"$ref": one}, at)):
        with pytest.raises(DocumentError) as wrong:
            follow(reference, "/here")
        assert wrong.value.message in (says, says.replace("forth", "back"))


def test_a_place_that_is_not_known_is_not_told() -> None:
    with pytest.raises(DocumentError, match=r"^\$ref '#/none' points at nothing"):
        References(ROOT).place("#/none")


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"$ref": "#/noted", "title": "Noted too"}, "/noted"),
        ({"$ref": "#/paths/~1a~1%7Bid%7D"}, "/paths/~1a~1{id}"),
        ({"$ref": "#/nothing"}, None),
        ({"$ref": "#end"}, None),
        ({"$ref": "other.yaml#/end"}, None),
        ({"$ref": 3}, None),
        ({"end": 3}, None),
        (True, None),
    ],
)
def test_what_a_value_refers_to(value: Any, place: str | None) -> None:
    assert referred(ROOT, value) == place


def test_an_annotation_stands_behind_a_reference_whose_signs_are_escaped() -> None:
    root = {"parts": {"a b": {"properties": {"x": {}}}}, "use": {"$ref": "#/parts/a%20b"}}
    assert located(Document(Path("a.yaml"), root), "/use/properties/x") == "/parts/a b/properties/x"
