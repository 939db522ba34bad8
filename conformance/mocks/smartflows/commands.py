"""What moves an execution from outside: a user's input, a cancellation, an event, an interruption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.errors import conflict, invalid
from conformance.mocks.smartflows.pace import settle
from conformance.mocks.smartflows.records import DRIVEN, ENDED, Execution

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows

FLOW = "flow"
"""The field in which a user names the flow to run."""


def answered(_: SmartFlows, execution: Execution, values: Json) -> Json:
    """The values of the form: a field that is not sent stays empty, and no other is kept."""
    return {key: values.get(key, "") for key, _default in execution.flow.asks}


def carry_on(server: SmartFlows, execution: Execution) -> None:
    """Resume after a halt."""
    server.rules.pace.enter(server, execution, server.clock.stamp())


def select(server: SmartFlows, execution: Execution, values: Json) -> None:
    """Run the flow that the user chose; refuses a choice that names none."""
    named = values.get(FLOW)
    if not isinstance(named, str):
        raise invalid(server, f"{FLOW}: name the flow to run")
    execution.flow = server.rules.executions.flow_by_id(server, named)
    server.rules.pace.turn(server, execution, *execution.flow.course)


def cancel(server: SmartFlows, execution: Execution) -> Execution:
    """Stop an execution; gives the one that the reply shows."""
    server.rules.pace.turn(server, execution, "Canceled")
    return execution


@dataclass
class CommandRules:
    """What commands do."""

    answered: Callable[[SmartFlows, Execution, Json], Json] = answered
    carry_on: Callable[[SmartFlows, Execution], None] = carry_on
    select: Callable[[SmartFlows, Execution, Json], None] = select
    cancel: Callable[[SmartFlows, Execution], Execution] = cancel


def _commanded(server: SmartFlows, call: Call) -> Execution:
    execution = server.rules.executions.found(server, call.id)
    settle(server, execution)
    return execution


async def continue_execution(server: SmartFlows, call: Call) -> Reply:
    """continueExecution."""
    execution, rules = _commanded(server, call), server.rules.commands
    values: Json = call.body or {}
    if execution.status == "UserInput":
        execution.answers = rules.answered(server, execution, values)
        rules.carry_on(server, execution)
        execution.modified_by = call.caller
    elif execution.status == "SelectFlow":
        rules.select(server, execution, values)
        execution.modified_by = call.caller
    elif server.choices["continue_unasked"] == "refused":
        raise conflict(f"The execution is {execution.status}")
    return Reply(200, server.rules.views.progress(server, execution))


async def cancel_execution(server: SmartFlows, call: Call) -> Reply:
    """cancelExecution."""
    execution = _commanded(server, call)
    if execution.status not in ENDED:
        execution.modified_by = call.caller
        execution = server.rules.commands.cancel(server, execution)
    elif server.choices["cancel_ended"] == "refused":
        raise conflict(f"The execution is {execution.status}")
    return Reply(200, server.rules.views.progress(server, execution))


def resume(server: SmartFlows, execution: Execution) -> None:
    """The external event that a waiting execution waits for; any other is left as it is."""
    if execution.status == "Waiting":
        server.rules.commands.carry_on(server, execution)


def interrupt(server: SmartFlows, execution: Execution) -> None:
    """The unexpected event; an execution that has ended is left as it is."""
    if execution.status not in ENDED:
        server.rules.pace.turn(server, execution, "Interrupted")


def finish(server: SmartFlows, execution: Execution) -> None:
    """Let every driven status pass, up to a halt or the end."""
    while execution.status in DRIVEN:
        server.rules.pace.enter(server, execution, server.clock.stamp())
