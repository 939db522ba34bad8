"""The log of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.records import Caller, Run
from conformance.mocks.pliant.runs import ROOT, observe

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant

KEPT = timedelta(days=7)


def moment(at: datetime | None) -> int | None:
    """A moment in milliseconds since 1970."""
    return None if at is None else int(at.timestamp() * 1000)


def word(run: Run) -> str:
    """The status of a run in its log; RUNNING and FAILED are this server's own."""
    if run.ended is None:
        return "RUNNING"
    return "FAILED" if run.workflow.fails else "COMPLETED"


def address(run: Run) -> str:
    """The address of the workflow, its owner first."""
    workflow = run.workflow
    return f"{workflow.owner}/{ROOT}{workflow.folder}/{workflow.name}"


def duration(run: Run) -> int | None:
    """The milliseconds from leaving the queue to the end."""
    return None if run.ended is None else (moment(run.ended) or 0) - (moment(run.ran) or 0)


def duration_queued(run: Run) -> int:
    """The milliseconds in the queue."""
    return (moment(run.ran) or 0) - (moment(run.queued) or 0)


def result(run: Run) -> Any:
    """The outputs as a text that is JSON, of a run that ended well."""
    return None if run.ended is None or run.workflow.fails else jsonio.render(run.outputs).decode()


def error(run: Run) -> str | None:
    """What went wrong: nothing is an empty text."""
    return "The workflow has failed" if run.ended and run.workflow.fails else ""


def view(server: Pliant, run: Run) -> Json:
    """The log."""
    rules = server.rules.logs
    told = {
        "id": run.id,
        "flowUri": rules.address(run),
        "userName": run.workflow.owner if server.choices["log_user"] == "owner" else run.caller,
        "runner": run.runner,
        "status": rules.word(run),
        "timeStarted": rules.moment(run.queued),
        "timeEnded": rules.moment(run.ended),
        "timeQueued": rules.moment(run.queued),
        "timePaused": None,
        "timeRan": rules.moment(run.ran),
        "duration": rules.duration(run),
        "durationQueued": rules.duration_queued(run),
        "durationPaused": 0,
        "success": None if run.ended is None else not run.workflow.fails,
        "result": rules.result(run),
        "error": rules.error(run),
        "state": None,
    }
    sparse = run.ended is None and server.choices["unfinished_log"] == "sparse"
    return {name: value for name, value in told.items() if value is not None} if sparse else told


def kept(server: Pliant, run: Run) -> bool:
    """Whether a log has not been thrown away yet."""
    return server.clock.now() < (run.ended or run.ran) + server.rules.logs.lifetime


def found(server: Pliant, caller: Caller, key: str) -> Run:
    """The run with that id, its progress up to date; refuses what has no log to show."""
    run = server.store.runs.get(key.lower())
    if run is None or not server.rules.logs.kept(server, run):
        raise unknown(server)
    observe(server, run)
    if server.choices["unfinished_log"] == "early" and run.ended is None:
        raise refused(425, "unfinished_log", "The run goes on")
    hidden = server.choices["unfinished_log"] == "hidden" and run.ended is None
    foreign = server.choices["foreign_log"] == "hidden" and run.caller != caller.user.name
    if hidden or foreign:
        raise unknown(server)
    return run


def unknown(server: Pliant) -> Refusal:
    """The refusal of a log that is not there."""
    return refused(int(server.choices["unknown_log"]), "unknown_log", "There is no such log")


@dataclass
class LogRules:
    """What a log shows, and for how long."""

    moment: Callable[[datetime | None], Any] = moment
    word: Callable[[Run], str] = word
    address: Callable[[Run], str] = address
    duration: Callable[[Run], int | None] = duration
    duration_queued: Callable[[Run], int] = duration_queued
    result: Callable[[Run], Any] = result
    error: Callable[[Run], str | None] = error
    view: Callable[[Pliant, Run], Json] = view
    kept: Callable[[Pliant, Run], bool] = kept
    found: Callable[[Pliant, Caller, str], Run] = found
    lifetime: timedelta = KEPT


async def read(server: Pliant, operation: str, request: Received) -> Reply:
    """readExecutionLog."""
    caller = server.rules.auth.authenticate(server, operation, request)
    run = server.rules.logs.found(server, caller, request.path["logId"])
    return Reply(200, server.rules.logs.view(server, run))
