from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.pointer import ABSENT
from conformance.engine.outcome import Mismatch, expect_json, same


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, 1.0), ({"a": 1, "b": [True]}, {"b": [True], "a": 1.0}), ([], []), (None, None), ("", "")],
)
def test_equal_json(left: Any, right: Any) -> None:
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (1, True),
        (0, False),
        ({"a": 1}, {"a": True}),
        ([0], [False]),
        (None, ABSENT),
        ([1, 2], [2, 1]),
        ({}, []),
        ("1", 1),
    ],
)
def test_unequal_json(left: Any, right: Any) -> None:
    assert not same(left, right)
    assert not same(right, left)


def test_a_mismatch_says_what_differs() -> None:
    with pytest.raises(Mismatch, match=r"expected /flag: False; got /flag: 0"):
        expect_json(0, False, "/flag")
