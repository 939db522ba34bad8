"""Inbox and outbox: who can move a process on, and who moved it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.envelope import ok
from conformance.mocks.optimajet.instances import missing, of_tenant
from conformance.mocks.optimajet.records import Instance

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import Call, OptimaJet


def waiting(server: OptimaJet, instance: Instance) -> list[str]:
    """The identities that a process waits for, each once."""
    roles = [item.role for item in server.rules.commands.offered(server, instance) if item.role]
    return [server.identity(role) for role in dict.fromkeys(roles)]


def moved(_: OptimaJet, instance: Instance) -> list[str]:
    """The identities that moved a process, each once."""
    return list(dict.fromkeys(step.executor for step in instance.steps if step.executor))


def chosen(_: str, instance: Instance, identity: str, call: Call) -> bool:
    """Whether the filters of a request let an item through."""
    fields = call.fields
    right_process = fields.processid in (None, instance.key)
    return right_process and fields.identityid in (None, "", identity) and of_tenant(instance, fields.tenantid)


@dataclass
class BoxRules:
    """What the boxes hold."""

    waiting: Callable[[OptimaJet, Instance], list[str]] = waiting
    moved: Callable[[OptimaJet, Instance], list[str]] = moved
    chosen: Callable[[str, Instance, str, Call], bool] = chosen


async def inbox(server: OptimaJet, call: Call) -> Reply:
    """The processes that wait for an identity."""
    return _box(server, call, server.rules.boxes.waiting, "IdentityId")


async def outbox(server: OptimaJet, call: Call) -> Reply:
    """The processes that an identity moved."""
    return _box(server, call, server.rules.boxes.moved, "ExecutorIdentityId")


def _box(server: OptimaJet, call: Call, who: Callable[[OptimaJet, Instance], Iterable[str]], name: str) -> Reply:
    items: list[Json] = [
        {"ProcessId": instance.id, name: identity}
        for instance in server.rules.instances.listed(server, call.operation)
        for identity in who(server, instance)
        if server.rules.boxes.chosen(call.operation, instance, identity, call)
    ]
    return ok(server, call.operation, items)


async def recalc(server: OptimaJet, call: Call) -> Reply:
    """Compute the boxes of processes anew; they always are new here."""
    for key in call.fields.processids:
        if key not in server.store.instances:
            raise missing()
    return ok(server, call.operation)
