"""Wrong credentials keep the shape of the right ones and say nothing about them."""

from __future__ import annotations

import base64

import pytest

from conformance.transport.credentials import Fixed, spoil


def _pair(header: str) -> str:
    return base64.b64decode(header.removeprefix("Basic ")).decode()


def test_a_spoiled_basic_pair_keeps_its_name_and_loses_its_password() -> None:
    spoiled = spoil(Fixed.basic("client", "s3cret-Pass").proof().headers)["authorization"]
    assert _pair(spoiled) == "client:000000-0000"


@pytest.mark.parametrize("token", ["abc.def-123", "0000", "000-000", "--", ""])
def test_a_spoiled_token_is_another_one(token: str) -> None:
    spoiled = spoil(Fixed.bearer(token).proof().headers)["authorization"]
    assert spoiled.startswith("Bearer")
    assert spoiled != f"Bearer {token}"


def test_a_spoiled_token_has_the_shape_of_the_right_one() -> None:
    spoiled = spoil(Fixed.bearer("7c1f-ab_9.Z").proof().headers)["authorization"]
    assert spoiled == "Bearer 0000-00_0.0"


def test_a_spoiled_key_has_no_scheme() -> None:
    assert spoil({"x-api-key": "k1-2"}) == {"x-api-key": "00-0"}


def test_a_basic_header_that_is_no_pair_is_spoiled_as_a_whole() -> None:
    assert spoil({"authorization": "Basic !not-base64!"}) == {"authorization": "Basic !000-000000!"}
