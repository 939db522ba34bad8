"""The models of KuFlow Public API."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, RootModel
from typing_extensions import TypeAliasType

from kuflow_client.base_model import AwareDatetime, Model


class AbstractAudited(Model):
    """Who made a resource and who changed it last, and when."""

    created_by: Annotated[UUID | MISSING, Field(alias="createdBy")] = MISSING
    created_at: Annotated[AwareDatetime | MISSING, Field(alias="createdAt")] = MISSING
    last_modified_by: Annotated[UUID | MISSING, Field(alias="lastModifiedBy")] = MISSING
    last_modified_at: Annotated[AwareDatetime | MISSING, Field(alias="lastModifiedAt")] = MISSING


class AuthenticationEngineCertificateTls(Model):
    server_root_ca_certificate: Annotated[str, Field(alias="serverRootCaCertificate")]
    client_certificate: Annotated[str, Field(alias="clientCertificate")]
    client_private_key: Annotated[str, Field(alias="clientPrivateKey")]


class AuthenticationEngineToken(Model):
    token: str
    expired_at: Annotated[AwareDatetime, Field(alias="expiredAt")]


class AuthenticationType(StrEnum):
    ENGINE_TOKEN = "ENGINE_TOKEN"
    ENGINE_CERTIFICATE = "ENGINE_CERTIFICATE"


class DefaultErrorInfo(Model):
    code: str
    message: str
    location: str | MISSING = MISSING
    location_type: Annotated[str | MISSING, Field(alias="locationType")] = MISSING


class DocumentReference(Model):
    document_uri: Annotated[str, Field(alias="documentUri")]
    """Names the document wherever a value or a download asks for one."""


class JsonPatchOperationType(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    MOVE = "move"
    COPY = "copy"
    TEST = "test"


class JsonValueError(Model):
    property_path: Annotated[str | MISSING, Field(alias="propertyPath")] = MISSING
    """JSON Pointer (RFC 6901) to the offending member."""
    type: str | MISSING = MISSING


class PageMetadata(Model):
    size: Annotated[int, Field(ge=0)]
    page: Annotated[int, Field(ge=0)]
    total_elements: Annotated[int, Field(alias="totalElements")]
    total_pages: Annotated[int, Field(alias="totalPages")]


class PrincipalApplication(Model):
    id: UUID | MISSING = MISSING


class PrincipalType(StrEnum):
    USER = "USER"
    APPLICATION = "APPLICATION"
    SYSTEM = "SYSTEM"


class PrincipalUser(Model):
    id: UUID | MISSING = MISSING
    email: str | MISSING = MISSING


class ProcessChangeInitiatorParams(Model):
    """One of the two members is enough."""

    initiator_id: Annotated[UUID | MISSING, Field(alias="initiatorId")] = MISSING
    initiator_email: Annotated[str | MISSING, Field(alias="initiatorEmail")] = MISSING


class ProcessDefinitionSummary(Model):
    id: UUID
    version: UUID
    name: Annotated[str, Field(max_length=50, min_length=1)]


class ProcessItemMessagePageItem(Model):
    text: str | MISSING = MISSING
    """CommonMark."""
    data_structure_data_definition_code: Annotated[
        str | MISSING, Field(alias="dataStructureDataDefinitionCode")
    ] = MISSING


class ProcessItemTaskAssignParams(Model):
    """One of the two members is enough."""

    owner_id: Annotated[UUID | MISSING, Field(alias="ownerId")] = MISSING
    owner_email: Annotated[str | MISSING, Field(alias="ownerEmail")] = MISSING


class ProcessItemTaskLogLevel(StrEnum):
    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"


class ProcessItemTaskState(StrEnum):
    READY = "READY"
    CLAIMED = "CLAIMED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class ProcessItemType(StrEnum):
    TASK = "TASK"
    MESSAGE = "MESSAGE"


class ProcessRelated(Model):
    incoming: list[UUID] | MISSING = MISSING
    """Processes that point to this one."""
    outcoming: list[UUID] | MISSING = MISSING
    """Processes that this one points to."""


class ProcessState(StrEnum):
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


EnvironmentVariablesAdditionalProperty = TypeAliasType(
    "EnvironmentVariablesAdditionalProperty", Annotated[str, Field(max_length=4000, min_length=1)]
)


class RobotAssetArchitecture(StrEnum):
    X86_32 = "X86_32"
    X86_64 = "X86_64"


class RobotAssetPlatform(StrEnum):
    WINDOWS = "WINDOWS"
    MAC_OS = "MAC_OS"
    LINUX = "LINUX"


class RobotAssetType(StrEnum):
    PYTHON = "PYTHON"
    PYTHON_PIP = "PYTHON_PIP"
    NODEJS = "NODEJS"


class RobotFilterContext(StrEnum):
    """
    READY keeps the robots that the caller could run now; DEFAULT keeps all that it can see, and is meant when nothing is said.
    """

    READY = "READY"
    DEFAULT = "DEFAULT"


class RobotPageItem(AbstractAudited):
    """A robot without its source and environment."""

    id: UUID
    code: Annotated[str, Field(max_length=50, min_length=1)]
    name: Annotated[str, Field(max_length=50, min_length=1)]
    description: Annotated[str | MISSING, Field(max_length=4000, min_length=1)] = MISSING
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class RobotSourceFile(Model):
    id: UUID
    name: str
    content_type: Annotated[str, Field(alias="contentType")]
    content_length: Annotated[int, Field(alias="contentLength")]
    content_hash: Annotated[str, Field(alias="contentHash")]
    """Tells whether a download is whole."""


class RobotSourceType(StrEnum):
    PACKAGE = "PACKAGE"
    UNKNOWN = "UNKNOWN"


class TaskDefinitionSummary(Model):
    id: UUID
    version: UUID
    code: str
    name: Annotated[str, Field(max_length=50, min_length=1)]


class TenantUserPageItem(AbstractAudited):
    id: UUID
    principal_id: Annotated[UUID, Field(alias="principalId")]
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class WebhookEventProcessCreatedData(Model):
    process_id: Annotated[UUID, Field(alias="processId")]
    process_state: Annotated[ProcessState, Field(alias="processState")]


class WebhookEventProcessItemCreatedData(Model):
    process_id: Annotated[UUID, Field(alias="processId")]
    process_item_id: Annotated[UUID, Field(alias="processItemId")]
    process_item_type: Annotated[ProcessItemType, Field(alias="processItemType")]
    process_item_task_code: Annotated[str | MISSING, Field(alias="processItemTaskCode")] = MISSING
    process_item_state: Annotated[ProcessItemTaskState | MISSING, Field(alias="processItemState")] = MISSING


class WebhookEventProcessItemTaskStateChangedData(Model):
    process_id: Annotated[UUID, Field(alias="processId")]
    process_item_id: Annotated[UUID, Field(alias="processItemId")]
    process_item_type: Annotated[ProcessItemType, Field(alias="processItemType")]
    process_item_task_code: Annotated[str, Field(alias="processItemTaskCode")]
    process_item_state: Annotated[ProcessItemTaskState, Field(alias="processItemState")]


class WebhookEventProcessStateChangedData(Model):
    process_id: Annotated[UUID, Field(alias="processId")]
    process_state: Annotated[ProcessState, Field(alias="processState")]


class WebhookType(StrEnum):
    PROCESS_CREATED = "PROCESS.CREATED"
    PROCESS_STATE_CHANGED = "PROCESS.STATE_CHANGED"
    PROCESS_ITEM_CREATED = "PROCESS_ITEM.CREATED"
    PROCESS_ITEM_TASK_STATE_CHANGED = "PROCESS_ITEM.TASK_STATE_CHANGED"


class WorkflowType(RootModel[str]):
    root: Annotated[str, Field(max_length=255, min_length=1)]


class ActivityType(RootModel[str]):
    root: Annotated[str, Field(max_length=255, min_length=1)]


class Worker(AbstractAudited):
    id: UUID | MISSING = MISSING
    identity: Annotated[str, Field(max_length=255, min_length=1)]
    task_queue: Annotated[str, Field(alias="taskQueue", max_length=255, min_length=1)]
    workflow_types: Annotated[list[WorkflowType] | MISSING, Field(alias="workflowTypes")] = MISSING
    activity_types: Annotated[list[ActivityType] | MISSING, Field(alias="activityTypes")] = MISSING
    hostname: Annotated[str, Field(max_length=255, min_length=1)]
    ip: Annotated[str, Field(max_length=40, min_length=7)]
    installation_id: Annotated[UUID | MISSING, Field(alias="installationId")] = MISSING
    robot_ids: Annotated[list[UUID] | MISSING, Field(alias="robotIds")] = MISSING
    """The robots that the worker runs."""
    tenant_id: Annotated[UUID | MISSING, Field(alias="tenantId")] = MISSING


class WorkerCreateParams(Model):
    identity: Annotated[str, Field(max_length=255, min_length=1)]
    """Tells one worker from another; registering it again updates the worker."""
    task_queue: Annotated[str, Field(alias="taskQueue", max_length=255, min_length=1)]
    workflow_types: Annotated[list[WorkflowType] | MISSING, Field(alias="workflowTypes")] = MISSING
    activity_types: Annotated[list[ActivityType] | MISSING, Field(alias="activityTypes")] = MISSING
    hostname: Annotated[str, Field(max_length=255, min_length=1)]
    ip: Annotated[str, Field(max_length=40, min_length=7)]
    installation_id: Annotated[UUID | MISSING, Field(alias="installationId")] = MISSING
    robot_ids: Annotated[list[UUID] | MISSING, Field(alias="robotIds")] = MISSING
    """The robots that the worker runs."""
    tenant_id: Annotated[UUID | MISSING, Field(alias="tenantId")] = MISSING


class AuthenticationCreateParams(Model):
    type: AuthenticationType
    tenant_id: Annotated[UUID | MISSING, Field(alias="tenantId")] = MISSING
    """Needed by callers with OAuth2 credentials."""


class AuthenticationEngineCertificate(Model):
    namespace: str
    tls: AuthenticationEngineCertificateTls


class DefaultError(Model):
    timestamp: AwareDatetime
    status: int
    """The HTTP status code."""
    message: str
    errors: list[DefaultErrorInfo] | MISSING = MISSING


class JsonPatchOperation(Model):
    model_config = ConfigDict(extra="forbid")
    op: JsonPatchOperationType
    from_: Annotated[str | MISSING, Field(alias="from")] = MISSING
    """JSON Pointer to the source of a move or a copy."""
    path: str
    """JSON Pointer to the target."""
    value: Any | None | MISSING = MISSING
    """What to add, put in place, or expect; any JSON value, null included."""


class JsonValue(Model):
    """A JSON object with the server's opinion of it."""

    valid: bool | MISSING = MISSING
    """Whether the value satisfies its schema."""
    value: dict[str, Any]
    errors: list[JsonValueError] | MISSING = MISSING


