"""Nothing is promised of what a contract does not declare: a server may show it, and another value each time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.engine.suite import Options, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError


@dataclass
class Numbering:
    """Numbers the objects that replies are."""

    inner: Transport
    numbers: Iterator[int] = field(default_factory=count)

    def send(self, wire: Wire) -> Reply:
        return self._numbered(self.inner.send(wire))

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        replies = self.inner.send_together(wires)
        return [self._numbered(reply) if isinstance(reply, Reply) else reply for reply in replies]

    def close(self) -> None:
        self.inner.close()

    def _numbered(self, reply: Reply) -> Reply:
        if not isinstance(reply.json, dict):
            return reply
        return replace(reply, content=json.dumps({**reply.json, "servedAs": next(self.numbers)}).encode())


@pytest.mark.parametrize("name", ["instabase", "smartflows"])
def test_what_is_not_declared_may_change_from_reply_to_reply(name: str) -> None:
    vendor = Vendor.load(find(name))
    subject = in_process(vendor, Settings(seed=3), plan(vendor))
    assert subject.transport is not None
    numbered = replace(subject, transport=Numbering(subject.transport))
    lines = [line for line in execute([numbered], Options(3)) if isinstance(line, CaseLine)]
    assert [line.case for line in lines if line.verdict in {"FAIL", "WARN", "BLOCKED", "ERROR"}] == []
    assert any("servedAs" in str(line.observed) for line in lines)
