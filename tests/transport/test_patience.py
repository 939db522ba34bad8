"""A server that asks for later requests is waited for, as long as that leads anywhere."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from conformance.contract.message import Reply, Wire
from conformance.transport.base import TransportError
from conformance.transport.budget import Budgeted, BudgetSpent, Limits
from conformance.transport.patience import LONGEST, WAITS, retry_after

DATE = "Sun, 29 Nov 2026 10:00:00 GMT"


class Answering:
    """Answers with each of ``replies`` in turn, and with the last of them ever after."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.sent = 0

    def send(self, wire: Wire) -> Reply:
        """The next reply."""
        self.sent += 1
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """The next reply to each."""
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        """Do nothing."""


def later(seconds: str, status: int = 429) -> Reply:
    return Reply(status, {"retry-after": seconds} if seconds else {}, b"")


FINE = Reply(200, {}, b"")
GET = Wire("GET", "http://localhost:1/", {}, b"")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr("conformance.transport.patience.time.sleep", waits.append)
    return waits


def test_a_request_is_sent_again_when_the_server_asks_for_it(slept: list[float]) -> None:
    server = Answering(later("2"), later("5"), FINE)
    transport = Budgeted(server, Limits())
    assert transport.send(GET).status == 200
    assert (slept, server.sent, transport.requests) == ([2.0, 5.0], 3, 3)


@pytest.mark.parametrize("reply", [later(f"{LONGEST + 1:g}"), later("2", 503), later("2", 200)])
def test_what_does_not_ask_for_a_wait_is_taken_as_it_is(reply: Reply, slept: list[float]) -> None:
    server = Answering(reply)
    assert Budgeted(server, Limits()).send(GET) is reply
    assert (slept, server.sent) == ([], 1)


@pytest.mark.parametrize("told", ["", "soon"])
def test_who_does_not_tell_how_long_is_given_a_second(told: str, slept: list[float]) -> None:
    assert Budgeted(Answering(later(told), FINE), Limits()).send(GET).status == 200
    assert slept == [1.0]


def test_a_server_that_asks_too_often_is_no_longer_waited_for(slept: list[float]) -> None:
    server = Answering(*[later("1")] * (WAITS + 2), FINE, later("1"), FINE)
    transport = Budgeted(server, Limits())
    seen = [transport.send(GET).status for _ in range(4)]
    assert seen == [429, 429, 200, 200]
    assert slept == [1.0] * (WAITS + 1)


def test_a_wait_does_not_go_over_the_budget(slept: list[float]) -> None:
    server = Answering(later("1"))
    with pytest.raises(BudgetSpent):
        Budgeted(server, Limits(requests=2)).send(GET)
    assert server.sent == 2


def test_requests_at_one_instant_are_not_sent_again(slept: list[float]) -> None:
    server = Answering(later("1"))
    assert len(Budgeted(server, Limits()).send_together([GET] * 3)) == 3
    assert (slept, server.sent) == ([], 3)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "Sun, 29 Nov 2026 10:00:30 GMT", "date": DATE}, 30.0),
        ({"retry-after": "Sun, 29 Nov 2026 09:00:00 GMT", "date": DATE}, 0.0),
        ({"retry-after": "Sun, 29 Nov 1998 10:00:00 GMT"}, 0.0),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "1.5"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_both_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(Reply(429, headers, b"")) == seconds
