"""Jobs that do not end, or do not tell how they do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from conformance.mocks.instabase.deviations._tools import bend_body, bend_reply, without
from conformance.mocks.instabase.records import Job
from conformance.mocks.instabase.server import Instabase, Operation
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json

STATUS, RUN = "getJobStatus", "runFlowAsync"
SHAPE, JOB = "instabase/getJobStatus/contract/valid-request", "instabase/runFlowAsync/job"


@deviation("job-answers-202", clauses=("IB-23",), case="instabase/runFlowAsync/contract/valid-request")
def job_answers_202(server: Instabase) -> None:
    """A flow that was started is answered as accepted."""
    bend_reply(server, RUN, lambda reply: replace(reply, status=202))


@deviation("start-without-data", clauses=("IB-23",), case="instabase/runFlowAsync/contract/valid-request")
def start_without_data(server: Instabase) -> None:
    """The start of a flow tells its job beside the status instead of under data."""
    bend_body(server, RUN, lambda body: {"status": "OK", **body["data"]})


@deviation("job-id-repeated", clauses=("IB-23b",), case=f"{JOB}/distinct")
def job_id_repeated(server: Instabase) -> None:
    """Every job that is started has the id of the last one."""
    server.rules.jobs.new_id = lambda server: list(server.store.jobs)[-1]


@deviation("jobs-at-one-instant-are-one", clauses=("IB-23b",), case=f"{JOB}/distinct")
def jobs_at_one_instant_are_one(server: Instabase) -> None:
    """Starts that come before the first of them is kept get one id."""
    honest, new_id = server.answer, server.rules.jobs.new_id
    under_way: list[str] = []

    async def answer(operation: Operation, request: Received) -> Reply:
        if operation.id != RUN:
            return await honest(operation, request)
        under_way.append(under_way[0] if under_way else new_id(server))
        await asyncio.sleep(0)
        server.rules.jobs.new_id = lambda _: under_way[0]
        reply = await honest(operation, request)
        under_way.pop()
        return reply

    server.answer = answer  # type: ignore[method-assign]


@deviation("slow-progress-in-percent", clauses=("IB-22e",), case=f"{JOB}/progress-in-range")
def slow_progress_in_percent(server: Instabase) -> None:
    """How much is done of a job that takes its time is told in percent."""
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        return honest(server, job, done * 100 if job.slow else done)

    server.rules.jobs.progress = progress


@deviation("job-never-ends", clauses=("IB-22b",), case=f"{JOB}/ends")
def job_never_ends(server: Instabase) -> None:
    """A job stays half done."""
    server.rules.jobs.share = lambda _, __, ___: 0.5


@deviation("ended-job-goes-on", clauses=("IB-22b",), case=f"{JOB}/end-stays")
def ended_job_goes_on(server: Instabase) -> None:
    """Every second read of an ended job tells it as one that goes on."""
    honest = server.rules.jobs.view

    def view(server: Instabase, job: Job, done: float) -> Json:
        relapsed = job.ended is not None and job.reads % 2 == 0
        return honest(server, replace(job, ended=None), 0.5) if relapsed else honest(server, job, done)

    server.rules.jobs.view = view


@deviation("failed-job-goes-on", clauses=("IB-22b",), case=f"{JOB}/end-stays")
def failed_job_goes_on(server: Instabase) -> None:
    """Every second read of a job that failed tells it as one that is pending."""
    honest = server.rules.jobs.state
    server.rules.jobs.state = lambda server, job: "PENDING" if job.fails and job.reads % 2 == 0 else honest(server, job)


@deviation("state-in-other-words", clauses=("IB-22",), case=SHAPE)
def state_in_other_words(server: Instabase) -> None:
    """The state of a job is a word of its own."""
    server.rules.jobs.state = lambda _, job: "RUNNING" if job.ended is None else "FINISHED"


@deviation("status-without-job-id", clauses=("IB-22",), case=SHAPE)
def status_without_job_id(server: Instabase) -> None:
    """The status of a job does not tell the job."""
    without(server, STATUS, "job_id")


@deviation("status-of-another-job", clauses=("IB-22c",), case=f"{JOB}/same-id")
def status_of_another_job(server: Instabase) -> None:
    """The status of a job tells another id."""
    bend_body(server, STATUS, lambda body: {**body, "job_id": server.ids.named("status", body["job_id"])})


@deviation("cur-status-not-encoded", clauses=("IB-22d",), case=SHAPE)
def cur_status_not_encoded(server: Instabase) -> None:
    """The details of a job's status are an object instead of a text."""
    honest = server.rules.jobs.view

    def view(server: Instabase, job: Job, done: float) -> Json:
        return {**honest(server, job, done), "cur_status": server.rules.jobs.progress(server, job, done)}

    server.rules.jobs.view = view


