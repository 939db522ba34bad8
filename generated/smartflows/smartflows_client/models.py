"""The models of Smart Flows REST API v1."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, RootModel

from smartflows_client.base_model import Model


class AuthenticationInfoLogin(Model):
    enabled: bool | MISSING = MISSING
    """Whether a name and a password are accepted."""


class AuthenticationToken(Model):
    scope: str | MISSING = MISSING
    token: str | MISSING = MISSING
    """Goes into the header Authorization as a Bearer."""


class FlowExecutionMode(StrEnum):
    INTERACTIVE = "interactive"
    BATCH = "batch"


class FlowExecutionStatus(StrEnum):
    """The document's table writes User input where the SDK sends UserInput, and lacks Warning, which the developer pages have."""

    QUEUED = "Queued"
    RUNNING = "Running"
    WAITING = "Waiting"
    USER_INPUT = "UserInput"
    USER_INPUT_OF_THE_TABLE = "User input"
    SELECT_FLOW = "SelectFlow"
    SUCCESS = "Success"
    WARNING = "Warning"
    ERROR = "Error"
    CANCELED = "Canceled"
    INTERRUPTED = "Interrupted"


class FlowReference(Model):
    id: UUID
    display_name: Annotated[str, Field(alias="displayName")]
    type: Annotated[str, Field(pattern="^flow$")]


class FormValues(Model):
    model_config = ConfigDict(extra="allow")


class FreeObject(Model):
    model_config = ConfigDict(extra="allow")


class IdWithName(Model):
    id: str | MISSING = MISSING
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    type: str | MISSING = MISSING


class InputObject(Model):
    model_config = ConfigDict(extra="allow")


class Login(Model):
    username: str
    password: str
    login_context: Annotated[Any | MISSING, Field(alias="loginContext")] = MISSING


class SystemInfo(Model):
    version: str | MISSING = MISSING
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    description: str | MISSING = MISSING
    role: str | MISSING = MISSING


class User(Model):
    id: str | MISSING = MISSING
    user_name: Annotated[str, Field(alias="userName")]
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    first_name: Annotated[str, Field(alias="firstName")]
    last_name: Annotated[str, Field(alias="lastName")]
    email_address: Annotated[str, Field(alias="emailAddress")]
    active: bool | MISSING = MISSING


class Authentication(Model):
    user: User | MISSING = MISSING
    tokens: list[AuthenticationToken] | MISSING = MISSING


class AuthenticationInfo(Model):
    login: AuthenticationInfoLogin | MISSING = MISSING
    methods: list[Any] | MISSING = MISSING
    oauth2: list[FreeObject] | MISSING = MISSING
    reset_password_supported: Annotated[bool | MISSING, Field(alias="resetPasswordSupported")] = MISSING


class FlowContract(Model):
    id: str | MISSING = MISSING
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    description: str | MISSING = MISSING
    input_schema: Annotated[FreeObject | MISSING, Field(alias="inputSchema")] = MISSING
    output_schema: Annotated[FreeObject | MISSING, Field(alias="outputSchema")] = MISSING


class FlowExecutionDetailState(Model):
    input_data: Annotated[FreeObject, Field(alias="inputData")]
    output: FreeObject
    stages: list[Any]
    report: list[Any]


class FlowExecutionProgress(Model):
    id: UUID
    percentage: Annotated[int, Field(ge=0, le=100)]
    """How much of the flow's steps is done."""
    message: str
    """What the execution is doing."""
    status: FlowExecutionStatus
    current_data: Annotated[IdWithName | MISSING, Field(alias="currentData")] = MISSING
    schema_: Annotated[FreeObject | MISSING, Field(alias="schema")] = MISSING
    model: FreeObject | MISSING = MISSING
    form: list[Any] | MISSING = MISSING


class FlowExecutionState(Model):
    input_data: Annotated[FreeObject | MISSING, Field(alias="inputData")] = MISSING
    output: FreeObject | MISSING = MISSING
    stages: list[Any] | MISSING = MISSING
    report: list[Any] | MISSING = MISSING


class FlowInput(Model):
    id: str | MISSING = MISSING
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    type: Any | MISSING = MISSING
    dataset: IdWithName | MISSING = MISSING


class Flow(Model):
    id: str | MISSING = MISSING
    display_name: Annotated[str | MISSING, Field(alias="displayName")] = MISSING
    description: str | MISSING = MISSING
    created_at: Annotated[str | MISSING, Field(alias="createdAt")] = MISSING
    created_by: Annotated[IdWithName | MISSING, Field(alias="createdBy")] = MISSING
    modified_at: Annotated[str | MISSING, Field(alias="modifiedAt")] = MISSING
    modified_by: Annotated[IdWithName | MISSING, Field(alias="modifiedBy")] = MISSING
    type: str | MISSING = MISSING
    input: FlowInput | MISSING = MISSING


class FlowExecution(Model):
    """An execution as the SDK describes it, where no property has to be there."""

    id: str | MISSING = MISSING
    created_at: Annotated[str | MISSING, Field(alias="createdAt")] = MISSING
    created_by: Annotated[IdWithName | MISSING, Field(alias="createdBy")] = MISSING
    modified_at: Annotated[str | MISSING, Field(alias="modifiedAt")] = MISSING
    modified_by: Annotated[IdWithName | MISSING, Field(alias="modifiedBy")] = MISSING
    status: FlowExecutionStatus | MISSING = MISSING
    flow: IdWithName | MISSING = MISSING
    state: FlowExecutionState | MISSING = MISSING
    created_for: Annotated[IdWithName | MISSING, Field(alias="createdFor")] = MISSING
    priority: Any | MISSING = MISSING
    mode: FlowExecutionMode | MISSING = MISSING


class FlowExecutionDetail(Model):
    """An execution as the document shows it, which says what there is."""

    id: UUID
    created_at: Annotated[Any, Field(alias="createdAt")]
    """The document does not show of what type."""
    created_by: Annotated[Any, Field(alias="createdBy")]
    """The document does not show of what type."""
    modified_at: Annotated[Any, Field(alias="modifiedAt")]
    """The document does not show of what type."""
    modified_by: Annotated[Any, Field(alias="modifiedBy")]
    """The document does not show of what type."""
    status: FlowExecutionStatus
    flow: FlowReference
    state: FlowExecutionDetailState
    created_for: Annotated[IdWithName | MISSING, Field(alias="createdFor")] = MISSING
    priority: Any | MISSING = MISSING
    mode: FlowExecutionMode | MISSING = MISSING


class FlowExecutionList(RootModel[list[FlowExecution]]):
    root: list[FlowExecution]


class FlowList(RootModel[list[Flow]]):
    root: list[Flow]
