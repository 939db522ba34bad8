"""What counts as a set, as a double, and as what the server holds."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.set import twice
from conformance.contract.facets.set import Set, Told
from conformance.engine.outcome import Mismatch
from conformance.engine.sets import ids_in

PROMISE = {
    "owner": "$request.body#/job",
    "place": "$request.body#/members",
    "members": [{"fixture": "some"}, ["x"]],
}


@pytest.mark.parametrize(
    ("members", "double"),
    [
        (["a", "b"], None),
        (["a", "b", "a"], '"a"'),
        ([{"x": 1, "y": 2}, {"y": 2, "x": 1}], '{"x": 1, "y": 2}'),
        ([1, True], None),
        ([], None),
        ("aa", None),
    ],
)
def test_a_double_is_the_same_json_value_again(members: Any, double: str | None) -> None:
    assert twice(members) == double


def test_ids_are_read_from_members_or_are_the_members() -> None:
    assert ids_in(Told(items="/list", id="/key"), {"list": [{"key": "b"}, {"key": "a"}]}) == ["a", "b"]
    assert ids_in(Told(items="", id=""), ["b", "a"]) == ["a", "b"]


def test_ids_keep_doubles_so_that_a_member_told_twice_is_seen() -> None:
    assert ids_in(Told(items="", id=""), ["a", "a"]) == ["a", "a"]


def test_a_reply_without_a_list_shows_no_set() -> None:
    with pytest.raises(Mismatch, match="a list at /list"):
        ids_in(Told(items="/list"), {"list": None})


def test_a_set_is_seen_by_a_control_or_by_a_read_and_otherwise_not() -> None:
    assert not Set.model_validate(PROMISE).is_seen
    assert Set.model_validate({**PROMISE, "control": {"name": "members_of"}}).is_seen
    read = {"operation": "readSet", "owner": "$request.path.job", "items": "/members"}
    assert Set.model_validate({**PROMISE, "read": read}).is_seen
