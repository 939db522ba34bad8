"""Replies to writes that show something else than what is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.server import KuFlow


@deviation("patch-answers-the-process", clauses=("KF-020b",), case="kuflow/patchProcessItemTaskData/answers/as-read")
def patch_answers_the_process(server: KuFlow) -> None:
    """The reply to a patch of a task's data shows the id of the process as the task's."""
    bend_success(server, "patchProcessItemTaskData", lambda body: {**body, "id": body["processId"]})


@deviation("data-answers-the-code", clauses=("KF-020b",), case="kuflow/updateProcessItemTaskData/answers/as-read")
def data_answers_the_code(server: KuFlow) -> None:
    """The reply to an update of a task's data shows the code of the task's definition as its name."""
    operation, at = "updateProcessItemTaskData", "taskDefinition"
    bend_success(
        server,
        operation,
        lambda body: {**body, "task": {**body["task"], at: {**body["task"][at], "name": body["task"][at]["code"]}}},
    )


@deviation("metadata-answers-the-process", clauses=("KF-020b",), case="kuflow/updateProcessMetadata/answers/as-read")
def metadata_answers_the_process(server: KuFlow) -> None:
    """The reply to new metadata shows the process as its own initiator."""
    bend_success(server, "updateProcessMetadata", lambda body: {**body, "initiatorId": body["id"]})


@deviation(
    "upload-answers-local-time", clauses=("KF-020b",), case="kuflow/uploadProcessUserActionDocument/answers/as-read"
)
def upload_answers_local_time(server: KuFlow) -> None:
    """The reply to an upload shows the time of creation in local time, marked as UTC."""
    bend_success(
        server, "uploadProcessUserActionDocument", lambda body: {**body, "createdAt": _local(body["createdAt"])}
    )


def _local(text: str) -> str:
    return (datetime.fromisoformat(text) + timedelta(hours=2)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@deviation("claim-answers-lists-backwards", clauses=("KF-020b",), case="kuflow/claimProcessItemTask/answers/as-read")
def claim_answers_lists_backwards(server: KuFlow) -> None:
    """The reply to a claim shows the lists within the task's data backwards."""
    bend_success(server, "claimProcessItemTask", _backwards)


@deviation(
    "completion-answers-lists-backwards", clauses=("KF-020b",), case="kuflow/completeProcessItemTask/answers/as-read"
)
def completion_answers_lists_backwards(server: KuFlow) -> None:
    """The reply to the completion of a task shows the lists within its data backwards."""
    bend_success(server, "completeProcessItemTask", _backwards)


def _backwards(body: Json) -> Json:
    data = body["task"].get("data")
    if data is None:
        return body
    value = {name: one[::-1] if isinstance(one, list) else one for name, one in data["value"].items()}
    return {**body, "task": {**body["task"], "data": {**data, "value": value}}}


def _bend_entries(server: KuFlow, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change the entries of a log in the replies to creates."""

    def bent(body: Json) -> Json:
        task = body.get("task")
        return {**body, "task": {**task, "logs": [bend(one) for one in task["logs"]]}} if task else body

    bend_success(server, "createProcessItem", bent)


@deviation("replay-renumbers-the-log", clauses=("KF-100",), case="kuflow/createProcessItem/idempotency/replay-body")
def replay_renumbers_the_log(server: KuFlow) -> None:
    """The reply to a repeated create gives the entries of a task's log other ids."""
    _bend_entries(server, lambda entry: {**entry, "id": server.ids.fresh()})


@deviation(
    "replay-tells-the-log-in-local-time",
    clauses=("KF-100",),
    case="kuflow/createProcessItem/idempotency/replay-body",
)
def replay_tells_the_log_in_local_time(server: KuFlow) -> None:
    """The reply to a repeated create shows the moments of a task's log in local time, marked as UTC."""
    _bend_entries(server, lambda entry: {**entry, "timestamp": _local(entry["timestamp"])})


@deviation("new-messages-answer-a-task", clauses=("KF-102",), case="kuflow/createProcessItem/stores/kept/message-text")
def new_messages_answer_a_task(server: KuFlow) -> None:
    """The reply to the create of a message says that it is a task."""
    bend_success(server, "createProcessItem", lambda body: {**body, "type": "TASK"})


@deviation("owned-items-answer-the-owner", clauses=("KF-020b",), case="kuflow/createProcessItem/answers/as-read")
def owned_items_answer_the_owner(server: KuFlow) -> None:
    """The reply to the create of an item with an owner shows that owner as the tenant."""
    bend_success(server, "createProcessItem", lambda body: {**body, "tenantId": body.get("ownerId", body["tenantId"])})
