"""Runs: a workflow is located, started, waited for or not, and ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.kit.model import Json
from conformance.mocks.kit.progress import Progress
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.records import Caller, Run, Workflow

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant

ROOT = "User/"
QUEUE = timedelta(milliseconds=16)


def folder(server: Pliant, sent: str) -> str:
    """The folder that is meant: the address of every workflow has User before it, and a caller may have too."""
    form = server.choices["folder_form"]
    rooted = sent.startswith(ROOT)
    if (form == "bare" and rooted) or (form == "rooted" and not rooted):
        raise unknown(server)
    return sent.removeprefix(ROOT)


def unknown(server: Pliant) -> Exception:
    """The refusal of an address that leads to no workflow."""
    return refused(int(server.choices["unknown_workflow"]), "unknown_workflow", "There is no such workflow")


def located(server: Pliant, _: Caller, owner: str, folder: str, name: str) -> Workflow:
    """The workflow of ``owner``, whoever calls."""
    workflow = server.store.workflows.get((owner, folder, name))
    if workflow is None:
        raise unknown(server)
    return workflow


def inputs(workflow: Workflow, sent: Json) -> Json:
    """The inputs of a run: what was sent, where the workflow has such an input, and defaults."""
    return {name: sent.get(name, default) for name, default in workflow.inputs.items()}


def outputs(workflow: Workflow, given: Json) -> Json:
    """The outputs of a run."""
    return {} if workflow.fails else {name: given[source] for name, source in workflow.outputs.items()}


def new_id(server: Pliant) -> str:
    """The id of a new run."""
    return server.ids.fresh()


def started(server: Pliant, caller: Caller, workflow: Workflow, sent: Json) -> Run:
    """A new run, which has just left the queue."""
    rules, store = server.rules.runs, server.store
    queued = server.clock.stamp()
    ran = server.clock.reach(queued + QUEUE)
    runner = store.runners[len(store.runs) % len(store.runners)]
    given = rules.inputs(workflow, sent)
    run = Run(rules.new_id(server), workflow, caller.user.name, runner, rules.outputs(workflow, given), queued, ran)
    store.runs[run.id] = run
    return run


def length(server: Pliant, run: Run) -> float:
    """The seconds that a run takes."""
    return server.progress.length(run.workflow.seconds)


async def wait(server: Pliant, run: Run) -> None:
    """Let a run take its time: that of the mock's clock when it stands still, else everybody's."""
    if server.clock.real:
        await asyncio.sleep(length(server, run))
    finish(server, run)


def finish(server: Pliant, run: Run) -> None:
    """End a run that goes on, at its time, which is then no longer to come."""
    if run.ended is None:
        run.ended = server.clock.reach(run.ran + timedelta(seconds=length(server, run)))


def over(progress: Progress, run: Run, seconds: float) -> bool:
    """Whether a run that goes on turns out to have ended; one of a slow workflow takes its time in any case."""
    slow = run.workflow.seconds >= 1
    return progress.over(run.reads, seconds) and (not slow or seconds >= progress.length(run.workflow.seconds))


def observe(server: Pliant, run: Run) -> None:
    """Count a read of a run, and end the run when its time has come."""
    run.reads += 1
    if server.rules.runs.over(server.progress, run, (server.clock.now() - run.ran).total_seconds()):
        finish(server, run)


@dataclass
class RunRules:
    """From an address to the end of a run."""

    folder: Callable[[Pliant, str], str] = folder
    located: Callable[[Pliant, Caller, str, str, str], Workflow] = located
    inputs: Callable[[Workflow, Json], Json] = inputs
    outputs: Callable[[Workflow, Json], Json] = outputs
    new_id: Callable[[Pliant], str] = new_id
    started: Callable[[Pliant, Caller, Workflow, Json], Run] = started
    wait: Callable[[Pliant, Run], Awaitable[None]] = wait
    over: Callable[[Progress, Run, float], bool] = over