class Page(Model):
    metadata: PageMetadata


class Principal(Model):
    """Someone or something that acts; user or application is filled, as the type says."""

    id: UUID | MISSING = MISSING
    type: PrincipalType | MISSING = MISSING
    name: str | MISSING = MISSING
    user: PrincipalUser | MISSING = MISSING
    application: PrincipalApplication | MISSING = MISSING


class PrincipalPageItem(Model):
    id: UUID | MISSING = MISSING
    type: PrincipalType | MISSING = MISSING
    name: str | MISSING = MISSING


class Process(AbstractAudited):
    id: UUID
    state: ProcessState
    process_definition: Annotated[ProcessDefinitionSummary, Field(alias="processDefinition")]
    metadata: JsonValue | MISSING = MISSING
    entity: JsonValue | MISSING = MISSING
    process_related: Annotated[ProcessRelated | MISSING, Field(alias="processRelated")] = MISSING
    initiator_id: Annotated[UUID | MISSING, Field(alias="initiatorId")] = MISSING
    """The principal that started the process."""
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class ProcessCreateParams(Model):
    id: UUID | MISSING = MISSING
    """Chosen by the client; the same id never makes a second process."""
    process_definition_id: Annotated[UUID, Field(alias="processDefinitionId")]
    metadata: JsonValue | MISSING = MISSING
    initiator_id: Annotated[UUID | MISSING, Field(alias="initiatorId")] = MISSING
    initiator_email: Annotated[str | MISSING, Field(alias="initiatorEmail")] = MISSING


