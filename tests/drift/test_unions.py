"""What changed within one member of a union is told in that member's words, at the place where it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.drift.change import Change
from conformance.drift.comparison import compare

REFUSED = {"type": "object", "required": ["status", "msg"], "properties": {"status": {"const": "ERROR"}, "msg": {}}}
JOB: dict[str, Any] = {
    "type": "object",
    "required": ["id", "folder"],
    "properties": {"id": {"type": "string"}, "folder": {"type": "string"}},
}


def document(word: str, job: dict[str, Any]) -> Document:
    done = {
        "type": "object",
        "required": ["status", "jobs"],
        "properties": {
            "status": {"const": "OK"},
            "jobs": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}},
        },
    }
    named = [{"$ref": "#/components/schemas/Refused"}, {"$ref": "#/components/schemas/Done"}]
    reply = {"content": {"application/json": {"schema": {word: named}}}, "description": ""}
    root = {
        "openapi": "3.1.0",
        "info": {},
        "paths": {"/a": {"post": {"operationId": "start", "responses": {"200": reply}}}},
        "components": {"schemas": {"Refused": REFUSED, "Done": done, "Job": job}},
    }
    return Document(Path("x.yaml"), root)


def changed(word: str, job: dict[str, Any]) -> Change:
    (change,) = [one for one in compare(document(word, JOB), document(word, job)) if one.level == "breaking"]
    return change


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_another_type_of_a_property(word: str) -> None:
    change = changed(word, {**JOB, "properties": {**JOB["properties"], "folder": {"type": ["string", "null"]}}})
    assert '/jobs/0/folder: null is not of type "string"' in change.says
    assert change.pointer == "/components/schemas/Job/properties/folder"
    assert (change.before, change.after) == ({"type": "string"}, {"type": ["string", "null"]})


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_a_property_that_may_be_missing_or_is_gone(word: str) -> None:
    optional = {**JOB, "required": ["folder"]}
    change = changed(word, optional)
    assert '/jobs/0: "id" is a required property' in change.says
    assert (change.pointer, change.before, change.after) == ("/components/schemas/Job", JOB, optional)
    gone = {**JOB, "properties": {"id": {"type": "string"}}}
    change = changed(word, gone)
    assert "/jobs/0/folder: " in change.says
    assert (change.pointer, change.before, change.after) == ("/components/schemas/Job", JOB, gone)
