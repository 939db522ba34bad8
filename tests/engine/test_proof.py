"""Where the fields that prove an identity go."""

from __future__ import annotations

from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT
from conformance.engine.wires import with_fields

JSON = "application/json"
FIELDS = {"token": "t-1"}


def test_fields_go_into_a_json_body() -> None:
    assert with_fields(Request("op", body={"a": 1}, media_type=JSON), FIELDS, JSON).body == {"a": 1, "token": "t-1"}


def test_an_operation_that_takes_a_body_gets_one_for_them() -> None:
    request = with_fields(Request("op"), FIELDS, JSON)
    assert (request.body, request.media_type, request.query) == ({"token": "t-1"}, JSON, ())


def test_where_no_object_is_sent_they_go_into_the_query() -> None:
    for request, media_type in ((Request("op"), None), (Request("op", body=b"<x/>"), "application/xml")):
        proved = with_fields(request, FIELDS, media_type)
        assert proved.query == (("token", "t-1"),)
        assert proved.body == request.body
    assert with_fields(Request("op", body=[1]), FIELDS, JSON).query == (("token", "t-1"),)


def test_what_the_request_carries_already_stays() -> None:
    request = Request("op", body={"token": None}, media_type=JSON)
    assert with_fields(request, FIELDS, JSON) == request


def test_no_fields_change_nothing() -> None:
    request = with_fields(Request("op"), {}, JSON)
    assert request == Request("op")
    assert request.body is ABSENT
