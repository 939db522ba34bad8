"""Replies to writes that show something else than what is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from conformance.mocks.kit.deviations import deviation
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

    def local(text: str) -> str:
        return (datetime.fromisoformat(text) + timedelta(hours=2)).isoformat().replace("+00:00", "Z")

    bend_success(
        server, "uploadProcessUserActionDocument", lambda body: {**body, "createdAt": local(body["createdAt"])}
    )
