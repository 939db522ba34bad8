"""Properties beyond the contract are found wherever they stand, and nothing that a schema allows for counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.contract.message import Reply
from conformance.contract.undeclared import Undeclared

SCHEMAS: dict[str, Any] = {
    "Base": {"type": "object", "properties": {"id": {"type": "string"}}},
    "Whole": {
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {
                "properties": {
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Base"}},
                    "free": {"type": "object"},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "one": {
                        "oneOf": [
                            {"type": "object", "properties": {"a": {}}},
                            {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/Base"}}},
                        ]
                    },
                }
            },
        ]
    },
}
CONTENT = {"application/json": {"schema": {"$ref": "#/components/schemas/Whole"}}}
ROOT = {
    "openapi": "3.0.3",
    "info": {"title": "x", "version": "1"},
    "paths": {"/x": {"get": {"operationId": "x", "responses": {"200": {"description": "", "content": CONTENT}}}}},
    "components": {"schemas": SCHEMAS},
}


def found(body: Any, status: int = 200, media_type: str = "application/json") -> tuple[str, ...]:
    document = Document(Path("x.yaml"), ROOT)
    reply = Reply(status, {"content-type": media_type}, json.dumps(body).encode(), 0.0)
    return Undeclared(document).properties(document.operations["x"], reply)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"id": "1", "parts": [{"id": "2"}]}, ()),
        ({"more": 1}, ("/more",)),
        ({"parts": [{"id": "2"}, {"a/b": 1}, {"a/b": 2}]}, ("/parts/*/a~1b",)),
        ({"free": {"any": 1}, "labels": {"any": "x"}}, ()),
        ({"one": {"a": {"any": 1}, "b": {"id": "1", "c": 2}}}, ("/one/b/c",)),
        ([1], ()),
        (None, ()),
    ],
)
def test_what_is_not_declared_is_pointed_to(body: Any, pointers: tuple[str, ...]) -> None:
    assert found(body) == pointers


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        ({"id": "1", "more": 1}, {"id": "1"}),
        ({"parts": [{"id": "2", "a/b": 1}, {"a/b": 2}]}, {"parts": [{"id": "2"}, {}]}),
        ({"free": {"any": 1}}, {"free": {"any": 1}}),
        ([1], [1]),
    ],
)
def test_it_is_left_out(body: Any, declared: Any) -> None:
    document = Document(Path("x.yaml"), ROOT)
    reply = Reply(200, {"content-type": "application/json"}, json.dumps(body).encode(), 0.0)
    assert Undeclared(document).left_out(document.operations["x"], reply) == declared
    assert reply.json == body


def test_what_is_not_described_declares_nothing() -> None:
    assert found({"more": 1}, status=404) == ()
    assert found({"more": 1}, media_type="text/plain") == ()


def test_what_was_looked_into_once_is_found_again() -> None:
    document = Document(Path("x.yaml"), ROOT)
    undeclared, operation = Undeclared(document), document.operations["x"]
    bodies: list[Any] = [{"parts": [{"id": "1"}]}, {"parts": [{"id": "1", "more": 1}]}, {"id": {"a": 1}}, {"more": 1}]
    replies = [Reply(200, {"content-type": "application/json"}, json.dumps(body).encode(), 0.0) for body in bodies]
    first = [undeclared.properties(operation, reply) for reply in replies]
    assert first == [(), ("/parts/*/more",), (), ("/more",)]
    assert [undeclared.properties(operation, reply) for reply in replies] == first
