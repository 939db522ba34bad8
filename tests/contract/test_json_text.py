"""What JSON means, however it is written."""

from __future__ import annotations

import sys
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"cut \ud83d"', "cut \ufffd"),
        (r'"\udE00\uD83d"', "\ufffd\ufffd"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\\ud83d"', "\\ud83d"),
        (r'{"\ud800": 1}', {"\ufffd": 1}),
        ("1e400", sys.float_info.max),
        ("-1e400", -sys.float_info.max),
    ],
)
def test_what_no_encoding_and_no_double_holds_has_the_nearest_that_they_do(text: str, value: Any) -> None:
    assert parsed(text) == value
    assert parsed(text.encode()) == value


@pytest.mark.parametrize("content", [b"NaN", b'{"a": -Infinity}', b'"\xff"', b'"\xed\xa0\xbd"'])
def test_what_rfc_8259_does_not_know_is_no_json(content: bytes) -> None:
    assert not Reply(200, {}, content).is_json
