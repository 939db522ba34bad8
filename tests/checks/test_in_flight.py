"""What a replay may get while the create that it repeats is carried out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import pytest
from bent import subject

from conformance.contract.facets.create import Create
from conformance.contract.message import Reply, Wire
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.base import Transport, TransportError

CASE = "createProcess/idempotency/concurrent-replays"


@dataclass
class Busy:
    """A way to a server that answers so many of the requests that come together; the others get ``status``."""

    inner: Transport
    answered: int
    status: int
    refused: int = field(default=0)

    def send(self, wire: Wire) -> Reply:
        return self.inner.send(wire)

    def send_together(self, wires: list[Wire]) -> list[Reply | TransportError]:
        replies: list[Reply | TransportError] = list(self.inner.send_together(wires[: self.answered]))
        self.refused = len(wires) - self.answered
        return [*replies, *[Reply(self.status, {}, b"{}")] * self.refused]

    def close(self) -> None:
        self.inner.close()


def promising(honest: Subject, in_flight: Literal["same", "refused", "unspecified"]) -> Subject:
    """The same case of a vendor that says so of replays in flight."""
    (case,) = honest.cases
    assert isinstance(case.subject, Create)
    return replace(honest, cases=(replace(case, subject=case.subject.model_copy(update={"in_flight": in_flight})),))


@pytest.mark.parametrize(
    ("in_flight", "answered", "status", "verdict"),
    [
        ("same", 8, 409, "PASS"),
        ("same", 7, 409, "FAIL"),
        ("refused", 8, 409, "PASS"),
        ("refused", 1, 409, "PASS"),
        ("unspecified", 1, 409, "PASS"),
        ("unspecified", 7, 503, "FAIL"),
        ("unspecified", 0, 409, "FAIL"),
    ],
)
def test_a_replay_in_flight_is_refused_where_nothing_else_is_written(
    in_flight: Literal["same", "refused", "unspecified"], answered: int, status: int, verdict: str
) -> None:
    honest = subject("kuflow", CASE)
    assert honest.transport is not None
    busy = Busy(honest.transport, answered, status)
    lines = execute([replace(promising(honest, in_flight), transport=busy)], Options(1))
    (line,) = [line for line in lines if isinstance(line, CaseLine)]
    assert busy.refused == 8 - answered
    assert line.verdict == verdict, line.reason
