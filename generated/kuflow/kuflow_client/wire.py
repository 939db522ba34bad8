"""From arguments to a request, and from a reply to a model."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from datetime import date
from email.message import Message
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args
from urllib.parse import quote
from uuid import UUID

import httpx
from pydantic import MISSING, BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .base_model import Model
from .client import Client
from .errors import UnexpectedBody, UnexpectedStatus
from .types import File


def plain(value: Any) -> Any:  # noqa: PLR0911
    """The JSON form of an argument: a model as an object, an enum as its value, ids and dates as text."""
    match value:
        case Model():
            return value.to_dict()
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def text(value: Any) -> str:
    """The form of an argument in a path or a header."""
    simple = plain(value)
    return str(simple).lower() if isinstance(simple, bool) else str(simple)


def path(template: str, /, **values: Any) -> str:
    """A path with its parameters filled in, each escaped whole, the items of a list one by one."""
    return template.format(**{name: _segment(plain(value)) for name, value in values.items()})


def _segment(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return ",".join(quote(text(item), safe="") for item in items)


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that were given, in their plain form; an object spreads into one parameter a member."""
    given = {
        name: plain(value) for name, value in values.items() if value is not MISSING and value is not None
    }
    flat: dict[str, Any] = {}
    for name, value in given.items():
        flat.update(value if isinstance(value, dict) else {name: value})
    return flat


def headers(values: Mapping[str, Any]) -> dict[str, str]:
    """The header parameters that were given, as text."""
    return {name: text(value) for name, value in present(values).items()}


def success(kind: Any, response: httpx.Response, client: Client) -> Any:
    """The body of a listed success as ``kind``; raises ``UnexpectedBody`` when it is not one."""
    try:
        return _decoded(kind, response, client)
    except ValidationError as error:
        raise UnexpectedBody(response.status_code, response.content, _reason(kind, error)) from error


def refusal(kind: Any, response: httpx.Response, client: Client) -> Any:
    """The body of a listed refusal as ``kind``; when it is not one, as ``unlisted``."""
    try:
        return _decoded(kind, response, client)
    except ValidationError as error:
        return unlisted(response, client, _reason(kind, error))


def unlisted(response: httpx.Response, client: Client, reason: str = "not listed in the document") -> None:
    """None, or ``UnexpectedStatus`` from a client that asked for it."""
    if client.raise_on_unexpected_status:
        raise UnexpectedStatus(response.status_code, response.content, reason)


def _decoded(kind: Any, response: httpx.Response, client: Client) -> Any:
    if kind is File:
        return _file(response)
    if kind is str and "json" not in response.headers.get("content-type", ""):
        return response.text
    content = response.content.removeprefix(codecs.BOM_UTF8)
    return _adapter(kind).validate_json(content, extra="forbid" if client.strict else None)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _file(response: httpx.Response) -> File:
    described = Message()
    for name in ("content-type", "content-disposition"):
        if name in response.headers:
            described[name] = response.headers[name]
    return File(response.content, described.get_filename(), response.headers.get("content-type"))


def _reason(kind: Any, error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False)
    members = get_args(kind) if isinstance(kind, UnionType) else ()
    if members:
        problems = _closest(problems)
    place = ".".join(str(step) for step in problems[0]["loc"])
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    name = " or ".join(map(_name, members or (kind,)))
    return f"not the {name} of the document: {place + ': ' if place else ''}{problems[0]['msg']}{more}"


def _closest(problems: list[ErrorDetails]) -> list[ErrorDetails]:
    """The problems of the one member of a union that a body was meant for: its constants fit, or fewest are wrong."""
    members: dict[object, list[ErrorDetails]] = {}
    for problem in problems:
        members.setdefault(problem["loc"][:1], []).append(problem)
    return min(members.values(), key=lambda found: (any(map(_tells_apart, found)), len(found)))


def _tells_apart(problem: ErrorDetails) -> bool:
    return problem["type"] == "literal_error" and len(problem["loc"]) == 2


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind).replace(f"{__package__}.models.", "")
