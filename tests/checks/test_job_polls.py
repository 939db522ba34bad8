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


def pauses_first(server: Any) -> None:
    """The first read of a job finds its flow paused, with what the page allows of a flow that does not run."""
    word, view, progress = server.rules.jobs.word, server.rules.jobs.view, server.rules.jobs.progress

    def paused(job: Any) -> bool:
        return job.ended is None and job.reads == 1

    def shown(server: Any, job: Any, done: float) -> Any:
        return view(server, job, done) | ({"results": server.rules.jobs.results(server, job)} if paused(job) else {})

    def told(server: Any, job: Any, done: float) -> Any:
        return progress(server, job, done) | ({"finish_timestamp": 1_700_000_000} if paused(job) else {})

    server.rules.jobs.word = lambda job: "PAUSED" if paused(job) else word(job)
    server.rules.jobs.view, server.rules.jobs.progress = shown, told


@pytest.mark.parametrize("claim", ["end-time", "result-is-late", "details"])
def test_a_flow_that_rests_may_show_what_one_that_runs_may_not(claim: str) -> None:
    line = judged(subject("instabase", f"{JOB}/{claim}", pauses_first))
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("claim", ["end-time", "details", "progress-in-range"])
def test_a_job_that_fails_is_left_out_where_none_is_known(claim: str) -> None:
    deviations = [f"failed-{what}" for what in ("flow-in-other-words", "progress-in-percent", "end-in-milliseconds")]
    bent = subject("instabase", f"{JOB}/{claim}", deviations=deviations)
    assert judged(bent).verdict == "FAIL"
    fixtures = {name: value for name, value in bent.target.fixtures.items() if name != "failing_input_dir"}
    line = judged(replace(bent, target=bent.target.model_copy(update={"fixtures": fixtures})))
    assert line.verdict == "PASS", line.reason
