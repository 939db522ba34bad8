"""Requests held against what is written about them, before anything is looked up or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Detail, Refusal
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.params import UUID

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import KuFlow

PATCH = "application/json-patch+json"
OCTETS = "application/octet-stream"
Pairs = Iterable[tuple[str, str]]


def path_id(server: KuFlow, _: str, raw: str) -> str:
    """The id of the path as a key; refuses what is no UUID."""
    if not UUID.fullmatch(raw):
        raise invalid(server, Detail("format", "not a UUID", "id", "path"))
    return raw.lower()


def raw_query(_: str, pairs: Pairs) -> Pairs:
    """The query as it is going to be checked."""
    return pairs


def query(server: KuFlow, operation: str, model: type[BaseModel], pairs: Pairs) -> BaseModel:
    """The query as ``model``; refuses values that break their type, and ignores parameters it does not know."""
    lists = _list_parameters(model)
    values: dict[str, Any] = {}
    for name, value in server.rules.inputs.raw_query(operation, pairs):
        if name in lists:
            values.setdefault(name, []).append(value)
        else:
            values.setdefault(name, value)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise invalid(server, *_details(error, "query")) from None


@lru_cache(maxsize=64)
def _list_parameters(model: type[BaseModel]) -> frozenset[str]:
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if get_origin(field.annotation) is list)


def media_type(server: KuFlow, _: str, wanted: str, content_type: str, body: bytes) -> None:
    """Refuse an absent body (400) and a body of another media type than ``wanted`` (415)."""
    given = content_type.partition(";")[0].strip().lower()
    if not given and not body:
        raise invalid(server, Detail("required", "a body is needed", "", "body"))
    if given != wanted:
        raise Refusal(415, f"The body must be {wanted}")


def raw_json(_: str, value: Any) -> Any:
    """The JSON body as it is going to be checked."""
    return value


def body(server: KuFlow, operation: str, model: TypeAdapter[Any], raw: bytes) -> Any:
    """The JSON body as ``model``; refuses what is not JSON or breaks a written type, bound, enum or format."""
    try:
        value = jsonio.parse(raw)
    except ValueError:
        raise invalid(server, Detail("syntax", "the body is not JSON", "", "body")) from None
    try:
        ignored = server.choices["needless_input"] == "ignored"
        return model.validate_python(server.rules.inputs.raw_json(operation, value), context=ignored)
    except ValidationError as error:
        raise invalid(server, *_details(error, "body")) from None


def _details(error: ValidationError, place: str) -> list[Detail]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [Detail(one["type"], one["msg"], "/".join(map(str, one["loc"])), place) for one in found]


@dataclass
class InputRules:
    """What of a request is refused; ``raw_query`` and ``raw_json`` can mend it before it is checked."""

    path_id: Callable[[KuFlow, str, str], str] = path_id
    raw_query: Callable[[str, Pairs], Pairs] = raw_query
    query: Callable[[KuFlow, str, type[BaseModel], Pairs], BaseModel] = query
    media_type: Callable[[KuFlow, str, str, str, bytes], None] = media_type
    raw_json: Callable[[str, Any], Any] = raw_json
    body: Callable[[KuFlow, str, TypeAdapter[Any], bytes], Any] = body
