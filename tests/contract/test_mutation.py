"""Mutations break one written rule each, and every rule that is written."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from conformance.contract.document import Document
from conformance.contract.message import Request
from conformance.contract.mutation import mutations
from conformance.contract.place import Place
from conformance.contract.vendor import Vendor, find

OPENAPI: dict[str, Any] = {
    "openapi": "3.0.3",
    "paths": {
        "/things/{id}": {
            "post": {
                "operationId": "change",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
                    {"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 9}},
                    {"name": "kind", "in": "query", "required": True, "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string", "minLength": 1, "maxLength": 3},
                                    "state": {"type": "string", "enum": ["A", "B"]},
                                    "shown": {"type": "string", "readOnly": True},
                                },
                            }
                        }
                    },
                },
                "responses": {"200": {"description": "ok"}},
            }
        }
    },
}


def test_every_written_rule_has_its_mutation_and_valid_requests_are_left_alone() -> None:
    document = Document(Path("openapi.yaml"), OPENAPI)
    operation = document.operations["change"]
    found = mutations(document, operation, [Place.parse("$request.body#/name")])
    wanted = {
        "format-id",
        "type-size",
        "minimum-size",
        "maximum-size",
        "missing-kind",
        "missing-name",
        "type-name",
        "minLength-name",
        "maxLength-name",
        "enum-state",
    }
    assert wanted <= found.keys()
    assert not any("shown" in name for name in found)


def test_a_mutation_changes_its_place_only() -> None:
    document = Document(Path("openapi.yaml"), OPENAPI)
    valid = Request(
        "change", {"id": "i"}, (("kind", "k"), ("size", "3")), body={"name": "ab"}, media_type="application/json"
    )
    found = mutations(document, document.operations["change"], [])
    assert found["maximum-size"].apply(valid).query == (("kind", "k"), ("size", "10"))
    assert found["missing-name"].apply(valid).body == {}
    assert len(found["maxLength-name"].apply(valid).body["name"]) == 4
    assert found["missing-kind"].apply(valid).body == valid.body


def test_of_a_json_patch_only_what_the_operation_uses_is_broken() -> None:
    patch = Vendor.load(find("kuflow")).document
    operation = patch.operations["patchProcessMetadata"]
    assert "type-0.path" in mutations(patch, operation, [Place.parse("$request.body#")])
    assert "type-0.from" not in mutations(patch, operation, [Place.parse("$request.body#")])
    assert "type-0.from" in mutations(patch, operation, [Place.parse("$request.body#/0/from")])


def test_a_bound_in_a_url_is_broken_only_where_no_text_fits() -> None:
    root = copy.deepcopy(OPENAPI)
    post = root["paths"]["/things/{id}"]["post"]
    kinds: dict[str, Any] = {"either": ["string", "integer"], "maybe": ["integer", "null"], "number": "number"}
    post["parameters"] += [
        {"name": name, "in": "query", "schema": {"type": kind, "minimum": 4}} for name, kind in kinds.items()
    ]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    body["properties"]["bodily"] = {"type": ["string", "integer"], "minimum": 4}
    document = Document(Path("openapi.yaml"), root)
    found = mutations(document, document.operations["change"], [Place.parse("$request.body#/name")])
    assert found.keys() >= {"minimum-maybe", "minimum-number", "minimum-bodily"}
    assert "minimum-either" not in found
