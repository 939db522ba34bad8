"""How executions get on: at once, by being read, or by the mock's clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from conformance.mocks.smartflows.records import DRIVEN, ENDED, Execution

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows

PRODUCTIVE = frozenset({"Success", "Warning"})
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

LOOK_SECONDS = 0.05
"""How often a poll that is held back looks whether somebody else changed the status."""


def seen(server: SmartFlows, execution: Execution, counts: bool = True) -> None:
    """Let an execution get on to where it is when it is looked at; ``counts`` tells a read from a listing."""
    pace = server.pace
    if pace.kind == "seconds":
        _by_clock(server, execution, timedelta(seconds=pace.amount))
    elif pace.kind == "immediate":
        while execution.status in DRIVEN:
            server.rules.pace.enter(server, execution, server.clock.stamp())
    elif counts:
        _by_reads(server, execution, int(pace.amount))
    execution.percentage = server.rules.pace.percentage(server, execution)


def _by_clock(server: SmartFlows, execution: Execution, lasts: timedelta) -> None:
    while execution.status in DRIVEN and execution.since + lasts <= server.clock.now():
        server.rules.pace.enter(server, execution, execution.since + lasts)


def _by_reads(server: SmartFlows, execution: Execution, lasts: int) -> None:
    while execution.status in DRIVEN:
        if execution.reads < lasts:
            execution.reads += 1
            return
        server.rules.pace.enter(server, execution, server.clock.stamp())


def settle(server: SmartFlows, execution: Execution) -> None:
    """Before a command: only what the clock says has happened."""
    if server.pace.kind == "seconds":
        _by_clock(server, execution, timedelta(seconds=server.pace.amount))


def enter(server: SmartFlows, execution: Execution, moment: datetime) -> None:
    """Move an execution to the next status of its course; one that succeeds leaves a document."""
    execution.at += 1
    execution.reads = 0
    execution.since = execution.modified_at = moment
    execution.stages.append((execution.status, moment))
    if execution.status in PRODUCTIVE:
        execution.document = server.ids.named("document", execution.key)
        server.store.documents[execution.document] = PDF


def turn(server: SmartFlows, execution: Execution, *statuses: str) -> None:
    """Give an execution another course from here on, and begin it."""
    execution.course = (*execution.course[: execution.at + 1], *statuses)
    server.rules.pace.enter(server, execution, server.clock.stamp())
    execution.percentage = server.rules.pace.percentage(server, execution)


async def wait(server: SmartFlows, execution: Execution, timeout: int) -> None:
    """A long poll: time passes up to the next change of a driven status, by ``timeout`` at most.

    It passes at once on a clock that stands still; on one that runs the poll is held back, until the status changes.
    """
    if server.pace.kind != "seconds" or execution.status not in DRIVEN:
        return
    clock, status = server.clock, execution.status
    left = execution.since + timedelta(seconds=server.pace.amount) - clock.now()
    until = clock.now() + timedelta(seconds=max(0.0, min(left.total_seconds(), timeout)))
    while clock.real and execution.status == status and (left := until - clock.now()) > timedelta():
        await asyncio.sleep(min(LOOK_SECONDS, left.total_seconds()))
    clock.reach(until)


def percentage(server: SmartFlows, execution: Execution) -> int:
    """How much of the course is done, 0 to 100; 100 when it has ended; it never falls."""
    if execution.status in ENDED:
        return 100
    runs = [number for number, status in enumerate(execution.course) if status == "Running"]
    done = float(sum(number < execution.at for number in runs))
    if execution.status == "Running":
        done += _part(server, execution)
    return max(execution.percentage, min(99, int(100 * done / max(1, len(runs)))))


def _part(server: SmartFlows, execution: Execution) -> float:
    pace = server.pace
    if pace.kind == "reads":
        return execution.reads / (pace.amount + 1)
    if pace.kind == "seconds" and pace.amount:
        return min(1.0, (server.clock.now() - execution.since).total_seconds() / pace.amount)
    return 0.0


@dataclass
class PaceRules:
    """How an execution moves through its course."""

    seen: Callable[[SmartFlows, Execution, bool], None] = seen
    enter: Callable[[SmartFlows, Execution, datetime], None] = enter
    turn: Callable[..., None] = turn
    wait: Callable[[SmartFlows, Execution, int], Awaitable[None]] = wait
    percentage: Callable[[SmartFlows, Execution], int] = percentage
