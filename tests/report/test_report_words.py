"""Wording that the renderers share."""

from __future__ import annotations

import shlex

import pytest
from made import BASE, case

from conformance.report.causes import alike
from conformance.report.words import curl_lines, printed, short, visible


def test_a_case_is_printed_with_its_target_for_its_vendor() -> None:
    assert printed(case(target="kuflow@token")) == "kuflow@token:createProcess/idempotency/replay"


@pytest.mark.parametrize(
    "body", ['{"a": 1}', "it's -H inside", "two\nlines -H x", 'say "-H" and --data-binary y', "a   b", "'", '"']
)
def test_a_broken_curl_line_is_the_same_command(body: str) -> None:
    command = f"curl -i -X POST {BASE} -H 'x-a: 1' -H \"Authorization: Basic $TOKEN\" --data-binary {shlex.quote(body)}"
    lines = curl_lines(command)
    assert len(lines) == 4
    assert shlex.split("\n".join(lines).replace(" \\\n", " ")) == shlex.split(command)


def test_a_curl_line_loses_no_quote_that_is_never_closed() -> None:
    assert curl_lines("curl 'http://x") == ["curl 'http://x"]


def test_a_long_text_is_cut_with_its_length() -> None:
    assert short("a\n b", 10) == "a b"
    assert short("x" * 30, 10) == "xxxxxxxxxx ... (30 characters)"


def test_control_characters_are_spelled_out_and_lines_kept() -> None:
    assert visible("a\n\tb\x00\u2028\u200e") == "a\n\tb\\u0000\\u2028\\u200e"
    assert visible("naïve 日本") == "naïve 日本"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("id 7f3b8a52-0f6f-4c8e-9a43-0d4f7a1e2b3c", "id 00000000-0000-4000-8000-000000000000", True),
        ("got 'a\\'b'", "got 'c'", True),
        ('"name" is a required property', '"state" is a required property', False),
        ("3 items of 25.5", "14 items of 2", True),
        ("status 404", "status 500", False),
        ("ids in order", "ids in reverse", False),
        ("v2 is old", "v3 is old", False),
    ],
)
def test_what_makes_two_failures_alike(one: str, two: str, same: bool) -> None:
    assert (alike(one) == alike(two)) is same
