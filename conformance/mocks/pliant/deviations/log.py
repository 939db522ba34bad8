"""Logs that do not tell how a run went."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import answer_with, bend_body, unwaited, without
from conformance.mocks.pliant.logs import moment
from conformance.mocks.pliant.records import Caller, Run
from conformance.mocks.pliant.runs import ROOT, length
from conformance.mocks.pliant.server import Pliant
from conformance.mocks.pliant.trigger import keys

LOG = "readExecutionLog"
SHAPE = "pliant/readExecutionLog/contract/valid-request"


@deviation("log-answers-201", clauses=("PL-19",), case=SHAPE)
def log_answers_201(server: Pliant) -> None:
    """A log is answered as something created."""
    answer_with(server, LOG, 201)


@deviation("run-never-ends", clauses=("PL-20",), case="pliant/triggerWorkflow/job/ends")
def run_never_ends(server: Pliant) -> None:
    """An asynchronous run goes on for ever."""
    server.rules.runs.over = lambda _, __, ___: False


@deviation("slow-run-forgotten", clauses=("PL-20",), case="pliant/triggerWorkflow/job/ends-too/slow")
def slow_run_forgotten(server: Pliant) -> None:
    """A run that has not ended within a second goes on for ever."""
    honest = server.rules.runs.over
    server.rules.runs.over = lambda progress, run, seconds: run.workflow.seconds < 1 and honest(progress, run, seconds)


@deviation("slow-result-never-comes", clauses=("PL-20",), case="pliant/triggerWorkflow/job/ends-too/slow")
def slow_result_never_comes(server: Pliant) -> None:
    """A run that takes longer than a second has an empty result."""
    honest = server.rules.logs.result
    server.rules.logs.result = lambda run: "" if run.ended and run.workflow.seconds > 1 else honest(run)


@deviation("result-never-comes", clauses=("PL-20",), case="pliant/triggerWorkflow/job/result")
def result_never_comes(server: Pliant) -> None:
    """A run that ended has an empty result."""
    server.rules.logs.result = lambda run: None if run.ended is None else ""


@deviation("ended-run-goes-on", clauses=("PL-20a",), case="pliant/triggerWorkflow/job/end-stays")
def ended_run_goes_on(server: Pliant) -> None:
    """Every second read of a log tells an ended run as one that goes on."""
    honest = server.rules.logs.found

    def found(server: Pliant, caller: Caller, key: str) -> Run:
        run = honest(server, caller, key)
        return replace(run, ended=None) if run.ended is not None and run.reads % 2 == 0 else run

    server.rules.logs.found = found


@deviation("log-in-local-time", clauses=("PL-24",), case="pliant/triggerWorkflow/job/end-time")
def log_in_local_time(server: Pliant) -> None:
    """A log tells moments by the clock on the wall, two hours east of Greenwich, as if it were that of Greenwich."""
    server.rules.logs.moment = lambda at: moment(None if at is None else at + timedelta(hours=2))


@deviation("queue-in-local-time", clauses=("PL-24",), case="pliant/triggerWorkflow/job/end-time")
def queue_in_local_time(server: Pliant) -> None:
    """A log tells by the clock on the wall, two hours west of Greenwich, when a run was queued."""

    def bend(body: Json) -> Json:
        queued = body["timeQueued"] - 2 * 3600 * 1000
        return {**body, "timeQueued": queued, "durationQueued": body["timeRan"] - queued}

    bend_body(server, LOG, bend)


@deviation("started-once", clauses=("PL-24",), case="pliant/triggerWorkflow/job/end-time")
def started_once(server: Pliant) -> None:
    """A log tells of every run that it was started when the workflow first was, which is long ago."""
    bend_body(server, LOG, lambda body: {**body, "timeStarted": 1_560_159_332_698})


@deviation("log-without-state", clauses=("PL-21",), case=SHAPE)
def log_without_state(server: Pliant) -> None:
    """A log has no state."""
    without(server, LOG, "state")


@deviation("log-without-paused", clauses=("PL-21",), case=SHAPE)
def log_without_paused(server: Pliant) -> None:
    """A log does not tell when a run paused that never did."""
    without(server, LOG, "timePaused")


@deviation("log-without-end", clauses=("PL-21", "PL-24"), case=SHAPE)
def log_without_end(server: Pliant) -> None:
    """A run that ended does not tell when."""
    bend_body(server, LOG, lambda body: {**body, "timeEnded": None})


@deviation("log-of-another-run", clauses=("PL-22",), case="pliant/triggerWorkflow/job/same-id")
def log_of_another_run(server: Pliant) -> None:
    """The id in a log is one of its own."""
    bend_body(server, LOG, lambda body: {**body, "id": server.ids.named("log", body["id"])})


@deviation("unfinished-log-of-another-run", clauses=("PL-22",), case="pliant/triggerWorkflow/job/same-id-too/slow")
def unfinished_log_of_another_run(server: Pliant) -> None:
    """As long as a run goes on, the id in its log is one of its own."""

    def bend(body: Json) -> Json:
        return {**body, "id": server.ids.named("log", body["id"])} if body["status"] == "RUNNING" else body

    bend_body(server, LOG, bend)


@deviation("address-without-owner", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri")
def address_without_owner(server: Pliant) -> None:
    """The address in a log begins with the folder."""
    server.rules.logs.address = lambda run: f"{ROOT}{run.workflow.folder}/{run.workflow.name}"


@deviation("address-without-name", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri")
def address_without_name(server: Pliant) -> None:
    """The address in a log ends with the folder."""
    server.rules.logs.address = lambda run: f"{run.workflow.owner}/{ROOT}{run.workflow.folder}"


@deviation("address-without-folder", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri")
def address_without_folder(server: Pliant) -> None:
    """The address in a log has no folder."""
    server.rules.logs.address = lambda run: f"{run.workflow.owner}/{ROOT}{run.workflow.name}"


@deviation("address-of-another-folder", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri")
def address_of_another_folder(server: Pliant) -> None:
    """The address in a log has the folder of another workflow."""
    server.rules.logs.address = lambda run: f"{run.workflow.owner}/{ROOT}Other WorkFlows/{run.workflow.name}"


@deviation("address-of-the-caller", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri-for-another")
def address_of_the_caller(server: Pliant) -> None:
    """The address in a log begins with who called."""
    server.rules.logs.address = lambda run: f"{run.caller}/{ROOT}{run.workflow.folder}/{run.workflow.name}"


@deviation("times-in-seconds", clauses=("PL-24",), case=SHAPE)
def times_in_seconds(server: Pliant) -> None:
    """A log tells seconds instead of milliseconds."""

    def seconds(at: datetime | None) -> int | None:
        return None if at is None else int(at.timestamp())

    server.rules.logs.moment = seconds


@deviation("times-are-text", clauses=("PL-24",), case=SHAPE)
def times_are_text(server: Pliant) -> None:
    """A log tells moments as dates."""
    server.rules.logs.moment = lambda at: None if at is None else at.isoformat()


@deviation("pause-of-no-time", clauses=("PL-24",), case=SHAPE)
def pause_of_no_time(server: Pliant) -> None:
    """A run that never paused tells the moment at which it was queued as that of its pause."""
    bend_body(server, LOG, lambda body: {**body, "timePaused": body["timeQueued"]})


@deviation("duration-counts-the-queue", clauses=("PL-25",), case="pliant/readExecutionLog/rules/holds/duration")
def duration_counts_the_queue(server: Pliant) -> None:
    """The duration of a run begins with the queue."""

    def duration(run: Run) -> int | None:
        return None if run.ended is None else (moment(run.ended) or 0) - (moment(run.queued) or 0)

    server.rules.logs.duration = duration


@deviation("queue-of-no-time", clauses=("PL-25",), case="pliant/readExecutionLog/rules/holds/durationQueued")
def queue_of_no_time(server: Pliant) -> None:
    """The time in the queue is told as nothing."""
    server.rules.logs.duration_queued = lambda _: 0


@deviation("unwaited-duration-is-all", clauses=("PL-25",), case="pliant/readExecutionLog/rules/holds/duration")
def unwaited_duration_is_all(server: Pliant) -> None:
    """The duration of a run that nobody waited for begins with the queue."""
    known = unwaited(server)

    def bend(body: Json) -> Json:
        meant = body["id"] in known and body["timeEnded"] is not None
        return {**body, "duration": body["timeEnded"] - body["timeQueued"]} if meant else body

    bend_body(server, LOG, bend)


@deviation("unwaited-address-without-owner", clauses=("PL-23",), case="pliant/readExecutionLog/rules/holds/flowUri")
def unwaited_address_without_owner(server: Pliant) -> None:
    """The address in the log of a run that nobody waited for begins with the folder."""
    known, honest = unwaited(server), server.rules.logs.address
    server.rules.logs.address = lambda run: honest(run).partition("/")[2] if run.id in known else honest(run)


@deviation("result-not-encoded", clauses=("PL-26",), case=SHAPE)
def result_not_encoded(server: Pliant) -> None:
    """The result in a log is an object instead of a text."""
    server.rules.logs.result = lambda run: None if run.ended is None else run.outputs


@deviation("unwaited-results-mixed", clauses=("PL-26",), case="pliant/triggerWorkflow/job/twins-agree")
def unwaited_results_mixed(server: Pliant) -> None:
    """The log of a run that nobody waited for shows the outputs of the last one that began."""
    known, honest = unwaited(server), server.rules.logs.result

    def result(run: Run) -> Any:
        last = next((one for one in reversed(server.store.runs.values()) if one.id in known), run)
        return honest(replace(run, outputs=last.outputs) if run.id in known else run)

    server.rules.logs.result = result


@deviation("result-of-texts", clauses=("PL-26",), case="pliant/triggerWorkflow/job/twins-agree")
def result_of_texts(server: Pliant) -> None:
    """A number among the outputs is a text in a log."""
    honest = server.rules.logs.result

    def result(run: Run) -> Any:
        outputs = {name: str(value) if isinstance(value, float) else value for name, value in run.outputs.items()}
        return honest(replace(run, outputs=outputs))

    server.rules.logs.result = result


@deviation("result-without-nothing", clauses=("PL-26",), case="pliant/triggerWorkflow/job/twins-agree")
def result_without_nothing(server: Pliant) -> None:
    """An output that is false is left out in a log."""
    honest = server.rules.logs.result

    def result(run: Run) -> Any:
        return honest(replace(run, outputs={name: it for name, it in run.outputs.items() if it is not False}))

    server.rules.logs.result = result


@deviation("result-cut-short", clauses=("PL-26",), case="pliant/triggerWorkflow/job/same-result")
def result_cut_short(server: Pliant) -> None:
    """The outputs in a log are the first hundred letters of what the workflow gave."""
    honest = server.rules.logs.result
    server.rules.logs.result = lambda run: honest(
        replace(run, outputs={name: str(value)[:100] for name, value in run.outputs.items()})
    )


@deviation("result-no-json", clauses=("PL-26",), case="pliant/triggerWorkflow/job/result")
def result_no_json(server: Pliant) -> None:
    """The result in a log is a text that is not JSON."""
    server.rules.logs.result = lambda run: None if run.ended is None else str(run.outputs)


@deviation("result-with-dollars", clauses=("PL-26",), case="pliant/triggerWorkflow/job/same-result")
def result_with_dollars(server: Pliant) -> None:
    """The result in a log has the keys that belong to the trigger's reply."""

    def result(run: Run) -> str | None:
        return None if run.ended is None else jsonio.render({**run.outputs, **keys(server, run)}).decode()

    server.rules.logs.result = result