class ProcessEntityUpdateParams(Model):
    entity: JsonValue


class ProcessItemMessage(Model):
    text: str | MISSING = MISSING
    """CommonMark."""
    data: JsonValue | MISSING = MISSING
    data_structure_data_definition_code: Annotated[
        str | MISSING, Field(alias="dataStructureDataDefinitionCode")
    ] = MISSING


class ProcessItemMessageCreateParams(Model):
    text: str | MISSING = MISSING
    """CommonMark."""
    data: JsonValue | MISSING = MISSING
    data_structure_data_definition_code: Annotated[
        str | MISSING, Field(alias="dataStructureDataDefinitionCode")
    ] = MISSING


class ProcessItemTaskAppendLogParams(Model):
    message: str
    level: ProcessItemTaskLogLevel


class ProcessItemTaskCreateParams(Model):
    task_definition_code: Annotated[str, Field(alias="taskDefinitionCode")]
    data: JsonValue | MISSING = MISSING


class ProcessItemTaskDataUpdateParams(Model):
    data: JsonValue


class ProcessItemTaskLog(Model):
    id: UUID
    timestamp: AwareDatetime
    message: str
    level: ProcessItemTaskLogLevel


class ProcessItemTaskPageItem(Model):
    state: ProcessItemTaskState
    task_definition: Annotated[TaskDefinitionSummary, Field(alias="taskDefinition")]


class ProcessMetadataUpdateParams(Model):
    metadata: JsonValue


