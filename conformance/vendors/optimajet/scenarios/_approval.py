"""What the journeys have in common: a document that goes from draft to approval."""

from __future__ import annotations

from uuid import UUID

from optimajet_client import Client, Response
from optimajet_client.api.command import execute_command, get_available_commands
from optimajet_client.models import CommandsResult, ExecuteCommandInfo, ExecuteCommandResult, OperationResult

from conformance.engine.journey import Journey
from conformance.engine.outcome import expect, expect_equal


def commands(journey: Journey, client: Client, process: UUID, identity: str) -> list[str]:
    """The names of the commands that an identity can give once the process rests: none are offered on its way."""
    names: list[str] = []
    for _ in journey.attempts():
        reply = get_available_commands.sync(process, client=client, identity_id=identity)
        found = journey.got(CommandsResult, reply)
        expect_equal(found.success, True, "success")
        names = sorted({command.command_name for command in found.data} if isinstance(found.data, list) else ())
        if names:
            break
    return names


def execute(journey: Journey, client: Client, process: UUID, command: str, identity: str) -> str:
    """Give a command once it is offered; the state that the process is in then."""
    offered = commands(journey, client, process, identity)
    expect(command in offered, f"the command {command} on offer", ", ".join(offered) or "none")
    reply = execute_command.sync(process, client=client, command=command, identity_id=identity)
    done = journey.got(ExecuteCommandResult, reply)
    expect(done.success is True, "success", f"{done.error or done.message}")
    told = journey.got(ExecuteCommandInfo, done.data)
    expect_equal(told.was_executed, True, "WasExecuted")
    return str(told.process_instance.state_name)


def expect_refused(reply: Response[OperationResult | None]) -> None:
    """A refusal is told by the envelope, or by the status."""
    success = reply.parsed.success if reply.parsed else False
    expect(reply.status_code >= 400 or success is False, "a refusal", f"status {reply.status_code}, success {success}")
