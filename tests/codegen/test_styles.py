"""What a client sends is written as the document says, or the document is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kuflow_client import wire

from conformance.codegen.prepare import prepared

LIST = {"type": "array", "items": {"type": "string"}}
AT = "/paths/~1a/get/parameters/0"
IN_FORM = "/components/schemas/Form/allOf/0/properties/x"
OBJECT = {"$ref": "#/components/schemas/Filter"}


def contract(place: str, schema: dict[str, Any], **settings: Any) -> dict[str, Any]:
    parameter = {"name": "x", "in": place, "required": True, "schema": schema, **settings}
    operation = {"operationId": "a", "parameters": [parameter], "responses": {"204": {"description": "x"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": {"Filter": {"type": "object", "properties": {"state": {"type": "string"}}}}},
    }


def form(**properties: dict[str, Any]) -> dict[str, Any]:
    document = contract("query", {"type": "string"})
    document["components"]["schemas"]["Form"] = {"allOf": [{"type": "object", "properties": properties}]}
    schema = {"$ref": "#/components/schemas/Form"}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    document["paths"]["/a"]["post"] = {**document["paths"]["/a"]["get"], "operationId": "b", "requestBody": body}
    return document


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (
            contract("query", OBJECT, style="deepObject", explode=True),
            f"{AT}/style: 'deepObject' in a query is a style that the client does not know",
        ),
        (contract("path", LIST, style="matrix"), f"{AT}/style: 'matrix' in a path is a style"),
        (
            contract("query", LIST, explode=False),
            f"{AT}/explode: the client sends an array in a query only with explode: true",
        ),
        (
            contract("query", {"anyOf": [OBJECT, {"type": "null"}]}, explode=False),
            f"{AT}/explode: the client sends an object",
        ),
        (contract("path", OBJECT), f"{AT}: the client does not send an object in a path"),
        (contract("cookie", LIST), f"{AT}: the client does not send an array in a cookie"),
        (
            contract("query", {}, content={"application/json": {"schema": OBJECT}}),
            f"{AT}/content: the client does not send a parameter of a media type",
        ),
        (form(x=OBJECT), f"{IN_FORM}: the client does not send an object in a form"),
        (
            form(x={"type": "array", "items": OBJECT}),
            "/components/schemas/Form/allOf/0/properties/x: the client does not send an object in a form",
        ),
    ],
)
def test_a_style_that_the_client_does_not_know_is_refused(
    refuses: Callable[[dict[str, Any], str], None], document: dict[str, Any], says: str
) -> None:
    refuses(document, says)


@pytest.mark.parametrize(
    "document",
    [
        contract("query", LIST),
        contract("query", OBJECT, style="form", explode=True),
        contract("query", {"type": "string"}, explode=False),
        contract("path", LIST, explode=True),
        contract("cookie", {"type": "string"}),
        form(x={"type": "string"}, y=LIST),
    ],
)
def test_the_styles_that_it_knows_are_taken(document: dict[str, Any]) -> None:
    prepared(document)


def test_a_list_in_a_path_is_joined_by_commas() -> None:
    assert wire.path("/a/{x}/{y}", x=["a b", "c,d", True], y="e") == "/a/a%20b,c%2Cd,true/e"
