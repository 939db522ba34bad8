"""Two runs with one seed and one job, each on a fresh mock with that seed, send the same bytes in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.suite import Options, execute
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError

MODES = [(name, mode) for name in catalogue.vendors() for mode in catalogue.find(name).MODES]


@dataclass
class Noting:
    inner: Transport
    noted: list[tuple[str, str, tuple[tuple[str, str], ...], bytes]] = field(default_factory=list)

    def send(self, wire: Wire) -> Reply:
        self._note(wire)
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        for wire in wires:
            self._note(wire)
        return self.inner.send_together(wires)

    def close(self) -> None:
        self.inner.close()

    def _note(self, wire: Wire) -> None:
        self.noted.append((wire.method, wire.url, tuple(wire.headers.items()), wire.content))


def sent(name: str, mode: str, seed: int) -> list[tuple[str, str, tuple[tuple[str, str], ...], bytes]]:
    vendor = Vendor.load(find(name))
    subject = in_process(vendor, Settings(mode=mode, seed=seed), plan(vendor, mode=mode_of(vendor, mode)))
    assert subject.transport is not None
    noting = Noting(subject.transport)
    list(execute([replace(subject, transport=noting)], Options(seed)))
    return noting.noted


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_the_same_seed_sends_the_same_bytes(name: str, mode: str) -> None:
    first, second = sent(name, mode, 7), sent(name, mode, 7)
    assert len(first) > 100
    for number, (one, other) in enumerate(zip(first, second, strict=False)):
        assert one == other, f"request {number}"
    assert len(first) == len(second)


def test_another_seed_sends_others() -> None:
    assert sent("instabase", "default", 7) != sent("instabase", "default", 8)
