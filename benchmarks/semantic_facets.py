"""How long a vendor's whole plan takes against its embedded mock, and what the engine adds to bare httpx.

Usage: python benchmarks/semantic_facets.py [VENDOR]
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from conformance.contract.vendor import Vendor, find
from conformance.engine.environment import Target
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.embedded import embedded
from conformance.mocks.kit.model import Settings
from conformance.transport.live import Live

ROOT = Path(__file__).parents[1]


def whole_command(vendor: str) -> tuple[float, dict[str, int]]:
    """Wall seconds of ``conformance run VENDOR`` as a user starts it, and its totals."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "conformance", "run", vendor, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds = time.perf_counter() - started
    return seconds, json.loads(done.stdout.splitlines()[-1])["totals"]


def engine(vendor: Vendor, cases: tuple[Case, ...]) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds of this process, and requests of ``cases``."""
    with embedded(vendor.name, Settings(seed=1)) as running:
        target = Target.model_validate({**running.environment, "name": vendor.name})
        wall, cpu = time.perf_counter(), time.process_time()
        *_, footer = execute([Subject(vendor, target, cases)], Options(1))
        assert footer.kind == "footer"
        return time.perf_counter() - wall, time.process_time() - cpu, footer.requests


def bare(vendor: Vendor, count: int) -> tuple[float, float]:
    """Wall and CPU seconds of ``count`` known-good requests with httpx alone."""
    with embedded(vendor.name, Settings(seed=1)) as running, httpx.Client(trust_env=False) as client:
        target = Target.model_validate({**running.environment, "name": vendor.name})
        operation = vendor.document.operations[vendor.semantics.known_good]
        headers = dict(target.auth.credentials(Live()).proof().headers)
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(count):
            client.request(operation.method, target.url + operation.path, headers=headers).raise_for_status()
        return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Measure and print one table."""
    vendor = Vendor.load(find(sys.argv[1] if len(sys.argv) > 1 else "kuflow"))
    command, totals = whole_command(vendor.name)
    cases = plan(vendor)
    semantic = tuple(case for case in cases if case.check.facet != "contract")
    semantic_wall, semantic_cpu, semantic_requests = engine(vendor, semantic)
    wall, cpu, requests = engine(vendor, cases)
    bare_wall, bare_cpu = bare(vendor, requests)
    print(f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}  Python {platform.python_version()}  {vendor.name}")
    print(f"conformance run {vendor.name}: {command:.1f} s, {sum(totals.values())} cases {totals}")
    print(
        f"semantic facets: {semantic_wall:.1f} s wall, {semantic_cpu:.1f} s CPU, "
        f"{len(semantic)} cases, {semantic_requests} requests"
    )
    print(f"whole plan: {wall:.1f} s wall, {cpu:.1f} s CPU, {requests} requests")
    print(f"bare httpx, as many requests: {bare_wall:.1f} s wall, {bare_cpu:.1f} s CPU")
    print(f"engine CPU a request over bare httpx: {cpu / bare_cpu:.2f}")


if __name__ == "__main__":
    main()
