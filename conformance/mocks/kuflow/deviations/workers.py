"""Workers that are catalogued wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import mend_json, require
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.records import Worker
from conformance.mocks.kuflow.server import KuFlow

WORKER = "kuflow/createWorker"
LONGEST = {"identity": 255, "taskQueue": 255, "hostname": 255, "ip": 40}
"""What is longer is refused, and left for the rules to refuse."""


def _show(server: KuFlow, **instead: Any) -> None:
    """Show other values of a worker than it has; ``None`` shows none."""
    honest = server.rules.views.worker

    def worker(server: KuFlow, record: Worker) -> Json:
        told = {**honest(server, record), **instead}
        return {name: value for name, value in told.items() if value is not None}

    server.rules.views.worker = worker


def _cut(server: KuFlow, name: str, length: int) -> None:
    """Keep no more than ``length`` characters of a property."""

    def mend(value: Any) -> Any:
        text = value.get(name) if isinstance(value, dict) else None
        fits = isinstance(text, str) and len(text) <= LONGEST[name]
        return {**value, name: text[:length]} if fits and isinstance(text, str) else value

    mend_json(server, ("createWorker",), mend)


@deviation("identity-cut-at-64", clauses=("KF-125b",), case=f"{WORKER}/workers/takes/identity-255")
def identity_cut_at_64(server: KuFlow) -> None:
    """The identity of a worker is cut after 64 characters."""
    _cut(server, "identity", 64)


@deviation("task-queue-default", clauses=("KF-126",), case=f"{WORKER}/idempotency/replay-updates")
def task_queue_default(server: KuFlow) -> None:
    """Every worker is on one task queue, whatever it said."""
    _show(server, taskQueue="default")


@deviation("task-queue-cut-at-64", clauses=("KF-126b",), case=f"{WORKER}/workers/takes/taskQueue-255")
def task_queue_cut_at_64(server: KuFlow) -> None:
    """The task queue of a worker is cut after 64 characters."""
    _cut(server, "taskQueue", 64)


@deviation("workflow-types-forgotten", clauses=("KF-127",), case=f"{WORKER}/stores/kept/workflowTypes")
def workflow_types_forgotten(server: KuFlow) -> None:
    """The workflow types of a worker are not kept."""
    _show(server, workflowTypes=[])


@deviation("activity-types-forgotten", clauses=("KF-128",), case=f"{WORKER}/stores/kept/activityTypes")
def activity_types_forgotten(server: KuFlow) -> None:
    """The activity types of a worker are not kept."""
    _show(server, activityTypes=[])


@deviation("hostname-default", clauses=("KF-129",), case=f"{WORKER}/idempotency/replay-updates")
def hostname_default(server: KuFlow) -> None:
    """Every worker is said to run on one host, whatever it said."""
    _show(server, hostname="localhost")


@deviation("hostname-cut-at-64", clauses=("KF-129b",), case=f"{WORKER}/workers/takes/hostname-255")
def hostname_cut_at_64(server: KuFlow) -> None:
    """The host name of a worker is cut after 64 characters."""
    _cut(server, "hostname", 64)


@deviation("ip-of-the-caller", clauses=("KF-130",), case=f"{WORKER}/idempotency/replay-updates")
def ip_of_the_caller(server: KuFlow) -> None:
    """A worker has the address that its request came from, not the one that it named."""
    _show(server, ip="127.0.0.1")


@deviation("ip-cut-at-15", clauses=("KF-130b",), case=f"{WORKER}/workers/takes/ip-40")
def ip_cut_at_15(server: KuFlow) -> None:
    """The address of a worker is cut to the length of an IPv4 address."""
    _cut(server, "ip", 15)


@deviation("installation-id-forgotten", clauses=("KF-131",), case=f"{WORKER}/stores/kept/installationId")
def installation_id_forgotten(server: KuFlow) -> None:
    """The installation id of a worker is not kept."""
    _show(server, installationId=None)


@deviation("robot-ids-forgotten", clauses=("KF-132",), case=f"{WORKER}/stores/kept/robotIds")
def robot_ids_forgotten(server: KuFlow) -> None:
    """The robots of a worker are not kept."""
    _show(server, robotIds=None)


@deviation("worker-tenant-ignored", clauses=("KF-133",), case=f"{WORKER}/stores/kept/tenantId")
def worker_tenant_ignored(server: KuFlow) -> None:
    """A worker is said to belong to no tenant, whichever it named."""
    _show(server, tenantId=None)


@deviation("worker-tenant-required", clauses=("KF-133",), case=f"{WORKER}/contract/valid-request")
def worker_tenant_required(server: KuFlow) -> None:
    """A worker without tenantId is refused."""
    require(server, "createWorker", "tenantId")


@deviation("upsert-moves-the-creation", clauses=("KF-006c",), case=f"{WORKER}/idempotency/replay-updates")
def upsert_moves_the_creation(server: KuFlow) -> None:
    """A worker that is registered again was created then, once that is stored."""
    honest = server.rules.workers.updated

    def updated(worker: Worker, values: Json) -> Json:
        worker.created_at = server.clock.stamp() + timedelta(seconds=1)
        return honest(worker, values)

    server.rules.workers.updated = updated


@deviation("workers-create-themselves", clauses=("KF-006c",), case=f"{WORKER}/processes/creator")
def workers_create_themselves(server: KuFlow) -> None:
    """A worker is shown as created by itself."""
    bend_success(server, "createWorker", lambda body: {**body, "createdBy": body["id"]})


@deviation("workers-created-in-local-time", clauses=("KF-006c",), case="kuflow/worker/moments/created")
def workers_created_in_local_time(server: KuFlow) -> None:
    """The moment at which a worker was made is that of a clock two hours east of Greenwich, marked as UTC."""
    honest = server.rules.views.worker
    server.rules.views.worker = lambda server, record: honest(
        server, replace(record, created_at=record.created_at + timedelta(hours=2))
    )