@deviation("success-is-text", clauses=("PL-27",), case=SHAPE)
def success_is_text(server: Pliant) -> None:
    """Whether a run succeeded is told as a text."""

    def bend(body: Json) -> Json:
        told = body["success"]
        return {**body, "success": told if told is None else str(told).lower()}

    bend_body(server, LOG, bend)


@deviation("completed-without-success", clauses=("PL-27",), case=SHAPE)
def completed_without_success(server: Pliant) -> None:
    """A run that ended well says that it did not succeed."""
    bend_body(server, LOG, lambda body: {**body, "success": body["success"] and False})


@deviation("error-is-null", clauses=("PL-27",), case=SHAPE)
def error_is_null(server: Pliant) -> None:
    """The error of a run that ended well is null instead of empty."""
    honest = server.rules.logs.error
    server.rules.logs.error = lambda run: honest(run) or None


@deviation("log-has-the-letter", clauses=("PL-27a",), case="pliant/triggerWorkflow/job/ends")
def log_has_the_letter(server: Pliant) -> None:
    """The status in a log is the letter of the trigger's reply."""
    honest = server.rules.logs.word
    server.rules.logs.word = lambda run: "C" if honest(run) == "COMPLETED" else honest(run)


@deviation("completed-before-its-end", clauses=("PL-27a",), case="pliant/triggerWorkflow/job/ends-too/slow")
def completed_before_its_end(server: Pliant) -> None:
    """The log of a run that goes on is what it is going to be at the end."""
    honest = server.rules.logs.found

    def found(server: Pliant, caller: Caller, key: str) -> Run:
        run = honest(server, caller, key)
        return replace(run, ended=run.ended or run.ran + timedelta(seconds=length(server, run)))

    server.rules.logs.found = found


@deviation("logs-kept-an-hour", clauses=("PL-32",), case="pliant/run/retention/kept")
def logs_kept_an_hour(server: Pliant) -> None:
    """A log is gone after an hour."""
    server.rules.logs.lifetime = timedelta(hours=1)
