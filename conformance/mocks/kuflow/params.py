"""The types of what clients send, camel case on the wire.

An unknown property is ignored; a null where none is written is refused.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
EMAIL = re.compile(rf"{ATOM}(\.{ATOM})*@{LABEL}(\.{LABEL})*")
POINTER = re.compile(r"(/([^/~]|~[01])*)*")


def _uuid(text: str) -> str:
    if not UUID.fullmatch(text):
        raise ValueError("not a UUID")
    return text


def _email(text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise ValueError("not an e-mail address")
    return text


def _pointer(text: str) -> str:
    if not POINTER.fullmatch(text):
        raise ValueError("not a JSON pointer")
    return text


def _whole(raw: Any) -> int:
    if not isinstance(raw, str) or not re.fullmatch(r"-?\d+", raw, re.ASCII):
        raise ValueError("not a whole number")
    return int(raw)


Uuid = Annotated[str, AfterValidator(_uuid)]
UuidKey = Annotated[str, AfterValidator(_uuid), AfterValidator(str.lower)]
Email = Annotated[str, AfterValidator(_email)]
EmailKey = Annotated[str, AfterValidator(_email), AfterValidator(str.lower)]
Pointer = Annotated[str, AfterValidator(_pointer)]
Short = Annotated[str, Field(min_length=1, max_length=255)]
Size = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=1000)]
PageNumber = Annotated[int, BeforeValidator(_whole), Field(ge=0)]
PrincipalType = Literal["USER", "APPLICATION", "SYSTEM"]
ItemType = Literal["TASK", "MESSAGE"]
TaskState = Literal["READY", "CLAIMED", "COMPLETED", "CANCELLED"]


def _without(data: Any, info: ValidationInfo, *names: str) -> Any:
    """``data`` without what is of no use in it, where that is ignored whatever it is (``context``)."""
    if not info.context or not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name not in names}


class Params(BaseModel):
    """A JSON object that a client sends; ``nullable`` names the properties that may be null."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)
    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _no_null(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for name, field in cls.model_fields.items():
                if name not in cls.nullable and data.get(field.alias or name, "") is None:
                    raise ValueError(f"{field.alias} must not be null")
        return data


class JsonErrorParams(Params):
    """An error of JSON data; clients may send it back, and it is ignored."""

    property_path: str = ""
    type: str = ""


class JsonParams(Params):
    """A JSON object with its (ignored) marks of validity."""

    value: dict[str, Any]
    valid: StrictBool = True
    errors: list[JsonErrorParams] = []

    @model_validator(mode="before")
    @classmethod
    def _needless(cls, data: Any, info: ValidationInfo) -> Any:
        return _without(data, info, "valid", "errors")


class ProcessParams(Params):
    """A process to create."""

    id: Uuid | None = None
    process_definition_id: UuidKey
    metadata: JsonParams | None = None
    initiator_id: UuidKey | None = None
    initiator_email: Email | None = None


class InitiatorParams(Params):
    """The new initiator of a process."""

    initiator_id: UuidKey | None = None
    initiator_email: Email | None = None


class MetadataParams(Params):
    """Metadata to save."""

    metadata: JsonParams


class EntityParams(Params):
    """An entity to save."""

    entity: JsonParams


class DataParams(Params):
    """Task data to save."""

    data: JsonParams


class PatchOperation(Params):
    """One operation of a JSON Patch; unlike other objects it is closed."""

    model_config = ConfigDict(extra="forbid")
    nullable: ClassVar[frozenset[str]] = frozenset({"value"})

    op: Literal["add", "remove", "replace", "move", "copy", "test"]
    path: Pointer
    source: Pointer | None = Field(default=None, alias="from")
    value: Any = None

    @model_validator(mode="before")
    @classmethod
    def _needless(cls, data: Any, info: ValidationInfo) -> Any:
        return data if isinstance(data, dict) and data.get("op") in ("move", "copy") else _without(data, info, "from")

    @model_validator(mode="after")
    def _complete(self) -> PatchOperation:
        if self.op in ("add", "replace", "test") and "value" not in self.model_fields_set:
            raise ValueError(f"{self.op} needs a value")
        if self.op in ("move", "copy") and self.source is None:
            raise ValueError(f"{self.op} needs from")
        return self


Patch = Annotated[list[PatchOperation], Field(min_length=1)]


class TaskParams(Params):
    """The task of an item to create."""

    task_definition_code: str
    data: JsonParams | None = None


class MessageParams(Params):
    """The message of an item to create."""

    text: str | None = None
    data: JsonParams | None = None
    data_structure_data_definition_code: str | None = None


class ItemParams(Params):
    """A process item to create."""

    id: Uuid | None = None
    type: ItemType
    process_id: UuidKey
    owner_id: UuidKey | None = None
    owner_email: Email | None = None
    task: TaskParams | None = None
    message: MessageParams | None = None


class OwnerParams(Params):
    """The new owner of a task."""

    owner_id: UuidKey | None = None
    owner_email: Email | None = None


class LogParams(Params):
    """A line for a task's log."""

    message: str
    level: Literal["INFO", "WARN", "ERROR"]


class WorkerParams(Params):
    """A worker to create or update."""

    identity: Short
    task_queue: Short
    workflow_types: list[Short] = []
    activity_types: list[Short] = []
    hostname: Short
    ip: Annotated[str, Field(min_length=7, max_length=40)]
    installation_id: UuidKey | None = None
    robot_ids: list[UuidKey] = []
    tenant_id: UuidKey | None = None


class AuthenticationParams(Params):
    """An authentication to create."""

    type: Literal["ENGINE_TOKEN", "ENGINE_CERTIFICATE"]
    tenant_id: UuidKey | None = None


class PageQuery(Params):
    """The query of a list; absent size and page are the server's to fill in."""

    size: Size | None = None
    page: PageNumber | None = None
    sort: list[str] = []
    tenant_id: list[UuidKey] = []


class PrincipalsQuery(PageQuery):
    """The query of findPrincipals."""

    type: PrincipalType | None = None
    group_id: list[UuidKey] = []


class TenantUsersQuery(PageQuery):
    """The query of findTenantUsers."""

    group_id: list[UuidKey] = []
    email: list[EmailKey] = []


class ItemsQuery(PageQuery):
    """The query of findProcessItems."""

    process_id: list[UuidKey] = []
    type: list[ItemType] = []
    task_state: list[TaskState] = []
    task_definition_code: list[str] = []


class RobotsQuery(PageQuery):
    """The query of findRobots."""

    filter_context: Literal["READY", "DEFAULT"] | None = None


class FileQuery(Params):
    """What an upload says about its file."""

    file_content_type: str
    file_name: str


class UserActionFileQuery(FileQuery):
    """What an upload into a user action says."""

    user_action_value_id: UuidKey


class DocumentQuery(Params):
    """Which document to download."""

    document_uri: str


class FormQuery(Params):
    """Which form field to render."""

    property_path: Pointer


class AssetQuery(Params):
    """Which asset of a robot to download."""

    type: Literal["PYTHON", "PYTHON_PIP", "NODEJS"]
    version: str
    platform: Literal["WINDOWS", "MAC_OS", "LINUX"]
    architecture: Literal["X86_32", "X86_64"]
