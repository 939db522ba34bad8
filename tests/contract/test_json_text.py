"""Numbers mean the same however they are written."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.json_text import parsed
from conformance.contract.message import Reply
from conformance.contract.pointer import dig


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25", 25),
        ("25.0", 25),
        ("2.5e1", 25),
        ("250E-1", 25),
        ("-0.0", 0),
        ("2.5", 2.5),
        ("1e16", 1e16),
        ('"1.0"', "1.0"),
    ],
)
def test_a_whole_number_is_an_integer(text: str, value: Any) -> None:
    assert (parsed(text), type(parsed(text))) == (value, type(value))


def test_replies_and_texts_within_them_are_read_so() -> None:
    body = Reply(200, {}, b'{"total": 25.0, "inner": "{\\"end\\": 1.7e9}"}').json
    assert isinstance(body["total"], int)
    assert isinstance(dig(body, "/inner#/end"), int)
