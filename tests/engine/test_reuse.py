"""A seed that was used before is not held against the server that remembers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport

Make = Callable[..., tuple[Subject, Any]]


class Kept:
    """A transport that a run does not close, so that the next one meets the same server."""

    def __init__(self, inner: Transport) -> None:
        self.send = inner.send
        self.send_together = inner.send_together

    def close(self) -> None:
        """Nothing."""


def twice(vendor: str, only: str, *deviations: str) -> list[dict[str, str]]:
    """The verdicts of two runs with one seed on one server."""
    loaded = Vendor.load(find(vendor))
    subject = in_process(loaded, Settings(seed=9, deviations=frozenset(deviations)), plan(loaded, only))
    assert subject.transport is not None
    kept = replace(subject, transport=Kept(subject.transport))  # type: ignore[arg-type]
    runs = [[line for line in execute([kept], Options(9)) if isinstance(line, CaseLine)] for _ in range(2)]
    subject.transport.close()
    return [{line.case: line.verdict for line in run if line.level != "observe"} for run in runs]


@pytest.mark.parametrize(
    ("vendor", "only"),
    [
        ("kuflow", "kuflow/createProcess/idempotency/*"),
        ("kuflow", "kuflow/createWorker/idempotency/*"),
        ("kuflow", "kuflow/findProcessItems/sorting/*"),
        ("kuflow", "kuflow/api/scenario/*"),
        ("optimajet", "optimajet/createInstanceWithParameters/idempotency/*"),
    ],
)
def test_a_second_run_with_the_seed_fails_nothing(vendor: str, only: str) -> None:
    first, second = twice(vendor, only)
    assert set(first.values()) == {"PASS"}
    assert set(second.values()) <= {"PASS", "INCONCLUSIVE"}
    assert second != first or vendor == "optimajet", "the ids of deleted instances can be used again"


def test_a_wrong_server_fails_the_second_time_too() -> None:
    runs = twice("kuflow", "kuflow/createProcess/idempotency/first-status", "create-process-answers-200")
    assert [list(run.values()) for run in runs] == [["FAIL"], ["FAIL"]]


def test_weather_that_meets_the_play_with_other_keys_leaves_it_undecided(cases: dict[str, Case], tapped: Make) -> None:
    creates: list[Wire] = []

    def lost(wire: Wire) -> bool:
        creates.extend([wire] if wire.url.endswith("/processes") and wire.method == "POST" else [])
        return len(creates) > first_run + 1

    subject, transport = tapped(cases["kuflow/createProcess/idempotency/replay-status"], lost=lost)
    kept, first_run = replace(subject, transport=Kept(transport)), 99  # type: ignore[arg-type]
    assert [line.verdict for line in execute([kept], Options(9)) if isinstance(line, CaseLine)] == ["PASS"]
    first_run = len(creates)
    (line,) = [line for line in execute([kept], Options(9)) if isinstance(line, CaseLine)]
    transport.close()
    assert (line.verdict, line.blame) == ("INCONCLUSIVE", "network")
    assert "createProcess lost its reply" in line.reason


@pytest.mark.parametrize("status", [409, 500])
def test_a_server_that_fails_creates_now_and_then_knew_no_key(
    status: int, cases: dict[str, Case], tapped: Make
) -> None:
    creates: list[Wire] = []

    def failing(wire: Wire) -> Reply | None:
        creates.extend([wire] if wire.url.endswith("/processes") and wire.method == "POST" else [])
        return Reply(status, {}, b"") if creates and creates[-1] is wire and len(creates) % 3 == 1 else None

    subject, _ = tapped(cases["kuflow/createProcess/contract/valid-request"], answers=failing)
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert (line.verdict, line.blame, len(creates)) == ("FAIL", "server", 1)
