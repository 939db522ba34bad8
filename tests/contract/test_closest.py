"""What a union refuses is told in the words of the member that the value was meant for."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from conformance.contract.closest import closest

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
