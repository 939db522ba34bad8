"""What the engine costs: its CPU a request over bare httpx, what a second job gains, and what ``--help`` takes.

Usage: python benchmarks/engine_cost.py [VENDOR]

Bare httpx sends the very requests that the engine sent, to a fresh mock. For the jobs each request is held up by
``LATENCY`` seconds, as by a server that is far away.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median

import httpx

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.environment import Target
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.embedded import embedded
from conformance.mocks.kit.model import Settings
from conformance.transport.base import Transport, TransportError
from conformance.transport.live import Live

LATENCY = 0.02


@dataclass
class Held:
    """A transport that holds each request up by ``seconds`` and keeps what was sent one at a time."""

    inner: Transport
    seconds: float = 0.0
    sent: list[Wire] = field(default_factory=list)

    def send(self, wire: Wire) -> Reply:
        """Hold up, note, send."""
        self.sent.append(wire)
        if self.seconds:
            time.sleep(self.seconds)
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Hold all up at once, and send them."""
        if self.seconds:
            time.sleep(self.seconds)
        return self.inner.send_together(wires)

    def close(self) -> None:
        """Close what is wrapped."""
        self.inner.close()


def engine(vendor: Vendor, cases: tuple[Case, ...], jobs: int, latency: float) -> tuple[float, float, list[Wire], int]:
    """Wall and CPU seconds of a run, the requests it sent one at a time, and the number of all."""
    with embedded(vendor.name, Settings(seed=1)) as running:
        target = Target.model_validate({**running.environment, "name": vendor.name})
        held = Held(Live(), latency)
        wall, cpu = time.perf_counter(), time.process_time()
        *_, footer = execute([Subject(vendor, target, cases, held)], Options(1, jobs=jobs))
        assert footer.kind == "footer"
        return time.perf_counter() - wall, time.process_time() - cpu, held.sent, footer.requests


def bare(vendor: Vendor, wires: Sequence[Wire]) -> float:
    """CPU seconds that httpx alone takes to send the same requests to a fresh mock."""
    with embedded(vendor.name, Settings(seed=1)) as running, httpx.Client(trust_env=False) as client:
        there = httpx.URL(running.environment["url"])
        cpu = time.process_time()
        for wire in wires:
            url = httpx.URL(wire.url).copy_with(host=there.host, port=there.port)
            client.request(wire.method, url, headers=dict(wire.headers), content=wire.content)
        return time.process_time() - cpu


def help_cpu() -> float:
    """CPU seconds of ``conformance --help``: the median of seven."""
    taken = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "conformance", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def main() -> None:
    """Measure side by side and print one table."""
    vendor = Vendor.load(find(sys.argv[1] if len(sys.argv) > 1 else "kuflow"))
    cases = plan(vendor)
    engine(vendor, cases, 1, 0)  # compiles validators and generates, once a process
    _, cpu, sent, requests = engine(vendor, cases, 1, 0)
    alone = bare(vendor, sent)
    one, _, _, _ = engine(vendor, cases, 1, LATENCY)
    two, _, _, _ = engine(vendor, cases, 2, LATENCY)
    print(f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}  Python {platform.python_version()}  {vendor.name}")
    print(f"engine, {requests} requests: {cpu:.1f} s CPU, {1000 * cpu / requests:.2f} ms each")
    print(f"bare httpx, {len(sent)} of them: {alone:.1f} s CPU, {1000 * alone / len(sent):.2f} ms each")
    print(f"engine CPU a request over bare httpx: {cpu / requests / (alone / len(sent)):.2f}")
    print(f"{1000 * LATENCY:.0f} ms latency: one job {one:.1f} s, two {two:.1f} s: {one / two:.2f} times as fast")
    print(f"conformance --help: {help_cpu():.2f} s CPU")


if __name__ == "__main__":
    main()
