"""Which ids are one id."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.identity import id_text, same_id
from conformance.contract.pointer import ABSENT


@pytest.mark.parametrize(
    ("id_", "text"),
    [
        ("81CB4FE2-14DF-5C3E-BF45-DE412E315D05", "81cb4fe2-14df-5c3e-bf45-de412e315d05"),
        ("Job-A", "Job-A"),
        ("81CB4FE214DF5C3EBF45DE412E315D05", "81CB4FE214DF5C3EBF45DE412E315D05"),
        (7, "7"),
    ],
)
def test_the_case_of_letters_tells_nothing_in_a_uuid_and_all_in_other_ids(id_: object, text: str) -> None:
    assert id_text(id_) == text


ONE = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.mark.parametrize(("one", "other"), [(ONE, ONE), (ONE, ONE.upper()), ("a", "a")])
def test_a_uuid_is_the_same_in_any_case(one: str, other: str) -> None:
    assert same_id(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [(ONE, ONE[:-1] + "8"), ("a", "A"), (ABSENT, ONE), (None, ONE), (ONE, ONE + "0")]
)
def test_other_ids_are_others(one: Any, other: Any) -> None:
    assert not same_id(one, other)
