"""What is said of jobs whose polls show less than they could."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

JOB = "runFlowAsync/job"


def tells_no_progress(server: Any) -> None:
    honest = server.rules.jobs.progress
    server.rules.jobs.progress = lambda *job: {k: v for k, v in honest(*job).items() if k != "curProgress"}


def tells_progress_at_the_end(server: Any) -> None:
    server.choices = {**server.choices, "told_progress": "at the end"}
    server.rules.jobs.share = lambda _, job, __: 1.0 if job.ended or job.reads > 2 else 0.5


@pytest.mark.parametrize("claim", ["progress-in-range", "progress-rises"])
def test_progress_that_is_told_nowhere_is_not_judged(claim: str) -> None:
    line = judged(subject("instabase", f"{JOB}/{claim}", tells_no_progress))
    assert (line.verdict, line.reason) == ("INCONCLUSIVE", "no poll tells the progress at /cur_status#/curProgress")


@pytest.mark.parametrize("claim", ["progress-in-range", "progress-rises"])
def test_progress_that_some_polls_tell_is_judged_by_those(claim: str) -> None:
    line = judged(subject("instabase", f"{JOB}/{claim}", tells_progress_at_the_end))
    assert line.verdict in {"PASS", "OBSERVED"}, line.reason


@pytest.mark.parametrize("claim", ["end-time", "result-is-late"])
def test_a_job_that_no_poll_found_going_on_tells_nothing_of_that_time(claim: str) -> None:
    bent = subject("instabase", f"{JOB}/{claim}")
    assert judged(bent).verdict == "PASS"
    fixtures = {name: value for name, value in bent.target.fixtures.items() if name != "slow_input_dir"}
    line = judged(replace(bent, target=bent.target.model_copy(update={"fixtures": fixtures})))
    assert (line.verdict, line.reason) == ("INCONCLUSIVE", "no poll found the job going on")


@pytest.mark.parametrize(
    ("word", "verdict"), [("RUNNING", "FAIL"), ("PAUSED", "PASS")], ids=["while it runs", "while it is paused"]
)
def test_the_end_of_a_flow_that_runs_is_not_told(word: str, verdict: str) -> None:
    def bend(server: Any) -> None:
        server.rules.jobs.word = lambda _: word

    line = judged(subject("instabase", f"{JOB}/details", bend))
    assert line.verdict == verdict, line.reason
