"""A contract whose schemas have no names yields a client all the same."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from conformance.codegen.attribution import with_impact
from conformance.codegen.package import build
from conformance.codegen.prepare import prepared
from conformance.contract.document import Document
from conformance.errors import DocumentError

OBJECT = {"type": "object"}
NAMED = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}


def contract(schema: dict[str, Any] | None, **schemas: Any) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": schema}}} if schema else {}
    reply = {"description": "x", **content}
    return {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": {"operationId": "send_it", "responses": {"200": reply}}}},
        **({"components": {"schemas": schemas}} if schemas else {}),
    }


@pytest.mark.parametrize(
    ("document", "gives", "models"),
    [
        (contract(None), "None", set()),
        (contract({"type": "string"}), "str | None", set()),
        (contract(OBJECT), "SendItResponse200 | None", {"SendItResponse200"}),
        (contract({"type": "array", "items": NAMED}), "list[SendItResponse200Item] | None", {"SendItResponse200Item"}),
        (
            contract(NAMED, SendItResponse200={"type": "object", "properties": {"b": {"type": "integer"}}}),
            "SendItResponse2002 | None",
            {"SendItResponse200", "SendItResponse2002"},
        ),
    ],
)
def test_what_has_no_name_is_given_one(document: dict[str, Any], gives: str, models: set[str]) -> None:
    files = build(prepared(document), "acme")
    assert f"-> {gives}:" in files["acme_client/api/default/send_it.py"].decode()
    defined = ast.parse(files["acme_client/models.py"]).body
    assert {node.name for node in defined if isinstance(node, ast.ClassDef)} == models


def test_lifting_leaves_the_original() -> None:
    document = contract(OBJECT)
    prepared(document)
    assert document == contract(OBJECT)


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "string", "enum": ["x", "y"]}, "SeekHow"),
        ({"type": "object", "properties": {"k": {"type": "string"}}}, "SeekHow"),
        ({"type": "array", "items": {"enum": ["x"]}}, "list[SeekHowItem]"),
        ({"type": ["string", "null"], "enum": ["x", None]}, "None | SeekHowType0"),
        ({"oneOf": [{"enum": ["x", "y"]}, {"type": "integer"}]}, "int | SeekHowType0"),
        (True, "Any"),
    ],
)
def test_what_a_parameter_has_no_name_for_is_given_one(schema: Any, type_: str) -> None:
    document = contract(None)
    operation = {
        "operationId": "seek",
        "responses": {},
        "parameters": [{"name": "how", "in": "query", "schema": schema}],
    }
    document["paths"]["/a"] = {"get": operation}
    files = build(prepared(document), "acme")
    assert f"how: {type_} | MISSING = MISSING" in files["acme_client/api/default/seek.py"].decode()


def test_boolean_schemas_are_read() -> None:
    schema = {"type": "object", "properties": {"t": True, "f": False}, "additionalProperties": False}
    models = build(prepared(contract(None, A=schema)), "acme")["acme_client/models.py"].decode()
    assert "t: Any" in models
    assert "f: Any" in models


@pytest.mark.parametrize(
    ("member", "value", "says"),
    [("paths", {}, "the contract has no operation"), ("info", {"title": "T"}, "/info: title or version is missing")],
)
def test_a_document_that_yields_no_client_is_bad_input_to_a_comparison(member: str, value: Any, says: str) -> None:
    document = Document(Path("d.yaml"), {**contract(OBJECT), member: value})
    with pytest.raises(DocumentError, match=rf"d\.yaml: {says}; leave out --client") as told:
        with_impact((), document, document)
    assert told.value.exit_code == 2
