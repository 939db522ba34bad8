"""Rules that break after several steps are found, and shrunk to the steps that it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.suite import Options, execute
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.inprocess import InProcess

SHORTEST = {
    ("kuflow", "third-initiator-lost"): 4,
    ("kuflow", "third-update-of-a-worker-stale"): 4,
    ("optimajet", "third-command-lost"): 4,
    ("pliant", "third-token-ends-the-first"): 4,
    ("smartflows", "cancel-wakes-the-one-before-last"): 7,
    ("instabase", "ended-jobs-run-again"): 5,
}
"""Lines of the shortest scenario, the one in which it shows included."""


def judged(vendor: str, seed: int, deviation: str, jobs: int = 1) -> CaseLine:
    loaded, mock = Vendor.load(find(vendor)), catalogue.find(vendor)
    case, mode = mock.deviations()[deviation].case, mock.MODES[0]
    settings = Settings(mode=mode, seed=seed, deviations=frozenset({deviation}))
    subject = in_process(loaded, settings, plan(loaded, case, mode_of(loaded, mode)))
    return next(line for line in execute([subject], Options(seed, jobs=jobs)) if isinstance(line, CaseLine))


@pytest.mark.parametrize(("vendor", "deviation"), SHORTEST)
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_a_late_fault_is_found_and_shrunk(vendor: str, deviation: str, seed: int) -> None:
    line = judged(vendor, seed, deviation)
    assert line.verdict == "FAIL"
    assert len(line.scenario) <= SHORTEST[vendor, deviation] + 2


@pytest.mark.parametrize(
    ("vendor", "deviation"),
    [
        ("kuflow", "third-update-of-a-worker-stale"),
        ("optimajet", "third-command-lost"),
        ("instabase", "ended-jobs-run-again"),
    ],
)
def test_scenarios_that_go_on_at_a_time_find_what_one_resource_shows(vendor: str, deviation: str) -> None:
    assert judged(vendor, 104, deviation, jobs=3).verdict == "FAIL"


def test_the_same_seed_draws_the_same_scenario() -> None:
    first, second = (judged("instabase", 5, "fourth-set-keeps-of-the-first") for _ in range(2))
    assert first.scenario == second.scenario
    assert first.requests == second.requests


@pytest.mark.parametrize(("asked", "most"), [(0, 150), (6, 300)])
def test_a_server_elsewhere_is_played_with_a_little(asked: int, most: int) -> None:
    loaded = Vendor.load(find("kuflow"))
    subject = in_process(loaded, Settings(seed=1), plan(loaded, "kuflow/process/model/lives-as-promised"))
    url = subject.target.url.replace("localhost:1", "elsewhere.invalid")
    target = subject.target.model_copy(update={"url": url})
    mock = catalogue.find("kuflow").build(Settings(seed=1))
    transport = InProcess({"http://elsewhere.invalid": mock.app})
    line = next(
        one
        for one in execute([replace(subject, target=target, transport=transport)], Options(1, examples=asked))
        if isinstance(one, CaseLine)
    )
    assert line.verdict == "PASS"
    assert most / 3 < line.requests < most


def test_each_vendor_has_faults_that_only_scenarios_show() -> None:
    named = {
        vendor: [one for one in catalogue.find(vendor).deviations().values() if "/model/" in one.case]
        for vendor in ("kuflow", "optimajet", "pliant", "smartflows", "instabase")
    }
    assert all(named.values())
    assert sum(map(len, named.values())) >= 20
