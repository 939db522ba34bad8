"""What a union refuses is told in the words of the member that the value was meant for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from conformance.contract.closest import closest
from conformance.contract.document import Document
from conformance.drift.comparison import compare

DONE = {
    "type": "object",
    "required": ["status", "data"],
    "properties": {
        "status": {"const": "OK"},
        "data": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
    },
}
REFUSED = {"type": "object", "required": ["status", "msg"], "properties": {"status": {"const": "ERROR"}, "msg": {}}}


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    ("value", "place", "says"),
    [
        ({"status": "OK", "data": {}}, ["data"], '"id" is a required property'),
        ({"status": "OK", "data": {"id": 5}, "msg": ""}, ["data", "id"], '5 is not of type "string"'),
        ({"status": "OK", "data": 5}, ["data"], '5 is not of type "object"'),
        ({"status": "ERROR", "data": {"id": "x"}}, [], '"msg" is a required property'),
    ],
)
@pytest.mark.parametrize("members", [[DONE, REFUSED], [REFUSED, DONE, {"type": "null"}]])
def test_the_member_is_the_one_that_the_value_says_it_is(
    word: str, members: list[Any], value: Any, place: list[str], says: str
) -> None:
    (error,) = jsonschema_rs.Draft202012Validator({word: members}).iter_errors(value)
    found = closest(error)
    assert (list(found.instance_path), found.message) == (place, says)


def test_what_is_valid_twice_and_what_is_no_union_stays_as_it_is() -> None:
    for schema in ({"oneOf": [{"type": "string"}, {"minLength": 1}]}, {"maxLength": 1}):
        (error,) = jsonschema_rs.Draft202012Validator(schema).iter_errors("abc")
        assert closest(error) is error


def test_a_diff_tells_what_changed_within_a_member() -> None:
    def document(required: list[str]) -> Document:
        done = {**DONE, "properties": {**DONE["properties"], "data": {"type": "object", "required": required}}}
        reply = {"content": {"application/json": {"schema": {"oneOf": [done, REFUSED]}}}, "description": ""}
        operation = {"operationId": "start", "responses": {"200": reply}}
        return Document(Path("x.yaml"), {"openapi": "3.1.0", "info": {}, "paths": {"/a": {"post": operation}}})

    (change,) = compare(document(["id", "folder"]), document(["id"]))
    assert change.level == "breaking"
    assert '/data: "folder" is a required property' in change.says
