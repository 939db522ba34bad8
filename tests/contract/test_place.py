"""Places: runtime expressions that read and write messages."""

from __future__ import annotations

import json

import pytest

from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "$request.query.page",
        "$request.path.id",
        "$request.header.Idempotency-Key",
        "$request.body#/a/b",
        "$request.body#",
    ],
)
def test_a_place_in_a_request_is_written_read_and_emptied(text: str) -> None:
    place = Place.parse(text)
    sent = place.put(Request("op"), "7")
    assert place.sent(sent) == "7"
    assert place.sent(place.without(sent)) is ABSENT
    assert str(place) == text


def test_a_list_repeats_a_query_parameter_and_replaces_what_was_there() -> None:
    place = Place.parse("$request.query.sort")
    once = place.put(Request("op", query=(("page", "0"), ("sort", "x"))), ["a", "b"])
    assert once.query == (("page", "0"), ("sort", "a"), ("sort", "b"))
    assert place.sent(once) == ["a", "b"]


def test_a_truth_value_is_lower_case_on_the_wire() -> None:
    assert Place.parse("$request.query.sync").put(Request("op"), value=True).query == (("sync", "true"),)


def test_a_place_in_a_reply_is_a_header_or_in_the_body() -> None:
    reply = Reply(200, {"link": "<x>"}, json.dumps({"a": [{"b": None}]}).encode())
    assert Place.parse("$response.header.Link").seen(reply) == "<x>"
    assert Place.parse("$response.body#/a/0/b").seen(reply) is None
    assert Place.parse("$response.body#/a/1").seen(reply) is ABSENT


@pytest.mark.parametrize(
    "text", ["request.query.x", "$request.cookie.x", "$response.query.x", "$request.body#a", "$status", ""]
)
def test_what_is_no_place_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"runtime expression|has no|no JSON pointer"):
        Place.parse(text)