class ProcessPageItem(AbstractAudited):
    """A process without metadata, entity and relations."""

    id: UUID
    state: ProcessState
    process_definition: Annotated[ProcessDefinitionSummary, Field(alias="processDefinition")]
    initiator_id: Annotated[UUID | MISSING, Field(alias="initiatorId")] = MISSING
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class Robot(AbstractAudited):
    id: UUID
    code: Annotated[str, Field(max_length=50, min_length=1)]
    name: Annotated[str, Field(max_length=50, min_length=1)]
    description: Annotated[str | MISSING, Field(max_length=4000, min_length=1)] = MISSING
    source_type: Annotated[RobotSourceType, Field(alias="sourceType")]
    source_file: Annotated[RobotSourceFile, Field(alias="sourceFile")]
    environment_variables: Annotated[
        dict[str, EnvironmentVariablesAdditionalProperty] | MISSING, Field(alias="environmentVariables")
    ] = MISSING
    """What the robot finds in its process environment."""
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class RobotPage(Page):
    content: list[RobotPageItem]


class TenantUser(AbstractAudited):
    id: UUID
    metadata: JsonValue | MISSING = MISSING
    principal: Principal
    tenant_id: Annotated[UUID, Field(alias="tenantId")]


class TenantUserPage(Page):
    content: list[TenantUserPageItem]


class WebhookEvent(Model):
    """What every event says, whatever its type."""

    id: UUID
    version: str
    type: WebhookType
    timestamp: AwareDatetime


class WebhookEventProcessCreated(WebhookEvent):
    data: WebhookEventProcessCreatedData


class WebhookEventProcessItemCreated(WebhookEvent):
    data: WebhookEventProcessItemCreatedData


class WebhookEventProcessItemTaskStateChanged(WebhookEvent):
    data: WebhookEventProcessItemTaskStateChangedData


class WebhookEventProcessStateChanged(WebhookEvent):
    data: WebhookEventProcessStateChangedData


class Authentication(AbstractAudited):
    """The member that goes with the type is filled."""

    id: UUID | MISSING = MISSING
    type: AuthenticationType | MISSING = MISSING
    tenant_id: Annotated[UUID | MISSING, Field(alias="tenantId")] = MISSING
    engine_token: Annotated[AuthenticationEngineToken | MISSING, Field(alias="engineToken")] = MISSING
    engine_certificate: Annotated[
        AuthenticationEngineCertificate | MISSING, Field(alias="engineCertificate")
    ] = MISSING


class JsonPatch(RootModel[list[JsonPatchOperation]]):
    """Operations of RFC 6902, applied in order."""

    root: Annotated[list[JsonPatchOperation], Field(min_length=1)]
    """Operations of RFC 6902, applied in order."""


class PrincipalPage(Page):
    content: list[PrincipalPageItem]


class ProcessItemCreateParams(Model):
    id: UUID | MISSING = MISSING
    """Chosen by the client; the same id never makes a second item."""
    type: ProcessItemType
    process_id: Annotated[UUID, Field(alias="processId")]
    owner_id: Annotated[UUID | MISSING, Field(alias="ownerId")] = MISSING
    owner_email: Annotated[str | MISSING, Field(alias="ownerEmail")] = MISSING
    task: ProcessItemTaskCreateParams | MISSING = MISSING
    message: ProcessItemMessageCreateParams | MISSING = MISSING


class ProcessItemPageItem(AbstractAudited):
    """A process item without data and logs."""

    id: UUID
    type: ProcessItemType
    process_id: Annotated[UUID, Field(alias="processId")]
    owner_id: Annotated[UUID | MISSING, Field(alias="ownerId")] = MISSING
    tenant_id: Annotated[UUID, Field(alias="tenantId")]
    task: ProcessItemTaskPageItem | MISSING = MISSING
    message: ProcessItemMessagePageItem | MISSING = MISSING


class ProcessItemTask(Model):
    state: ProcessItemTaskState
    task_definition: Annotated[TaskDefinitionSummary, Field(alias="taskDefinition")]
    data: JsonValue | MISSING = MISSING
    logs: list[ProcessItemTaskLog] | MISSING = MISSING


class ProcessPage(Page):
    content: list[ProcessPageItem]


class ProcessItem(AbstractAudited):
    """The member that goes with the type is filled."""

    id: UUID
    type: ProcessItemType
    process_id: Annotated[UUID, Field(alias="processId")]
    owner_id: Annotated[UUID | MISSING, Field(alias="ownerId")] = MISSING
    """The principal that the item belongs to."""
    tenant_id: Annotated[UUID | MISSING, Field(alias="tenantId")] = MISSING
    task: ProcessItemTask | MISSING = MISSING
    message: ProcessItemMessage | MISSING = MISSING


class ProcessItemPage(Page):
    content: list[ProcessItemPageItem]
