"""The trigger, in the form that names a workflow by parameters and in the one that has its address as the path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.inputs import needed
from conformance.mocks.pliant.records import Caller, Run

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant


def letter(run: Run) -> str:
    """The status of a run in the reply to its trigger; F is this server's own."""
    if run.ended is None:
        return "R"
    return "F" if run.workflow.fails else "C"


def keys(server: Pliant, run: Run) -> Json:
    """What a reply tells of the run itself."""
    more = {"$version": 7} if server.choices["more_keys"] == "present" else {}
    return {"$uuid": run.id, "$runner": run.runner, "$status": server.rules.trigger.letter(run), **more}


def outcome(server: Pliant, run: Run) -> Json:
    """The reply to a synchronous trigger."""
    return {**run.outputs, **server.rules.trigger.keys(server, run)}


def acceptance(server: Pliant, run: Run) -> Json:
    """The reply to an asynchronous trigger."""
    return server.rules.trigger.keys(server, run)


def plain(server: Pliant, run: Run, told: Json) -> Json:
    """The reply to a synchronous trigger at an address: ``told`` with or without what tells of the run."""
    return told if server.choices["path_keys"] == "present" else run.outputs


@dataclass
class TriggerRules:
    """What a trigger answers."""

    letter: Callable[[Run], str] = letter
    keys: Callable[[Pliant, Run], Json] = keys
    outcome: Callable[[Pliant, Run], Json] = outcome
    acceptance: Callable[[Pliant, Run], Json] = acceptance
    plain: Callable[[Pliant, Run, Json], Json] = plain


async def by_name(server: Pliant, operation: str, request: Received) -> Reply:
    """triggerWorkflow."""
    caller, query = server.rules.auth.authenticate(server, operation, request), dict(request.query)
    rules = server.rules.runs
    folder, name = rules.folder(server, needed(query, "folder")), needed(query, "name")
    sync, sent = server.rules.inputs.sync(query), server.rules.inputs.body(request)
    _, told = await _run(server, caller, (request.path["username"], folder, name), sync, sent)
    return Reply(200, told)


async def at_path(server: Pliant, operation: str, request: Received) -> Reply:
    """triggerWorkflowAtPath and triggerWorkflowAtPathByGet; by GET every input has its default."""
    caller = server.rules.auth.authenticate(server, operation, request)
    folder, _, name = request.path["location"].rpartition("/")
    sync = server.rules.inputs.sync(dict(request.query))
    sent = {} if operation.endswith("ByGet") else server.rules.inputs.body(request)
    run, told = await _run(server, caller, (request.path["username"], folder, name), sync, sent)
    return Reply(200, server.rules.trigger.plain(server, run, told) if sync else told)


async def _run(
    server: Pliant, caller: Caller, address: tuple[str, str, str], sync: bool, sent: Json
) -> tuple[Run, Json]:
    """Start the workflow at ``address`` and answer as ``sync`` says."""
    workflow = server.rules.runs.located(server, caller, *address)
    run = server.rules.runs.started(server, caller, workflow, sent)
    if not sync:
        return run, server.rules.trigger.acceptance(server, run)
    await server.rules.runs.wait(server, run)
    if workflow.fails and server.choices["failed_run"] != "shown":
        raise refused(int(server.choices["failed_run"]), "failed_run", "The workflow has failed")
    return run, server.rules.trigger.outcome(server, run)
