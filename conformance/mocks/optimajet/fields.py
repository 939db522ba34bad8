"""A request's fields: named values of query, JSON body or form, whatever the case of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Detail, Received, Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.records import Sent

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import OptimaJet

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM = "application/x-www-form-urlencoded"
F = TypeVar("F", bound="Fields")


def invalid(message: str) -> Refusal:
    """The request breaks what is published about its fields."""
    return Refusal(400, message, (Detail("InvalidRequest", message),))


def guid(text: str) -> str:
    """The lower-case form of a GUID; raises ValueError for anything else."""
    lower = text.strip("{}").lower()
    if not GUID.fullmatch(lower):
        raise ValueError("not a GUID")
    return lower


def _object(text: str) -> str:
    if not isinstance(jsonio.parse(text.encode()), dict):
        raise ValueError("not a serialized JSON object")
    return text


def _blank(value: Any) -> Any:
    return None if value == "" else value


Text = Annotated[str, Field(min_length=1)]
Guid = Annotated[str, AfterValidator(guid)]
MaybeGuid = Annotated[Guid | None, BeforeValidator(_blank)]
SerializedObject = Annotated[str, AfterValidator(_object)]


def _no_truth_value(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth_value)]
"""A whole number, which no truth value is."""


class Fields(BaseModel):
    """Fields that every operation takes; the names are lower case here, and null stands for absence."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    tenantid: str | None = None
    identityid: str | None = None
    impersonatedidentityid: str | None = None


class Carried(BaseModel):
    """A process parameter in the array that clients send."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Text
    value: Any = None
    persist: bool = False

    @model_validator(mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return {key.lower(): item for key, item in value.items()} if isinstance(value, dict) else value


class WithParameters(Fields):
    """The fields of operations that carry process parameters; ``persist`` names those to keep."""

    persist: str | None = None
    parameters: list[Carried] | None = None


class CreateFields(WithParameters):
    """The fields of createinstance."""

    schemecode: Text
    schemeparameters: SerializedObject | None = None


class CommandFields(WithParameters):
    """The fields of executecommand."""

    command: Text


class StateFields(WithParameters):
    """The fields of setstate."""

    state: Text


class BulkFields(Fields):
    """The fields of deleteinstances and inboxrecalc."""

    processids: list[Guid]


class BoxFields(Fields):
    """The fields of inbox, outbox and getformbyflow."""

    processid: MaybeGuid = None


class SchemeFields(Fields):
    """The fields of getschemelist."""

    tags: str | None = None


class LogFields(Fields):
    """The fields of the three log operations."""

    message: Text


class ListFields(Fields):
    """The fields of getinstances."""

    take: Whole | None = None
    skip: Whole | None = None
    status: Whole | str | None = None
    search: str | None = None
    sort: str | None = None


KNOWN = frozenset(
    name
    for model in (
        CreateFields,
        CommandFields,
        StateFields,
        BulkFields,
        BoxFields,
        SchemeFields,
        LogFields,
        ListFields,
    )
    for name in model.model_fields
) | {"token"}


def sent(_: str, request: Received) -> Sent:
    """Everything named in a request; a body that cannot be read is a ``problem`` and carries nothing."""
    query = {name.lower(): value for name, value in request.query}
    try:
        body = _body(request)
    except ValueError as error:
        return Sent(query, problem=f"The body cannot be read: {error}")
    known = {name.lower(): value for name, value in body.items() if name.lower() in KNOWN}
    others = {name: value for name, value in body.items() if name.lower() not in KNOWN}
    return Sent(query, known, others)


def _body(request: Received) -> Json:
    if not request.body.strip():
        return {}
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == FORM:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    if media_type and "json" not in media_type:
        raise ValueError(f"{media_type} is not taken here")
    body = jsonio.parse(request.body)
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise ValueError("it is not an object")
    return body


def read(_: OptimaJet, __: str, model: type[F], given: Sent) -> F:
    """The fields of an operation; refuses what is absent or not of its type."""
    if given.problem:
        raise invalid(given.problem)
    try:
        return model.model_validate(given.fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def path_id(_: OptimaJet, __: str, text: str) -> str:
    """The key of the process id in a path."""
    try:
        return guid(text)
    except ValueError:
        raise invalid("processId: not a GUID") from None


def kept_parameters(fields: WithParameters, others: Mapping[str, Any]) -> Json:
    """The process parameters that outlive the call: those marked, and those that ``persist`` names."""
    named = {name.strip() for name in (fields.persist or "").split(",")}
    carried = fields.parameters or []
    marked = {item.name: item.value for item in carried if item.persist or item.name in named}
    return {name: value for name, value in others.items() if name in named} | marked


@dataclass
class FieldRules:
    """How requests are read."""

    sent: Callable[[str, Received], Sent] = sent
    read: Callable[[OptimaJet, str, type[Any], Sent], Any] = read
    path_id: Callable[[OptimaJet, str, str], str] = path_id
    kept_parameters: Callable[[WithParameters, Mapping[str, Any]], Json] = kept_parameters