@deviation("progress-in-percent", clauses=("IB-22e",), case=f"{JOB}/progress-in-range")
def progress_in_percent(server: Instabase) -> None:
    """How much of a job is done is told in percent."""
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        return {**honest(server, job, done), "curProgress": done * 100}

    server.rules.jobs.progress = progress


@deviation("end-in-milliseconds", clauses=("IB-22f",), case=f"{JOB}/end-time")
def end_in_milliseconds(server: Instabase) -> None:
    """The end of a job is told in milliseconds."""
    _bend_end(server, lambda ended, _: _milliseconds(ended))


def _bend_end(server: Instabase, bend: Callable[[datetime, int], int]) -> None:
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        told = honest(server, job, done)
        return {**told, "finish_timestamp": bend(job.ended, told["finish_timestamp"])} if job.ended else told

    server.rules.jobs.progress = progress


@deviation("end-before-the-start", clauses=("IB-22f",), case=f"{JOB}/end-time")
def end_before_the_start(server: Instabase) -> None:
    """The end of a job is told as that of another one, a year ago."""
    _bend_end(server, lambda _, end: end - 365 * 24 * 3600)


@deviation("end-in-local-time", clauses=("IB-22f",), case=f"{JOB}/end-time")
def end_in_local_time(server: Instabase) -> None:
    """The end of a job is told in the time of a zone east of Greenwich, and so in the future."""
    _bend_end(server, lambda _, end: end + 2 * 3600)


@deviation("failed-flow-is-complete", clauses=("IB-22m",), case=f"{JOB}/details-agree")
def failed_flow_is_complete(server: Instabase) -> None:
    """A flow that failed has come to an end, which is told as complete."""
    honest = server.rules.jobs.word
    server.rules.jobs.word = lambda job: "COMPLETE" if honest(job) == "FAILED" else honest(job)


@deviation("good-flow-is-failed", clauses=("IB-22m",), case=f"{JOB}/details-agree")
def good_flow_is_failed(server: Instabase) -> None:
    """A flow whose result is OK is told as failed."""
    honest = server.rules.jobs.word
    server.rules.jobs.word = lambda job: "FAILED" if honest(job) == "COMPLETE" else honest(job)


@deviation("same-slow-job-again", clauses=("IB-23b",), case=f"{JOB}/distinct")
def same_slow_job_again(server: Instabase) -> None:
    """A start over a folder that a job still works on is answered with that job."""
    honest = server.rules.jobs.new_id
    server.rules.jobs.new_id = lambda server: next(
        (job.id for job in server.store.jobs.values() if job.slow and job.ended is None), honest(server)
    )


@deviation("end-told-too-early", clauses=("IB-22f",), case=f"{JOB}/end-time")
def end_told_too_early(server: Instabase) -> None:
    """A job that goes on tells when it ended."""
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        return {"finish_timestamp": int(server.clock.now().timestamp()), **honest(server, job, done)}

    server.rules.jobs.progress = progress


@deviation("ended-flow-still-runs", clauses=("IB-22f",), case=f"{JOB}/details")
def ended_flow_still_runs(server: Instabase) -> None:
    """The flow of a job that has ended is still running, and has the moment of its end."""
    server.rules.jobs.word = lambda _: "RUNNING"


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


@deviation("results-too-early", clauses=("IB-22g",), case=f"{JOB}/result-is-late")
def results_too_early(server: Instabase) -> None:
    """A job that goes on shows the results that it is going to have."""
    honest = server.rules.jobs.view

    def view(server: Instabase, job: Job, done: float) -> Json:
        return {"results": server.rules.jobs.results(server, job), **honest(server, job, done)}

    server.rules.jobs.view = view


