"""The models of OptimaJet Workflow Server, Workflow API."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import MISSING, AnyUrl, ConfigDict, Field

from optimajet_client.base_model import AwareDatetime, Model


class AvailableCommandsRequest(Model):
    token: str | None | MISSING = MISSING
    identity_id: Annotated[str | None | MISSING, Field(alias="identityId")] = MISSING
    impersonated_identity_id: Annotated[str | None | MISSING, Field(alias="impersonatedIdentityId")] = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING


class BoxRequest(Model):
    token: str | None | MISSING = MISSING
    processid: UUID | None | MISSING = MISSING
    identityid: str | None | MISSING = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING


class CommandParameter(Model):
    """A parameter that a command takes. The Swagger document also requires ValidForActivityName and ProcessId, which it does not describe; they are named here, and may be left to the command that holds the parameter."""

    parameter_name: Annotated[str, Field(alias="ParameterName")]
    localized_name: Annotated[str | None | MISSING, Field(alias="LocalizedName")] = MISSING
    type_name: Annotated[str | None | MISSING, Field(alias="TypeName")] = MISSING
    is_required: Annotated[bool, Field(alias="IsRequired")]
    default_value: Annotated[str | None | MISSING, Field(alias="DefaultValue")] = MISSING
    valid_for_activity_name: Annotated[Any | MISSING, Field(alias="ValidForActivityName")] = MISSING
    process_id: Annotated[Any | MISSING, Field(alias="ProcessId")] = MISSING


class Form(Model):
    name: Annotated[str, Field(alias="Name")]
    source: Annotated[str | None | MISSING, Field(alias="Source")] = MISSING


class FormRequest(Model):
    token: str | None | MISSING = MISSING
    process_id: Annotated[UUID | None | MISSING, Field(alias="processId")] = MISSING
    identityid: str | None | MISSING = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING


class GetInstancesRequest(Model):
    token: str | None | MISSING = MISSING
    take: int | MISSING = MISSING
    """How many instances come; 10 when left out."""
    skip: int | MISSING = MISSING
    """How many instances are left out first; none when left out."""
    status: int | str | None | MISSING = MISSING
    """The number or the name of an InstanceStatus."""
    search: str | None | MISSING = MISSING
    sort: str | None | MISSING = MISSING


class HistoryItem(Model):
    id: Annotated[UUID, Field(alias="Id")]
    process_id: Annotated[UUID, Field(alias="ProcessId")]
    identity_id: Annotated[str | None | MISSING, Field(alias="IdentityId")] = MISSING
    allowed_to_employee_names: Annotated[str | None | MISSING, Field(alias="AllowedToEmployeeNames")] = (
        MISSING
    )
    transition_time: Annotated[AwareDatetime | None | MISSING, Field(alias="TransitionTime")] = MISSING
    order: Annotated[int, Field(alias="Order")]
    initial_state: Annotated[str, Field(alias="InitialState")]
    destination_state: Annotated[str, Field(alias="DestinationState")]
    command: Annotated[str | None | MISSING, Field(alias="Command")] = MISSING


class InboxItem(Model):
    process_id: Annotated[UUID | MISSING, Field(alias="ProcessId")] = MISSING
    identity_id: Annotated[str | MISSING, Field(alias="IdentityId")] = MISSING


class InstanceRequest(Model):
    token: str | None | MISSING = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING


class InstanceStatus(IntEnum):
    """0 Initialized, 1 Running (under way between activities), 2 Idled (waits for a command or timer), 3 Finalized, 4 Terminated, 5 Error."""

    INITIALIZED = 0
    RUNNING = 1
    IDLED = 2
    FINALIZED = 3
    TERMINATED = 4
    ERROR = 5


class InstanceSummary(Model):
    """An instance in a list; no member is published as always there."""

    model_config = ConfigDict(extra="allow")
    id: Annotated[UUID | MISSING, Field(alias="Id")] = MISSING
    state_name: Annotated[str | None | MISSING, Field(alias="StateName")] = MISSING
    activity_name: Annotated[str | None | MISSING, Field(alias="ActivityName")] = MISSING
    scheme_code: Annotated[str | None | MISSING, Field(alias="SchemeCode")] = MISSING
    instance_status: Annotated[InstanceStatus | MISSING, Field(alias="InstanceStatus")] = MISSING


class LogRequest(Model):
    token: str | None | MISSING = MISSING


class OpenIdConfiguration(Model):
    """The discovery document, of which the documentation names one member."""

    model_config = ConfigDict(extra="allow")
    issuer: AnyUrl | MISSING = MISSING
    jwks_uri: AnyUrl | MISSING = MISSING
    token_endpoint: AnyUrl


class OperationResult(Model):
    """The envelope of every reply; error and message say why there was no success."""

    success: bool
    error: str | None | MISSING = MISSING
    message: str | None | MISSING = MISSING


class OutboxItem(Model):
    process_id: Annotated[UUID | MISSING, Field(alias="ProcessId")] = MISSING
    executor_identity_id: Annotated[str | MISSING, Field(alias="ExecutorIdentityId")] = MISSING


class OutboxResult(OperationResult):
    data: list[OutboxItem] | None | MISSING = MISSING


class ProcessIdsRequest(Model):
    processids: list[UUID]
    token: str | None | MISSING = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING


class ProcessParameter(Model):
    """A process parameter that callers send in a list; the value is anything."""

    name: str
    value: Any | MISSING = MISSING
    persist: bool | MISSING = MISSING


class ProcessParameters(Model):
    """Process parameters by name; which there are depends on the scheme."""

    model_config = ConfigDict(extra="allow")


class SchemeListRequest(Model):
    token: str | None | MISSING = MISSING
    tags: str | None | MISSING = MISSING


class SchemeListResult(OperationResult):
    data: list[str] | None | MISSING = MISSING


class SetStateRequest(Model):
    """Further members are process parameters."""

    model_config = ConfigDict(extra="allow")
    state: str
    token: str | None | MISSING = MISSING
    identity_id: Annotated[str | None | MISSING, Field(alias="identityId")] = MISSING
    impersonated_identity_id: Annotated[str | None | MISSING, Field(alias="impersonatedIdentityId")] = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING
    persist: str | None | MISSING = MISSING
    parameters: list[ProcessParameter] | None | MISSING = MISSING


class State(Model):
    name: Annotated[str, Field(alias="Name")]
    visible_name: Annotated[str | None | MISSING, Field(alias="VisibleName")] = MISSING
    scheme_code: Annotated[str, Field(alias="SchemeCode")]


class StatesResult(OperationResult):
    data: list[State] | None | MISSING = MISSING


class Token(Model):
    """A granted token; only access_token is documented."""

    access_token: Annotated[str, Field(min_length=1)]
    expires_in: int | MISSING = MISSING
    token_type: str | MISSING = MISSING
    scope: str | MISSING = MISSING


class TokenRequest(Model):
    client_id: str
    """workflowapi, the one client there is."""
    client_secret: str
    """The access token that is set in the admin panel."""
    grant_type: str
    """client_credentials, the one grant there is."""


class TransitionClassifier(StrEnum):
    NOT_SPECIFIED = "NotSpecified"
    DIRECT = "Direct"
    REVERSE = "Reverse"


class Command(Model):
    command_name: Annotated[str, Field(alias="CommandName")]
    localized_name: Annotated[str | None | MISSING, Field(alias="LocalizedName")] = MISSING
    classifier: Annotated[TransitionClassifier, Field(alias="Classifier")]
    is_for_subprocess: Annotated[bool | MISSING, Field(alias="IsForSubprocess")] = MISSING
    valid_for_state_name: Annotated[str | None | MISSING, Field(alias="ValidForStateName")] = MISSING
    valid_for_activity_name: Annotated[str, Field(alias="ValidForActivityName")]
    process_id: Annotated[UUID, Field(alias="ProcessId")]
    identities: Annotated[list[str] | None | MISSING, Field(alias="Identities")] = MISSING
    parameters: Annotated[list[CommandParameter] | None | MISSING, Field(alias="Parameters")] = MISSING


class CommandsResult(OperationResult):
    data: list[Command] | None | MISSING = MISSING


class CreateInstanceRequest(Model):
    """Further members are process parameters."""

    model_config = ConfigDict(extra="allow")
    scheme_code: Annotated[str, Field(alias="schemeCode")]
    token: str | None | MISSING = MISSING
    identity_id: Annotated[str | None | MISSING, Field(alias="identityId")] = MISSING
    impersonated_identity_id: Annotated[str | None | MISSING, Field(alias="impersonatedIdentityId")] = MISSING
    scheme_parameters: Annotated[str | None | MISSING, Field(alias="schemeParameters")] = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING
    persist: str | None | MISSING = MISSING
    parameters: list[ProcessParameter] | None | MISSING = MISSING


class ExecuteCommandRequest(Model):
    """Further members are process parameters."""

    model_config = ConfigDict(extra="allow")
    command: str
    token: str | None | MISSING = MISSING
    identity_id: Annotated[str | None | MISSING, Field(alias="identityId")] = MISSING
    impersonated_identity_id: Annotated[str | None | MISSING, Field(alias="impersonatedIdentityId")] = MISSING
    tenant_id: Annotated[str | None | MISSING, Field(alias="tenantId")] = MISSING
    persist: str | None | MISSING = MISSING
    parameters: list[ProcessParameter] | None | MISSING = MISSING


class ExistenceResult(OperationResult):
    data: bool | None | MISSING = MISSING


class FormResult(OperationResult):
    data: Form | None | MISSING = MISSING


class InboxResult(OperationResult):
    data: list[InboxItem] | None | MISSING = MISSING


class InstancesResult(OperationResult):
    data: list[InstanceSummary] | None | MISSING = MISSING


class ProcessInstance(Model):
    id: Annotated[UUID, Field(alias="Id")]
    state_name: Annotated[str | None | MISSING, Field(alias="StateName")] = MISSING
    activity_name: Annotated[str, Field(alias="ActivityName")]
    scheme_id: Annotated[UUID | None | MISSING, Field(alias="SchemeId")] = MISSING
    scheme_code: Annotated[str, Field(alias="SchemeCode")]
    previous_state: Annotated[str | None | MISSING, Field(alias="PreviousState")] = MISSING
    previous_state_for_direct: Annotated[str | None | MISSING, Field(alias="PreviousStateForDirect")] = (
        MISSING
    )
    previous_state_for_reverse: Annotated[str | None | MISSING, Field(alias="PreviousStateForReverse")] = (
        MISSING
    )
    previous_activity: Annotated[str | None | MISSING, Field(alias="PreviousActivity")] = MISSING
    previous_activity_for_direct: Annotated[
        str | None | MISSING, Field(alias="PreviousActivityForDirect")
    ] = MISSING
    previous_activity_for_reverse: Annotated[
        str | None | MISSING, Field(alias="PreviousActivityForReverse")
    ] = MISSING
    parent_process_id: Annotated[UUID | None | MISSING, Field(alias="ParentProcessId")] = MISSING
    root_process_id: Annotated[UUID | None | MISSING, Field(alias="RootProcessId")] = MISSING
    process_parameters: Annotated[ProcessParameters | None | MISSING, Field(alias="ProcessParameters")] = (
        MISSING
    )


class Transition(Model):
    process_id: Annotated[UUID, Field(alias="ProcessId")]
    actor_identity_id: Annotated[str | None | MISSING, Field(alias="ActorIdentityId")] = MISSING
    executor_identity_id: Annotated[str | None | MISSING, Field(alias="ExecutorIdentityId")] = MISSING
    from_activity_name: Annotated[str, Field(alias="FromActivityName")]
    from_state_name: Annotated[str | None | MISSING, Field(alias="FromStateName")] = MISSING
    is_finalised: Annotated[bool | MISSING, Field(alias="IsFinalised")] = MISSING
    to_activity_name: Annotated[str, Field(alias="ToActivityName")]
    to_state_name: Annotated[str | None | MISSING, Field(alias="ToStateName")] = MISSING
    transition_classifier: Annotated[TransitionClassifier, Field(alias="TransitionClassifier")]
    transition_time: Annotated[AwareDatetime, Field(alias="TransitionTime")]
    trigger_name: Annotated[str | None | MISSING, Field(alias="TriggerName")] = MISSING


class ExecuteCommandInfo(Model):
    was_executed: Annotated[bool, Field(alias="WasExecuted")]
    process_instance: Annotated[ProcessInstance, Field(alias="ProcessInstance")]


class ExecuteCommandResult(OperationResult):
    data: ExecuteCommandInfo | None | MISSING = MISSING


class ProcessInfo(ProcessInstance):
    instance_status: Annotated[InstanceStatus, Field(alias="InstanceStatus")]
    transitions: Annotated[list[Transition] | None | MISSING, Field(alias="Transitions")] = MISSING
    history: Annotated[list[HistoryItem] | None | MISSING, Field(alias="History")] = MISSING


class ProcessInfoResult(OperationResult):
    data: ProcessInfo | None | MISSING = MISSING
