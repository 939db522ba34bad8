"""Which ids are one id."""

from __future__ import annotations

import pytest

from conformance.contract.identity import id_text


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
