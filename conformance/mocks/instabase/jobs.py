"""Jobs: started over a folder of files, watched until they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.instabase.errors import wrong
from conformance.mocks.instabase.inputs import RunParams, params
from conformance.mocks.instabase.records import Job, User
from conformance.mocks.instabase.store import FAILING_INPUTS, SLOW_INPUTS
from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kit.progress import Progress

if TYPE_CHECKING:
    from conformance.mocks.instabase.server import Instabase

SECONDS = 5.0
"""What a job takes unless the server is told otherwise."""

SLOW_READS = 2
"""The reads that find a slow job going on, at least."""


def found(server: Instabase, user: User, sent: str) -> Job:
    """The job with that id; refuses what is unknown or not the caller's."""
    job = server.store.jobs.get(sent.lower() if server.choices["id_case"] == "any" else sent)
    if job is None or not server.rules.auth.may_touch(server, user, job):
        raise wrong("there is no such job")
    return job


def new_id(server: Instabase) -> str:
    """The id of a new job."""
    return server.ids.fresh()


def finish(server: Instabase, job: Job) -> None:
    """End a job that goes on, at its time, which is then no longer to come."""
    if job.ended is None:
        job.ended = server.clock.reach(job.started + timedelta(seconds=server.progress.length(SECONDS)))


def share(progress: Progress, job: Job, seconds: float) -> float:
    """How much of a job is done, from 0 to 1."""
    if job.ended is not None:
        return 1.0
    done = progress.share(job.reads, seconds)
    return min(done, (job.reads - 1) / SLOW_READS) if job.slow else done


def observe(server: Instabase, job: Job) -> float:
    """Count a read of a job, and end it when all of it is done; gives how much is."""
    job.reads += 1
    passed = (server.clock.now() - job.started).total_seconds()
    done = server.rules.jobs.share(server.progress, job, passed)
    if done >= 1:
        finish(server, job)
    return done


def state(server: Instabase, job: Job) -> str:
    """The state of a job."""
    return "PENDING" if job.ended is None else server.choices["finished_state"]


def word(job: Job) -> str:
    """The state of the flow that a job runs."""
    if job.ended is None:
        return "RUNNING"
    return "FAILED" if job.fails else "COMPLETE"


def results(server: Instabase, job: Job) -> list[Json]:
    """What a job that ended leaves."""
    good: Json = {"status": "OK", "output_folder": job.output_folder}
    last = {"status": "ERROR", "msg": "The files cannot be read"} if job.fails else good
    return [last] if server.choices["results"] == "one" else [good, last]


def progress(server: Instabase, job: Job, done: float) -> Json:
    """What the text ``cur_status`` holds."""
    told: Json = {"status": server.rules.jobs.word(job)}
    if job.ended is not None or server.choices["told_progress"] == "always":
        told["curProgress"] = done
    if job.ended is not None:
        told["finish_timestamp"] = int(job.ended.timestamp())
    elif server.choices["running_end"] == "null":
        told["finish_timestamp"] = None
    return told


def view(server: Instabase, job: Job, done: float) -> Json:
    """The status of a job; its results are there when it has ended."""
    rules = server.rules.jobs
    told: Json = {
        "status": "OK",
        "msg": f"The job is {rules.word(job).lower()}",
        "state": rules.state(server, job),
        "job_id": job.id,
        "cur_status": jsonio.render(rules.progress(server, job, done)).decode(),
    }
    return told | ({"results": rules.results(server, job)} if job.ended is not None else {})


@dataclass
class JobRules:
    """From the start of a job to its results."""

    found: Callable[[Instabase, User, str], Job] = found
    new_id: Callable[[Instabase], str] = new_id
    share: Callable[[Progress, Job, float], float] = share
    observe: Callable[[Instabase, Job], float] = observe
    state: Callable[[Instabase, Job], str] = state
    word: Callable[[Job], str] = word
    results: Callable[[Instabase, Job], list[Json]] = results
    progress: Callable[[Instabase, Job, float], Json] = progress
    view: Callable[[Instabase, Job, float], Json] = view


async def run(server: Instabase, user: User, request: Received) -> Reply:
    """runFlowAsync."""
    told = params(server, RunParams, request)
    if told.input_dir not in server.store.folders:
        raise wrong("there is no such folder")
    pipelines = server.rules.pipelines.wanted(server, user, told.pipeline_ids)
    key = server.rules.jobs.new_id(server)
    output = f"{told.input_dir.rpartition('/')[0]}/out/{key}"
    job = Job(key, user.name, output, server.clock.stamp(), told.input_dir == FAILING_INPUTS, pipelines)
    job.slow = told.input_dir == SLOW_INPUTS
    server.store.jobs[key] = job
    return Reply(200, {"status": "OK", "data": {"job_id": job.id, "output_folder": job.output_folder}})


async def status(server: Instabase, user: User, request: Received) -> Reply:
    """getJobStatus."""
    sent, _ = server.rules.inputs.query(request)
    job = server.rules.jobs.found(server, user, sent)
    done = server.rules.jobs.observe(server, job)
    return Reply(200, server.rules.jobs.view(server, job, done))
