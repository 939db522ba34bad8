"""Which recorded interaction a request is, and what is said of one that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vcr.cassette import Cassette as Tape
from vcr.record_mode import RecordMode
from vcr.request import Request

from conformance.cassettes.matching import MATCHERS, nearest

JSON, FORM, XML, BYTES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "application/xml; charset=utf-8",
    "application/octet-stream",
)
OK = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": b""}}


def request(url: str = "/a", body: str | bytes = b"", media_type: str = JSON, method: str = "POST") -> Request:
    return Request(method, f"https://api.example{url}", body, {"content-type": media_type})


def played(*recorded: Request) -> Tape:
    tape = Tape(path="none", record_mode=RecordMode.ALL, match_on=MATCHERS)
    for one in recorded:
        tape.append(one, OK)
    return tape


def differs(recorded: Request, made: Request) -> list[str]:
    found = nearest(played(recorded), made)
    assert found is not None
    return [name for name, _ in found.differences]


@pytest.mark.parametrize(
    ("recorded", "made"),
    [
        (request(body='{"a": 1, "b": [1.0, null]}'), request(body='{"b":[1,null],"a":1}')),
        (request(url="/a?x=1&y=2&x=3"), request(url="/a?y=2&x=3&x=1")),
        (request(url="/a%20b"), request(url="/a b")),
        (request(url="/a?q=a+b"), request(url="/a?q=a%20b")),
        (request(body="b=2&a=1", media_type=FORM), request(body="a=1&b=2", media_type=FORM)),
        (
            request(body='<a  y="2" x="1"><b/></a>', media_type=XML),
            request(body='<a x="1" y="2"><b></b></a>', media_type="text/xml"),
        ),
        (request(body=b"\x00\xff", media_type=BYTES), request(body=b"\x00\xff", media_type=BYTES)),
        (request(body="{broken"), request(body="{broken")),
    ],
)
def test_what_says_the_same_matches(recorded: Request, made: Request) -> None:
    assert differs(recorded, made) == []


@pytest.mark.parametrize(
    ("recorded", "made", "by"),
    [
        (request(method="PUT"), request(), ["method"]),
        (request(url="/a"), request(url="/b"), ["path"]),
        (request(url="/a/b"), request(url="/a%2Fb"), ["path"]),
        (request(url="/a?x=1&x=1"), request(url="/a?x=1"), ["query"]),
        (request(url="/a?x="), request(url="/a"), ["query"]),
        (request(body='{"a": 1}'), request(body='{"a": true}'), ["body"]),
        (request(body='{"a": 1}'), request(body='{"a": "1"}'), ["body"]),
        (request(body='{"a": [1, 2]}'), request(body='{"a": [2, 1]}'), ["body"]),
        (request(body='{"a": null}'), request(body="{}"), ["body"]),
        (request(body="a=1", media_type=FORM), request(body="a=1&a=1", media_type=FORM), ["body"]),
        (request(body="<a>1</a>", media_type=XML), request(body="<a>2</a>", media_type=XML), ["body"]),
        (request(body=b"\x00\xff", media_type=BYTES), request(body=b"\x00\xfe", media_type=BYTES), ["body"]),
        (request(body='{"a": 1}'), request(body='{"a": 1}', media_type=BYTES), ["body"]),
        (request(body="{}"), request(), ["body"]),
    ],
)
def test_what_says_something_else_does_not(recorded: Request, made: Request, by: list[str]) -> None:
    assert differs(recorded, made) == by


def test_the_nearest_is_named_with_its_number_and_what_differs() -> None:
    tape = played(request(url="/other"), request(body='{"id": 7, "name": "a"}'), request(method="GET"))
    found = nearest(tape, request(body='{"id": 8, "name": "a"}'))
    assert str(found) == "interaction 2, body: /id: 7 recorded, 8 now"


def test_one_that_was_played_is_said_to_be() -> None:
    tape = played(request())
    tape.rewound = True
    tape.play_response(request())
    assert str(nearest(tape, request())) == "interaction 1, which was played already"


def test_an_empty_tape_has_no_nearest() -> None:
    assert nearest(played(), request()) is None


@pytest.mark.parametrize(
    ("recorded", "made", "told"),
    [
        ({"a": {"b/c": 1}}, {"a": {"b/c": 2}}, "/a/b~1c: 1 recorded, 2 now"),
        ({"a": 1}, {"a": 1, "b": 2}, "/b: nothing recorded, 2 now"),
        ([1], [1, 2], "the whole body: [1] recorded, [1, 2] now"),
    ],
)
def test_a_difference_has_its_pointer(recorded: Any, made: Any, told: str) -> None:
    found = nearest(played(request(body=json.dumps(recorded))), request(body=json.dumps(made)))
    assert str(found) == f"interaction 1, body: {told}"