@deviation("results-missing", clauses=("IB-22g",), case=f"{JOB}/result")
def results_missing(server: Instabase) -> None:
    """A job that ended shows no results."""
    without(server, STATUS, "results")


@deviation("result-without-folder", clauses=("IB-22h",), case=f"{JOB}/ends-well")
def result_without_folder(server: Instabase) -> None:
    """The result of a job that took its time and ended well does not tell where it is."""
    honest = server.rules.jobs.results

    def results(server: Instabase, job: Job) -> list[Json]:
        took, left = job.ended != job.started, honest(server, job)
        return [{"status": "OK"} if took and one["status"] == "OK" else one for one in left]

    server.rules.jobs.results = results


@deviation("second-result-without-folder", clauses=("IB-22h",), case=SHAPE)
def second_result_without_folder(server: Instabase) -> None:
    """A job that ended well has a second result, which does not tell where it is."""
    honest = server.rules.jobs.results
    server.rules.jobs.results = lambda server, job: [*honest(server, job), *([] if job.fails else [{"status": "OK"}])]


@deviation("results-of-the-first-job", clauses=("IB-23e",), case=f"{JOB}/as-named")
def results_of_the_first_job(server: Instabase) -> None:
    """The results of a job that ended well are in the output folder of the first job of all."""
    honest = server.rules.jobs.results

    def results(server: Instabase, job: Job) -> list[Json]:
        first = next(iter(server.store.jobs.values()))
        return honest(server, replace(job, output_folder=first.output_folder))

    server.rules.jobs.results = results


@deviation("failure-without-msg", clauses=("IB-22i",), case=f"{JOB}/ends-badly")
def failure_without_msg(server: Instabase) -> None:
    """The result of a job that failed does not tell why."""
    honest = server.rules.jobs.results
    server.rules.jobs.results = lambda server, job: [{"status": "ERROR"}] if job.fails else honest(server, job)


@deviation("second-failure-without-msg", clauses=("IB-22i",), case=f"{JOB}/ends-badly")
def second_failure_without_msg(server: Instabase) -> None:
    """A job that failed has a second result that says ERROR, which does not tell why."""
    honest = server.rules.jobs.results
    server.rules.jobs.results = lambda server, job: [*honest(server, job), *([{"status": "ERROR"}] * job.fails)]


@deviation("failure-told-as-success", clauses=("IB-22i",), case=f"{JOB}/ends-badly")
def failure_told_as_success(server: Instabase) -> None:
    """A job that failed has a result that says OK."""
    server.rules.jobs.results = lambda _, job: [{"status": "OK", "output_folder": job.output_folder}]


@deviation("failed-flow-in-other-words", clauses=("IB-22d",), case=f"{JOB}/details")
def failed_flow_in_other_words(server: Instabase) -> None:
    """The state of a flow that failed is the word that stands for a refusal."""
    honest = server.rules.jobs.word
    server.rules.jobs.word = lambda job: "ERROR" if honest(job) == "FAILED" else honest(job)


@deviation("failed-progress-in-percent", clauses=("IB-22e",), case=f"{JOB}/progress-in-range")
def failed_progress_in_percent(server: Instabase) -> None:
    """How much of a job is done is told in percent once it has failed."""
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        return {**honest(server, job, done), "curProgress": done * 100 if job.fails and job.ended else done}

    server.rules.jobs.progress = progress


@deviation("failed-end-in-milliseconds", clauses=("IB-22f",), case=f"{JOB}/end-time")
def failed_end_in_milliseconds(server: Instabase) -> None:
    """The end of a job that failed is told in milliseconds."""
    honest = server.rules.jobs.progress

    def progress(server: Instabase, job: Job, done: float) -> Json:
        told = honest(server, job, done)
        return {**told, "finish_timestamp": _milliseconds(job.ended)} if job.ended and job.fails else told

    server.rules.jobs.progress = progress


@deviation("flow-in-other-words", clauses=("IB-22d",), case=f"{JOB}/details")
def flow_in_other_words(server: Instabase) -> None:
    """The state of a flow that went well is the word that stands for a job."""
    honest = server.rules.jobs.word
    server.rules.jobs.word = lambda job: "DONE" if honest(job) == "COMPLETE" else honest(job)
