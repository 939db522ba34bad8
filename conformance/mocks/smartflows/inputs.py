"""Requests held against what is written about them, before anything is looked up or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import JSON, Refusal
from conformance.mocks.smartflows.errors import invalid, unknown

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
Pairs = Iterable[tuple[str, str]]


class Query(BaseModel):
    """Parameters of a query; what is not known is ignored."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class CreateQuery(Query):
    """The flow to run, by its id."""

    flow_id: str


class StartQuery(Query):
    """The flow to run, by its id or its name."""

    flow: str


class ProgressQuery(Query):
    """How many seconds a poll waits for another status."""

    timeout: int = Field(30, ge=0)


class StatusQuery(Query):
    """Whether the output is wanted too."""

    output: bool = False


class PageQuery(Query):
    """Which page of a list, in what order, narrowed to what."""

    page: int = Field(0, ge=0)
    size: int | None = Field(None, ge=1)
    sort: str = ""
    filter: str = ""


class Login(BaseModel):
    """A user's name and password, and where the login comes from."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)

    username: str
    password: str
    login_context: JsonValue = None


Answers = TypeAdapter(dict[str, JsonValue])
"""The values of a form by the keys of its fields."""


def path_id(server: SmartFlows, _: str, raw: str) -> str:
    """The id of the path as a key; what is no GUID is the id of nothing."""
    if not GUID.fullmatch(raw):
        raise unknown(server, "id")
    return raw.lower()


def query(server: SmartFlows, _: str, model: type[Query], pairs: Pairs) -> Query:
    """The query as ``model``; the first of a repeated parameter counts."""
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise invalid(server, _first(error)) from None


def body(server: SmartFlows, _: str, model: TypeAdapter[Any], media_type: str, raw: bytes) -> Any:
    """The JSON body as ``model``."""
    if media_type.partition(";")[0].strip().lower() != JSON:
        raise Refusal(415, f"The body must be {JSON}")
    try:
        return model.validate_python(jsonio.parse(raw))
    except ValidationError as error:
        raise invalid(server, _first(error)) from None
    except ValueError:
        raise invalid(server, "The body is not JSON") from None


def _first(error: ValidationError) -> str:
    one = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'/'.join(map(str, one['loc'])) or 'body'}: {one['msg']}"


@dataclass
class InputRules:
    """What of a request is refused."""

    path_id: Callable[[SmartFlows, str, str], str] = path_id
    query: Callable[[SmartFlows, str, type[Query], Pairs], Query] = query
    body: Callable[[SmartFlows, str, TypeAdapter[Any], str, bytes], Any] = body
