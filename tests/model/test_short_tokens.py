"""Tokens that live shortly, on a server on which every request takes its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bent import judged, subject

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
