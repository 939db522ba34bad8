"""A vendor, and a mock of it without sockets, shared by the tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Subject
from conformance.mocks.kit.model import Settings
from conformance.selftest.target import in_process
from conformance.transport import patience
from conformance.transport.base import Transport, TransportError


@dataclass
class Tapped:
    """A transport that notes what it carries, loses what ``lost`` says, and answers what ``answers`` does."""

    inner: Transport
    lost: Callable[[Wire], bool] = lambda _: False
    answers: Callable[[Wire], Reply | None] = lambda _: None
    carried: list[Wire] = field(default_factory=list)

    def send(self, wire: Wire) -> Reply:
        (reply,) = self.send_together([wire])
        if isinstance(reply, TransportError):
            raise reply
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        self.carried += wires
        replies = self.inner.send_together(wires)
        return [
            TransportError("network", "lost") if self.lost(wire) else self.answers(wire) or reply
            for wire, reply in zip(wires, replies, strict=True)
        ]

    def close(self) -> None:
        self.inner.close()


@pytest.fixture(autouse=True)
def looks_without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "UNTOLD", 0.0)
    monkeypatch.setattr(patience, "PAUSES", (0.0,) * len(patience.PAUSES))


@pytest.fixture(scope="session")
def kuflow() -> Vendor:
    return Vendor.load(find("kuflow"))


@pytest.fixture(scope="session")
def cases(kuflow: Vendor) -> dict[str, Case]:
    return {case.id: case for case in plan(kuflow)}


@pytest.fixture
def tapped(kuflow: Vendor) -> Callable[..., tuple[Subject, Tapped]]:
    """A subject made of these cases, and its transport."""

    def make(
        *chosen: Case,
        lost: Callable[[Wire], bool] = lambda _: False,
        answers: Callable[[Wire], Reply | None] = lambda _: None,
        deviations: Sequence[str] = (),
    ) -> tuple[Subject, Tapped]:
        subject = in_process(kuflow, Settings(seed=9, deviations=frozenset(deviations)), chosen)
        assert subject.transport is not None
        transport = Tapped(subject.transport, lost, answers)
        return replace(subject, transport=transport), transport

    return make
