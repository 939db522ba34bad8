from __future__ import annotations

import json
import time
from typing import Any

import pytest
from instabase_api import Instabase, refused


@pytest.fixture
def instabase() -> Instabase:
    return Instabase()


def told(reply: Any) -> tuple[str, str, Any]:
    """The state of a job, that of its flow, and its results if it shows any."""
    body = reply.json()
    return body["state"], json.loads(body["cur_status"])["status"], body.get("results")


@pytest.mark.parametrize("state", ["DONE", "COMPLETE"])
def test_a_job_ends_with_results(state: str) -> None:
    instabase = Instabase(choices={"finished_state": state})
    started = instabase.run(pipeline_ids=instabase.fixtures["pipeline_ids"], tags=["a"]).json()
    assert started.keys() == {"status", "data"}
    job, folder = started["data"]["job_id"], started["data"]["output_folder"]
    reply = instabase.status(job)
    assert reply.json()["job_id"] == job
    assert told(reply) == (state, "COMPLETE", [{"status": "OK", "output_folder": folder}])
    details = json.loads(reply.json()["cur_status"])
    assert details["curProgress"] == 1
    assert len(str(details["finish_timestamp"])) == 10
    assert instabase.status(job).json() == reply.json()
    assert instabase.members(job) == instabase.fixtures["pipeline_ids"]


def test_every_start_makes_another_job(instabase: Instabase) -> None:
    jobs = {instabase.run().json()["data"]["job_id"] for _ in range(3)}
    assert len(jobs) == 3


def test_a_job_that_fails(instabase: Instabase) -> None:
    job = instabase.run(input_dir=instabase.fixtures["failing_input_dir"]).json()["data"]["job_id"]
    state, flow, results = told(instabase.status(job))
    assert (state, flow, results[0]["status"]) == ("DONE", "FAILED", "ERROR")
    assert isinstance(results[0]["msg"], str)


def test_each_step_leaves_a_result_where_that_is_chosen() -> None:
    instabase = Instabase(choices={"results": "each step"})
    for folder, words in (("input_dir", ["OK", "OK"]), ("failing_input_dir", ["OK", "ERROR"])):
        job = instabase.run(input_dir=instabase.fixtures[folder]).json()["data"]["job_id"]
        assert [one["status"] for one in told(instabase.status(job))[2]] == words


def test_progress_is_told_at_the_end_where_that_is_chosen() -> None:
    instabase = Instabase(progress="reads:1", choices={"told_progress": "at the end"})
    job = instabase.run().json()["data"]["job_id"]
    details = [json.loads(instabase.status(job).json()["cur_status"]) for _ in range(2)]
    assert details[0] == {"status": "RUNNING"}
    assert details[1]["curProgress"] == 1


@pytest.mark.parametrize(("progress", "reads"), [("immediate", 2), ("reads:1", 2), ("reads:4", 4)])
def test_a_slow_job_is_found_going_on(progress: str, reads: int) -> None:
    instabase = Instabase(progress=progress)
    job = instabase.run(input_dir=instabase.fixtures["slow_input_dir"]).json()["data"]["job_id"]
    states = [told(instabase.status(job))[0] for _ in range(reads + 1)]
    assert states == ["PENDING"] * reads + ["DONE"]


def test_jobs_do_not_put_a_clock_forward_that_runs() -> None:
    instabase = Instabase(clock="wall")
    for _ in range(3):
        job = instabase.run().json()["data"]["job_id"]
        last = json.loads(instabase.status(job).json()["cur_status"])
        assert last["finish_timestamp"] <= time.time()


@pytest.mark.parametrize(("end", "keys"), [("absent", 2), ("null", 3)])
def test_progress_by_reads(end: str, keys: int) -> None:
    instabase = Instabase(progress="reads:2", choices={"running_end": end})
    job = instabase.run().json()["data"]["job_id"]
    replies = [instabase.status(job) for _ in range(4)]
    assert [told(reply)[0] for reply in replies] == ["PENDING", "PENDING", "DONE", "DONE"]
    assert ["results" in reply.json() for reply in replies] == [False, False, True, True]
    details = [json.loads(reply.json()["cur_status"]) for reply in replies]
    assert [one["curProgress"] for one in details] == [0, 0.5, 1, 1]
    assert len(details[0]) == keys


def test_progress_by_seconds() -> None:
    instabase = Instabase(progress="seconds:10")
    job = instabase.run().json()["data"]["job_id"]
    assert told(instabase.status(job))[1] == "RUNNING"
    instabase.control("advance_clock", seconds=5)
    assert json.loads(instabase.status(job).json()["cur_status"])["curProgress"] == 0.5
    instabase.control("advance_clock", seconds=5)
    assert told(instabase.status(job))[1] == "COMPLETE"


def test_a_job_is_finished_by_control() -> None:
    instabase = Instabase(progress="seconds:10")
    job = instabase.run().json()["data"]["job_id"]
    assert instabase.control("finish_job", id=job.upper()).status_code == 200
    assert told(instabase.status(job))[0] == "DONE"
    assert instabase.control("finish_job", id="nothing").status_code == 400


def test_jobs_belong_to_who_started_them(instabase: Instabase) -> None:
    job = instabase.run("other").json()["data"]["job_id"]
    assert refused(instabase.status(job))
    assert instabase.status(job, "other").json()["status"] == "OK"


@pytest.mark.parametrize("query", [{"job_id": ""}, {"type": ""}, {"type": "pipeline"}, {"job_id": "nothing"}])
def test_a_status_needs_a_job_and_a_type(instabase: Instabase, query: dict[str, str]) -> None:
    assert refused(instabase.status(instabase.fixtures["job_id"], **query))


@pytest.mark.parametrize(
    "changed", [{"input_dir": "/nowhere"}, {"input_dir": 7}, {"input_dir": None}, {"pipeline_ids": ["x"]}]
)
def test_a_start_needs_what_there_is(instabase: Instabase, changed: dict[str, Any]) -> None:
    assert refused(instabase.run(**changed))
