from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.checks._acting import optional_values
from conformance.contract.pointer import ABSENT
from conformance.contract.vendor import Vendor
from conformance.engine.outcome import Mismatch, expect_equal, same


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
    with pytest.raises(Mismatch, match=r"expected /flag False; got /flag 0"):
        expect_equal(0, False, "/flag")


@pytest.mark.parametrize(
    ("vendor", "operation", "pointers"),
    [
        ("kuflow", "createProcessItem", {"/task/data/value": "task-data", "/ownerId": "ownerId"}),
        ("kuflow", "createProcess", {"/metadata/value": "metadata", "/initiatorId": "initiatorId"}),
        (
            "optimajet",
            "createInstanceWithParameters",
            {
                "/ProcessParameters/conformanceNote": "parameter",
                "/ProcessParameters/conformanceRemark": "second-parameter",
                "/ProcessParameters/conformanceCount": "number",
            },
        ),
        ("optimajet", "createInstance", {}),
    ],
)
def test_what_a_create_keeps_beyond_need_is_one_value_a_place(
    vendor: str, operation: str, pointers: dict[str, str]
) -> None:
    loaded = Vendor.load(Path(__file__).parents[2] / "specs" / vendor)
    stores: Any = loaded.semantics.operations[operation].facets.get("stores")
    kept = {pointer: stores.kept[name] for pointer, name in pointers.items()}
    assert optional_values(loaded, operation) == kept
