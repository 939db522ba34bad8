"""What two representations of one thing show alike."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.engine.likeness import alike, shared, told, told_throughout

READ = {
    "id": "8C400D55-15D4-41F9-B306-EC2836898D83",
    "at": "2026-03-02T09:00:00.001Z",
    "of": {"name": "a", "more": 1},
    "owner": "x",
    "tags": ["a"],
}


def differences(one: Any, other: Any) -> list[str]:
    return [at for at, left, right in told(one, other) if not alike(left, right)]


def test_what_only_one_of_them_shows_is_left_out() -> None:
    listed = {
        "id": "8c400d55-15d4-41f9-b306-ec2836898d83",
        "at": "2026-03-02T10:00:00.001999+01:00",
        "of": {"name": "a"},
        "owner": None,
        "tags": [],
        "also": True,
    }
    assert differences(listed, READ) == []


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"owner": "y"}, "/owner"),
        ({"of": {"name": "b"}}, "/of/name"),
        ({"of": {"more": True}}, "/of/more"),
        ({"at": "2026-03-02T09:00:01.002Z"}, "/at"),
        ({"of": "a"}, "/of"),
    ],
)
def test_another_value_is_another(wrong: dict[str, Any], at: str) -> None:
    assert differences({**READ, **wrong}, READ) == [at]


def test_lists_and_null_are_values_where_both_show_all() -> None:
    item = {"id": 1, "task": {"state": "READY", "hint": "x", "tags": []}, "none": None}
    body = {"id": 1, "task": {"state": "CLAIMED", "tags": [1]}, "none": 2, "more": 2}
    assert [one for one in shared(item, body) if one[1] != one[2]] == [
        ("/task/state", "READY", "CLAIMED"),
        ("/task/tags", [], [1]),
        ("/none", None, 2),
    ]


@pytest.mark.parametrize(
    ("one", "other", "at"),
    [
        (["a", "b"], ["b", "a"], ["/tags/0", "/tags/1"]),
        (["a", "b"], ["a"], ["/tags/1"]),
        ([], ["a"], ["/tags/0"]),
        ([["a"]], [["b"]], ["/tags/0/0"]),
        ([{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}], []),
        ([{"id": 1, "x": 1}], [{"id": 1, "x": 2}], ["/tags/0/x"]),
        ([{"id": 1}, {"id": 2}], [{"id": 1, "age": 9}, {"id": 2, "age": 8}], []),
        ([{"id": 1, "of": {"n": 1}}, {"id": 2, "of": {"n": 1}}], [{"id": 2, "of": {"a": 0, "n": 1}}, {"id": 1}], []),
        ([{"id": 1, "age": 9}, {"id": 2, "age": 8}], [{"id": 1}, {"id": 3}], ["/tags/1/id"]),
        ([{"id": 1}, {"id": 2}], [{"id": 2, "age": 9}], ["/tags/1"]),
        ([{"id": 1}], [{"id": 1}, {"id": 2}], ["/tags/1"]),
        ([{"id": 1}, {"id": 1}], [{"id": 1}, {"id": 2}], ["/tags/1/id"]),
    ],
)
def test_lists_are_opened(one: list[Any], other: list[Any], at: list[str]) -> None:
    pairs = told_throughout({"tags": one}, {"tags": other})
    assert [where for where, left, right in pairs if not alike(left, right)] == at
