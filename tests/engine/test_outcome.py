"""What was expected and what came are told by what tells them apart, however long they are."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.engine.outcome import Mismatch, expect_equal

IDS = [f"id-{number:04}" for number in range(100)]
WIDE = {f"key{number}": "x" * 20 for number in range(20)}


@pytest.mark.parametrize(
    ("expected", "actual", "told"),
    [
        ([1, 2], [1], ("[1, 2]", "[1]")),
        (IDS, [*IDS, "more"], ("100 items", "101 items, with ['more']")),
        (IDS, ["other", *IDS[1:]], ("100 items, with ['id-0000']", "100 items, with ['other']")),
        (
            [*IDS[:98], "b", "a"],
            [*IDS[:98], "a", "b"],
            ("100 items, from item 99 on ['b', 'a']", "100 items, from item 99 on ['a', 'b']"),
        ),
        (IDS, [*IDS, IDS[0]], ("100 items, from item 101 on []", "101 items, from item 101 on ['id-0000']")),
        ({**WIDE, "state": 1}, {**WIDE, "state": 2}, ("with {'state': 1}", "with {'state': 2}")),
        (
            {**WIDE, "state": 1},
            {**WIDE, "b": 2},
            ("with {'state': 1} and without ['b']", "with {'b': 2} and without ['state']"),
        ),
    ],
)
def test_two_values_are_told_by_what_differs(expected: Any, actual: Any, told: tuple[str, str]) -> None:
    with pytest.raises(Mismatch) as caught:
        expect_equal(actual, expected, "it")
    assert (caught.value.expected, caught.value.actual) == (f"it {told[0]}", f"it {told[1]}")


@pytest.mark.parametrize(("one", "other"), [(True, 1), (0, False), ({"a": [1]}, {"a": [True]})])
def test_true_is_no_number(one: Any, other: Any) -> None:
    expect_equal(one, one, "it")
    with pytest.raises(Mismatch):
        expect_equal(one, other, "it")
