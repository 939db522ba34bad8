"""Process instances: created under the caller's id, read, found again, deleted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.envelope import ok
from conformance.mocks.optimajet.fields import CreateFields
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.schemes import SCHEMES, Scheme

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import Call, OptimaJet


def missing() -> Refusal:
    """No process instance has that id."""
    return Refusal(404, "The process instance is not found", (Detail("ProcessNotFound", ""),))


def scheme(_: OptimaJet, code: str) -> Scheme:
    """The scheme with a code; refuses what is unknown."""
    if code not in SCHEMES:
        raise Refusal(404, f"There is no scheme {code}", (Detail("SchemeNotFound", ""),))
    return SCHEMES[code]


@asynccontextmanager
async def hold(server: OptimaJet, _: str, key: str) -> AsyncIterator[None]:
    """Let one change at a time happen to a process."""
    async with server.locks.setdefault(key, asyncio.Lock()):
        yield


async def pause(_: str) -> None:
    """The moment between look-up and change in which others run."""
    await asyncio.sleep(0)


def duplicate(_: OptimaJet, __: Instance, ___: Instance) -> None:
    """Refuse to create what exists: the existing instance, then the one that would replace it."""
    raise Refusal(409, "The process already exists", (Detail("ProcessAlreadyExists", ""),))


def insert(server: OptimaJet, _: str, instance: Instance) -> None:
    """Keep a new instance."""
    server.store.instances[instance.key] = instance


def exists(server: OptimaJet, key: str) -> bool:
    """Whether an instance has this key."""
    return key in server.store.instances


def remove(server: OptimaJet, _: str, key: str) -> None:
    """Forget an instance."""
    server.store.instances.pop(key, None)


def doomed(keys: list[str]) -> list[str]:
    """Which of the instances named a bulk delete removes."""
    return keys


def listed(server: OptimaJet, _: str) -> list[Instance]:
    """The instances that a list or a box looks through."""
    return server.store.ordered()


def found(server: OptimaJet, call: Call) -> Instance:
    """The instance in the path; refuses an unknown one, and one of another tenant."""
    instance = server.store.instances.get(call.key)
    if instance is None or not of_tenant(instance, call.fields.tenantid):
        raise missing()
    return instance


def of_tenant(instance: Instance, tenant: str | None) -> bool:
    """Whether an instance belongs to the tenant named, if one is."""
    return not tenant or instance.tenant == tenant


def made(server: OptimaJet, call: Call, fields: CreateFields) -> Instance:
    """The instance that a create asks for, at the beginning of its scheme."""
    wanted = server.rules.instances.scheme(server, fields.schemecode)
    moment = server.clock.stamp()
    return Instance(
        key=call.key,
        id=call.shown_id if server.choices["id_case"] == "kept" else call.key,
        scheme=wanted,
        activity=wanted.initial,
        created_at=moment,
        moved_at=moment,
        tenant=fields.tenantid,
        parameters=server.rules.fields.kept_parameters(fields, call.sent.others),
    )


def parameters_kept(instance: Instance, parameters: Json) -> None:
    """Let an instance keep process parameters."""
    instance.parameters = instance.parameters | parameters


@dataclass
class InstanceRules:
    """The steps of creating and deleting instances."""

    scheme: Callable[[OptimaJet, str], Scheme] = scheme
    hold: Callable[[OptimaJet, str, str], AbstractAsyncContextManager[None]] = hold
    pause: Callable[[str], Awaitable[None]] = pause
    made: Callable[[OptimaJet, Call, CreateFields], Instance] = made
    duplicate: Callable[[OptimaJet, Instance, Instance], None] = duplicate
    insert: Callable[[OptimaJet, str, Instance], None] = insert
    exists: Callable[[OptimaJet, str], bool] = exists
    remove: Callable[[OptimaJet, str, str], None] = remove
    doomed: Callable[[list[str]], list[str]] = doomed
    listed: Callable[[OptimaJet, str], list[Instance]] = listed
    kept: Callable[[Instance, Json], None] = parameters_kept


async def create(server: OptimaJet, call: Call) -> Reply:
    """Create the instance with the id in the path."""
    rules = server.rules.instances
    async with rules.hold(server, call.operation, call.key):
        existing = server.store.instances.get(call.key)
        if call.key in server.store.deleted and server.choices["deleted_id"] == "refused":
            raise Refusal(409, "The id was that of a deleted process", (Detail("ProcessAlreadyExists", ""),))
        await rules.pause(call.operation)
        instance = rules.made(server, call, call.fields)
        if existing is not None:
            rules.duplicate(server, existing, instance)
        else:
            rules.insert(server, call.operation, instance)
        return ok(server, call.operation)


async def info(server: OptimaJet, call: Call) -> Reply:
    """Everything about an instance."""
    instance = found(server, call)
    told = server.rules.views.info(server, instance)
    server.rules.progress.look(server, instance)
    return ok(server, call.operation, told)


async def is_exist(server: OptimaJet, call: Call) -> Reply:
    """Whether an instance exists (for a tenant)."""
    instance = server.store.instances.get(call.key)
    there = server.rules.instances.exists(server, call.key)
    mine = instance is None or of_tenant(instance, call.fields.tenantid)
    return ok(server, call.operation, there and mine)


async def delete(server: OptimaJet, call: Call) -> Reply:
    """Delete an instance."""
    _refuse_missing(server, call.fields.tenantid, [call.key])
    server.rules.instances.remove(server, call.operation, call.key)
    server.store.deleted.add(call.key)
    return ok(server, call.operation)


async def delete_many(server: OptimaJet, call: Call) -> Reply:
    """Delete instances: all of them, or none when one is refused."""
    _refuse_missing(server, call.fields.tenantid, call.fields.processids)
    for key in server.rules.instances.doomed(call.fields.processids):
        server.rules.instances.remove(server, call.operation, key)
        server.store.deleted.add(key)
    return ok(server, call.operation)


def _refuse_missing(server: OptimaJet, tenant: str | None, keys: list[str]) -> None:
    for key in keys:
        instance = server.store.instances.get(key)
        if instance is None and server.choices["delete_unknown"] == "ignored":
            continue
        if instance is None or not of_tenant(instance, tenant):
            raise missing()
