"""``conformance selftest``: what it says when trials go wrong, and as JSON."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from conformance.commands import _selftest
from conformance.errors import TrialError
from conformance.selftest import trial
from conformance.selftest.trial import Outcome, Trial, run_all


def _ended_from_outside(_: Trial) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _missed(trials: Iterable[Trial], _: int) -> Iterator[Outcome]:
    for one in trials:
        yield Outcome(one, "missed" if one.deviation == "run-never-ends" else "", 1, 0.1)


def test_a_process_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "run", _ended_from_outside)
    with pytest.raises(TrialError, match="ended from outside") as told:
        list(run_all([Trial(Path("x"), "honest", "default")] * 2, 2))
    assert told.value.exit_code == 3


def test_json_is_one_array_whatever_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_selftest, "run_all", _missed)
    assert _selftest.selftest(("instabase", "pliant"), False, 1, [], as_json=True) == 1
    outcomes = json.loads(capsys.readouterr().out)
    assert {Path(one["trial"]["vendor"]).name for one in outcomes} == {"instabase", "pliant"}
    assert [one["trial"]["deviation"] for one in outcomes if one["problem"]] == ["run-never-ends"]
