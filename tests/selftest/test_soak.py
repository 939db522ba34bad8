"""Whatever is drawn of an honest server, a run raises no alarm; benchmarks/soak.py draws two hundred."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from conformance.contract.vendor import find, folders
from conformance.mocks import catalogue
from conformance.selftest.soak import PROGRESSIONS, drawn, soak
from conformance.selftest.trial import honest, run

VENDORS = sorted(folders([]))


@pytest.mark.parametrize("name", VENDORS)
def test_a_drawn_server_raises_no_alarm(name: str) -> None:
    outcome = run(drawn(Random(11), find(name)))
    assert outcome.problem == ""
    assert outcome.requests > 100


@pytest.mark.parametrize("name", VENDORS)
@pytest.mark.parametrize("progress", ["reads:3", "seconds:30"])
def test_what_takes_time_is_waited_for(name: str, progress: str) -> None:
    first, *_ = honest(find(name), name)
    assert run(replace(first, progress=progress)).problem == ""


def test_the_same_seed_draws_the_same_servers() -> None:
    places = [find(name) for name in VENDORS]
    assert list(soak(places, 10, 4)) == list(soak(places, 10, 4))
    assert list(soak(places, 10, 4)) != list(soak(places, 10, 5))


def test_everything_that_is_open_is_drawn() -> None:
    trials = list(soak([find("optimajet")], 80, 1))
    mock = catalogue.find("optimajet")
    assert {trial.mode for trial in trials} == set(mock.MODES)
    assert {trial.progress for trial in trials} == set(PROGRESSIONS)
    for choice in mock.CHOICES:
        assert {trial.choices[choice.key] for trial in trials} == set(choice.settings)
