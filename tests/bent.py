"""Honest servers, bent where their vendors left a choice open, and what one case says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError


@dataclass
class Bent:
    """A transport that changes what is sent and what is answered."""

    inner: Transport
    sent: Callable[[Wire], Wire]
    answered: Callable[[Wire, Reply], Reply]

    def send(self, wire: Wire) -> Reply:
        return self.answered(wire, self.inner.send(self.sent(wire)))

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return self.inner.send_together(wires)

    def close(self) -> None:
        self.inner.close()


def subject(
    name: str, path: str, bend: Callable[[Any], None] = lambda _: None, *, deviations: Sequence[str] = ()
) -> Subject:
    """The cases at ``path`` against the mock of a vendor, in its first mode; ``bend`` changes the mock's rules."""
    vendor, mock = _vendor(name), import_module(f"conformance.mocks.{name}")
    honest = mock.apply_deviations

    def applied(server: Any, *rest: Any) -> None:
        bend(server)
        honest(server, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mock, "apply_deviations", applied)
        settings = Settings(mode=mock.MODES[0], seed=1, deviations=frozenset(deviations))
        return in_process(vendor, settings, plan(vendor, path, mode_of(vendor, mock.MODES[0])))


def judged(
    bent: Subject,
    *,
    sent: Callable[[Wire], Wire] = lambda wire: wire,
    answered: Callable[[Wire, Reply], Reply] = lambda _, reply: reply,
    controls: Mapping[str, Any] | None = None,
    seed: int = 1,
) -> CaseLine:
    """What the only case of a subject says of it, once it is bent."""
    assert bent.transport is not None
    transport = Bent(bent.transport, sent, answered)
    whole = replace(bent, transport=transport, controls={**bent.controls, **(controls or {})})
    (line,) = [one for one in execute([whole], Options(seed)) if isinstance(one, CaseLine)]
    return line


@cache
def _vendor(name: str) -> Vendor:
    return Vendor.load(find(name))
