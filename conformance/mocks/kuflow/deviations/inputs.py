"""Requests that break a written rule and are taken all the same."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import mend_json
from conformance.mocks.kuflow.deviations._tools import fill, fill_query, swap
from conformance.mocks.kuflow.params import EMAIL, UUID
from conformance.mocks.kuflow.seed.definitions import definition_id, user_action
from conformance.mocks.kuflow.seed.people import MAIN, A, principal_id
from conformance.mocks.kuflow.server import KuFlow

ASSET = {"type": "PYTHON", "version": "3.12", "platform": "LINUX", "architecture": "X86_64"}


def no_uuid(value: Any) -> bool:
    """Whether a text is no UUID."""
    return isinstance(value, str) and not UUID.fullmatch(value)


def no_address(value: Any) -> bool:
    """Whether a text is no e-mail address."""
    return isinstance(value, str) and not EMAIL.fullmatch(value)


def too_long(value: Any) -> bool:
    """Whether a text is longer than anything short."""
    return isinstance(value, str) and len(value) > 255


def _without_broken_members(server: KuFlow, operation: str, name: str, keep: Any) -> None:
    """Drop the members of a list that ``keep`` does not want."""

    def mend(body: Any) -> Any:
        if not isinstance(body, dict) or not isinstance(body.get(name), list):
            return body
        kept: Json = {**body, name: [member for member in body[name] if keep(member)]}
        return kept

    mend_json(server, (operation,), mend)


@deviation(
    "definition-optional",
    clauses=("KF-038a",),
    case="kuflow/createProcess/contract/refuses/missing-processDefinitionId",
)
def definition_optional(server: KuFlow) -> None:
    """A process without definition is started of the first one."""
    fill(server, "createProcess", "processDefinitionId", definition_id(server.seed_ids, A))


@deviation(
    "initiator-id-unchecked", clauses=("KF-039b",), case="kuflow/createProcess/contract/refuses/format-initiatorId"
)
def initiator_id_unchecked(server: KuFlow) -> None:
    """An initiatorId that is no UUID is overlooked when a process is started."""
    swap(server, "createProcess", "initiatorId", no_uuid)


@deviation(
    "initiator-email-unchecked",
    clauses=("KF-040b",),
    case="kuflow/createProcess/contract/refuses/format-initiatorEmail",
)
def initiator_email_unchecked(server: KuFlow) -> None:
    """An initiatorEmail that is no address is overlooked when a process is started."""
    swap(server, "createProcess", "initiatorEmail", no_address)


@deviation(
    "new-initiator-unchecked",
    clauses=("KF-048a",),
    case="kuflow/changeProcessInitiator/contract/refuses/format-initiatorId",
)
def new_initiator_unchecked(server: KuFlow) -> None:
    """An initiatorId that is no UUID makes the caller the initiator."""
    swap(server, "changeProcessInitiator", "initiatorId", no_uuid, principal_id(server.seed_ids, MAIN))


@deviation(
    "user-action-type-optional",
    clauses=("KF-051",),
    case="kuflow/uploadProcessUserActionDocument/contract/refuses/missing-fileContentType",
)
def user_action_type_optional(server: KuFlow) -> None:
    """A document for a user action without fileContentType is of no particular type."""
    fill_query(server, "uploadProcessUserActionDocument", "fileContentType", "application/octet-stream")


@deviation(
    "user-action-name-optional",
    clauses=("KF-052",),
    case="kuflow/uploadProcessUserActionDocument/contract/refuses/missing-fileName",
)
def user_action_name_optional(server: KuFlow) -> None:
    """A document for a user action without fileName gets a name."""
    fill_query(server, "uploadProcessUserActionDocument", "fileName", "document")


@deviation(
    "user-action-optional",
    clauses=("KF-053",),
    case="kuflow/uploadProcessUserActionDocument/contract/refuses/missing-userActionValueId",
)
def user_action_optional(server: KuFlow) -> None:
    """A document without userActionValueId goes to the first user action."""
    fill_query(server, "uploadProcessUserActionDocument", "userActionValueId", user_action(server.seed_ids, A))


@deviation(
    "document-type-optional",
    clauses=("KF-083",),
    case="kuflow/uploadProcessDocument/contract/refuses/missing-fileContentType",
)
def document_type_optional(server: KuFlow) -> None:
    """A document without fileContentType is of no particular type."""
    fill_query(server, "uploadProcessDocument", "fileContentType", "application/octet-stream")


@deviation(
    "document-name-optional", clauses=("KF-084",), case="kuflow/uploadProcessDocument/contract/refuses/missing-fileName"
)
def document_name_optional(server: KuFlow) -> None:
    """A document without fileName gets a name."""
    fill_query(server, "uploadProcessDocument", "fileName", "document")


@deviation("item-type-optional", clauses=("KF-102a",), case="kuflow/createProcessItem/contract/refuses/missing-type")
def item_type_optional(server: KuFlow) -> None:
    """A process item without type is a task."""
    fill(server, "createProcessItem", "type", "TASK")


@deviation(
    "item-process-optional", clauses=("KF-103a",), case="kuflow/createProcessItem/contract/refuses/missing-processId"
)
def item_process_optional(server: KuFlow) -> None:
    """A process item without processId goes to the newest process."""

    def mend(body: Any) -> Any:
        return {"processId": server.store.processes.rows[-1].id, **body} if isinstance(body, dict) else body

    mend_json(server, ("createProcessItem",), mend)


@deviation("owner-id-unchecked", clauses=("KF-104b",), case="kuflow/createProcessItem/contract/refuses/format-ownerId")
def owner_id_unchecked(server: KuFlow) -> None:
    """An ownerId that is no UUID is overlooked when an item is made."""
    swap(server, "createProcessItem", "ownerId", no_uuid)


@deviation(
    "owner-email-unchecked", clauses=("KF-105b",), case="kuflow/createProcessItem/contract/refuses/format-ownerEmail"
)
def owner_email_unchecked(server: KuFlow) -> None:
    """An ownerEmail that is no address is overlooked when an item is made."""
    swap(server, "createProcessItem", "ownerEmail", no_address)


@deviation(
    "assignee-unchecked", clauses=("KF-108a",), case="kuflow/assignProcessItemTask/contract/refuses/format-ownerId"
)
def assignee_unchecked(server: KuFlow) -> None:
    """An ownerId that is no UUID makes the caller the owner."""
    swap(server, "assignProcessItemTask", "ownerId", no_uuid, principal_id(server.seed_ids, MAIN))


@deviation("identity-optional", clauses=("KF-125a",), case="kuflow/createWorker/contract/refuses/missing-identity")
def identity_optional(server: KuFlow) -> None:
    """A worker without identity is called worker."""
    fill(server, "createWorker", "identity", "worker")


@deviation("task-queue-optional", clauses=("KF-126a",), case="kuflow/createWorker/contract/refuses/missing-taskQueue")
def task_queue_optional(server: KuFlow) -> None:
    """A worker without taskQueue gets one."""
    fill(server, "createWorker", "taskQueue", "default")


@deviation(
    "workflow-types-unchecked",
    clauses=("KF-127a",),
    case="kuflow/createWorker/contract/refuses/minLength-workflowTypes",
)
def workflow_types_unchecked(server: KuFlow) -> None:
    """Empty workflow types are dropped."""
    _without_broken_members(server, "createWorker", "workflowTypes", lambda member: member != "")


@deviation(
    "activity-types-unchecked",
    clauses=("KF-128a",),
    case="kuflow/createWorker/contract/refuses/minLength-activityTypes",
)
def activity_types_unchecked(server: KuFlow) -> None:
    """Empty activity types are dropped."""
    _without_broken_members(server, "createWorker", "activityTypes", lambda member: member != "")


@deviation("hostname-unbounded", clauses=("KF-129a",), case="kuflow/createWorker/contract/refuses/maxLength-hostname")
def hostname_unbounded(server: KuFlow) -> None:
    """A hostname that is too long is replaced."""
    swap(server, "createWorker", "hostname", too_long, "host")


@deviation("ip-optional", clauses=("KF-130a",), case="kuflow/createWorker/contract/refuses/missing-ip")
def ip_optional(server: KuFlow) -> None:
    """A worker without ip gets that of nobody."""
    fill(server, "createWorker", "ip", "192.0.2.9")


@deviation(
    "installation-id-unchecked", clauses=("KF-131a",), case="kuflow/createWorker/contract/refuses/format-installationId"
)
def installation_id_unchecked(server: KuFlow) -> None:
    """An installationId that is no UUID is dropped."""
    swap(server, "createWorker", "installationId", no_uuid)


@deviation("robot-ids-unchecked", clauses=("KF-132a",), case="kuflow/createWorker/contract/refuses/format-robotIds")
def robot_ids_unchecked(server: KuFlow) -> None:
    """Robot ids that are no UUIDs are dropped."""
    _without_broken_members(server, "createWorker", "robotIds", lambda member: not no_uuid(member))


@deviation("worker-tenant-unchecked", clauses=("KF-133a",), case="kuflow/createWorker/contract/refuses/format-tenantId")
def worker_tenant_unchecked(server: KuFlow) -> None:
    """A tenantId that is no UUID is dropped."""
    swap(server, "createWorker", "tenantId", no_uuid)


@deviation("asset-type-optional", clauses=("KF-141",), case="kuflow/downloadRobotAsset/contract/refuses/missing-type")
def asset_type_optional(server: KuFlow) -> None:
    """An asset without type is looked for as PYTHON."""
    fill_query(server, "downloadRobotAsset", "type", ASSET["type"])


@deviation(
    "asset-version-optional", clauses=("KF-142",), case="kuflow/downloadRobotAsset/contract/refuses/missing-version"
)
def asset_version_optional(server: KuFlow) -> None:
    """An asset without version is looked for as 3.12."""
    fill_query(server, "downloadRobotAsset", "version", ASSET["version"])


@deviation(
    "asset-platform-optional", clauses=("KF-143",), case="kuflow/downloadRobotAsset/contract/refuses/missing-platform"
)
def asset_platform_optional(server: KuFlow) -> None:
    """An asset without platform is looked for as LINUX."""
    fill_query(server, "downloadRobotAsset", "platform", ASSET["platform"])


@deviation(
    "asset-architecture-optional",
    clauses=("KF-144",),
    case="kuflow/downloadRobotAsset/contract/refuses/missing-architecture",
)
def asset_architecture_optional(server: KuFlow) -> None:
    """An asset without architecture is looked for as X86_64."""
    fill_query(server, "downloadRobotAsset", "architecture", ASSET["architecture"])
