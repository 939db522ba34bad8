"""Tokens that live shortly, on a server on which every request takes its time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.mocks.kit.http import Received

CASE = "issueToken/model/tokens-live-as-promised"


def slow(server: Any, lifetime: int) -> None:
    """Tokens live for ``lifetime`` seconds, and half a second passes with each request."""
    honest = server.rules.receive

    def receive(operation: str, request: Received) -> Received:
        server.clock.advance(0.5)
        received: Received = honest(operation, request)
        return received

    server.rules.receive = receive
    server.rules.oauth.lifetime = timedelta(seconds=lifetime)


def forever(_: Wire, reply: Reply) -> Reply:
    """Tokens live for more seconds than a float holds."""
    return replace(reply, content=re.sub(rb'"expires_in":\s*\d+', b'"expires_in": ' + b"9" * 400, reply.content))


@pytest.mark.parametrize("lifetime", [5, 20])
def test_a_token_whose_time_passed_meanwhile_is_no_fault(lifetime: int) -> None:
    line = judged(subject("pliant", CASE, lambda server: slow(server, lifetime)), seed=5)
    assert line.verdict == "PASS", line.reason


def test_a_token_that_dies_before_its_time_is_one_all_the_same() -> None:
    def bend(server: Any) -> None:
        slow(server, 20)
        server.rules.auth.live = lambda server, token: server.clock.now() < token.expires - timedelta(seconds=10)

    line = judged(subject("pliant", CASE, bend), seed=5)
    assert line.verdict == "FAIL"
    assert "to open triggerWorkflow" in line.reason


def test_a_time_that_is_no_number_of_a_computer_is_told_as_what_it_is() -> None:
    line = judged(subject("pliant", CASE), answered=forever, seed=5)
    assert line.verdict == "FAIL"
    assert line.reason.endswith("expected a number of seconds that a token lives; got one of 400 digits")
