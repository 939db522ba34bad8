"""Commands and states: what is available, and what executing or setting does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Refusal, Reply
from conformance.mocks.optimajet import instances
from conformance.mocks.optimajet.envelope import ok
from conformance.mocks.optimajet.fields import Fields, WithParameters
from conformance.mocks.optimajet.progress import ended
from conformance.mocks.optimajet.records import Instance, Step
from conformance.mocks.optimajet.schemes import NOT_SPECIFIED, Activity, Transition

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import Call, OptimaJet


def may_give(server: OptimaJet, offered: Transition, fields: Fields) -> bool:
    """Whether the identity of a request may give a command; without one it depends on a choice."""
    identity = fields.impersonatedidentityid or fields.identityid
    if not offered.role:
        return True
    if not identity:
        return server.choices["anonymous_commands"] == "all"
    return identity == server.identity(offered.role)


def offered(server: OptimaJet, instance: Instance) -> tuple[Transition, ...]:
    """The transitions that can begin now: none while the process is under way or has ended."""
    if ended(instance) or server.rules.progress.under_way(server, instance):
        return ()
    return instance.scheme.leaving(instance.activity.name)


def available(server: OptimaJet, instance: Instance, fields: Fields) -> list[Transition]:
    """The commands that a request can give to a process now."""
    rules = server.rules.commands
    return [item for item in rules.offered(server, instance) if rules.may_give(server, item, fields)]


def chosen(server: OptimaJet, instance: Instance, command: str, fields: Fields) -> Transition:
    """The transition that a command triggers; refuses an unavailable one."""
    rules = server.rules.commands
    for item in rules.available(server, instance, fields):
        if item.command == command:
            return item
    message = f"The command {command} is not available"
    raise Refusal(409, message, (Detail("CommandNotAvailable", ""),))


def settable(server: OptimaJet, instance: Instance, state: str) -> Activity:
    """The activity that setting a state leads to; refuses a state that cannot be set."""
    found = instance.scheme.settable(state)
    if found is None:
        raise Refusal(409, f"The state {state} cannot be set", (Detail("StateNotAvailable", ""),))
    if ended(instance) and server.choices["set_state_after_end"] == "refused":
        raise Refusal(409, "The process has ended", (Detail("StateNotAvailable", ""),))
    return found


def states(_: OptimaJet, instance: Instance) -> list[Activity]:
    """The activities whose state can be set."""
    return [activity for activity in instance.scheme.activities if activity.settable]


def move(_: OptimaJet, instance: Instance, step: Step) -> None:
    """Bring a process to another activity, and remember how."""
    instance.activity = step.target
    instance.steps.append(step)
    instance.moved_at = step.at
    instance.reads = 0


def executed(_: OptimaJet, __: Instance) -> bool:
    """What WasExecuted says."""
    return True


@dataclass
class CommandRules:
    """The steps of executing commands and of setting states."""

    may_give: Callable[[OptimaJet, Transition, Fields], bool] = may_give
    offered: Callable[[OptimaJet, Instance], tuple[Transition, ...]] = offered
    available: Callable[[OptimaJet, Instance, Fields], list[Transition]] = available
    chosen: Callable[[OptimaJet, Instance, str, Fields], Transition] = chosen
    settable: Callable[[OptimaJet, Instance, str], Activity] = settable
    states: Callable[[OptimaJet, Instance], list[Activity]] = states
    move: Callable[[OptimaJet, Instance, Step], None] = move
    executed: Callable[[OptimaJet, Instance], bool] = executed


async def available_commands(server: OptimaJet, call: Call) -> Reply:
    """The commands that a process takes now."""
    instance = instances.found(server, call)
    rules = server.rules
    commands = rules.commands.available(server, instance, call.fields)
    told = [rules.views.command(server, instance, item, _identities(server, item)) for item in commands]
    rules.progress.look(server, instance)
    return ok(server, call.operation, told)


def _identities(server: OptimaJet, item: Transition) -> list[str]:
    return [server.identity(item.role)] if item.role else []


async def execute(server: OptimaJet, call: Call) -> Reply:
    """Give a command to a process; tells the process as it is afterwards."""
    rules, fields = server.rules, call.fields
    async with rules.instances.hold(server, call.operation, call.key):
        instance = instances.found(server, call)
        item = rules.commands.chosen(server, instance, fields.command, fields)
        await rules.instances.pause(call.operation)
        target = instance.scheme.activity(item.target)
        rules.commands.move(server, instance, _step(server, call, instance, target, item))
        _keep(server, call, instance)
        told = {
            "WasExecuted": rules.commands.executed(server, instance),
            "ProcessInstance": rules.views.instance(server, instance),
        }
        return ok(server, call.operation, told)


async def available_states(server: OptimaJet, call: Call) -> Reply:
    """The states that a process can be set to."""
    instance = instances.found(server, call)
    activities = server.rules.commands.states(server, instance)
    told = [server.rules.views.state(server, instance.scheme, item) for item in activities]
    return ok(server, call.operation, told)


async def set_state(server: OptimaJet, call: Call) -> Reply:
    """Bring a process to a state, whatever its scheme says of the way."""
    rules = server.rules
    async with rules.instances.hold(server, call.operation, call.key):
        instance = instances.found(server, call)
        target = rules.commands.settable(server, instance, call.fields.state)
        rules.commands.move(server, instance, _step(server, call, instance, target, None))
        _keep(server, call, instance)
        return ok(server, call.operation)


def _step(server: OptimaJet, call: Call, instance: Instance, target: Activity, item: Transition | None) -> Step:
    executor = call.fields.identityid
    return Step(
        id=server.ids.fresh(),
        source=instance.activity,
        target=target,
        classifier=item.classifier if item else NOT_SPECIFIED,
        at=server.clock.stamp(),
        executor=executor,
        actor=call.fields.impersonatedidentityid or executor,
        command=item.command if item else "",
    )


def _keep(server: OptimaJet, call: Call, instance: Instance) -> None:
    fields: WithParameters = call.fields
    kept = server.rules.fields.kept_parameters(fields, call.sent.others)
    server.rules.instances.kept(instance, kept)
