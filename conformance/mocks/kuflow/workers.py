"""Workers: registered once for an identity in a tenant, updated after that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.creates import Creation, created
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.params import WorkerParams
from conformance.mocks.kuflow.records import Worker

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow


def natural_key(tenant: str, identity: str) -> str:
    """What makes a worker the same worker."""
    return f"{tenant}/{identity}"


def updated(_: Worker, values: Json) -> Json:
    """The properties of a worker after it is registered again: those sent, and none of the old."""
    return values


@dataclass
class WorkerRules:
    """How workers are told apart and updated."""

    natural_key: Callable[[str, str], str] = natural_key
    updated: Callable[[Worker, Json], Json] = updated


async def create(server: KuFlow, call: Call) -> Reply:
    """createWorker."""
    params: WorkerParams = call.params
    tenant = params.tenant_id or call.identity.tenant
    if tenant not in call.identity.tenants:
        raise invalid(server, Detail("unknown", "no such tenant", "tenantId", "body"))
    values = params.model_dump(by_alias=True, exclude_unset=True) | {"tenantId": tenant}
    key = server.rules.workers.natural_key(tenant, params.identity)
    creation = Creation(
        collection=server.store.workers,
        key=key,
        make=lambda: _made(server, call, key, tenant, values),
        add=server.store.workers.add,
        repeat=lambda found: _updated(server, call, found, values),
    )
    status, worker = await created(server, call.operation, creation)
    return Reply(status, server.rules.views.worker(server, worker))


def _made(server: KuFlow, call: Call, key: str, tenant: str, values: Json) -> Worker:
    moment, caller = server.clock.stamp(), call.identity.principal
    return Worker(
        key=key,
        id=server.ids.fresh(),
        tenant=tenant,
        created_by=caller,
        created_at=moment,
        modified_by=caller,
        modified_at=moment,
        values=values,
    )


def _updated(server: KuFlow, call: Call, worker: Worker, values: Json) -> Worker:
    worker.values = server.rules.workers.updated(worker, values)
    server.rules.processes.touch(server, call, worker)
    return worker
