"""Places in messages, written as OpenAPI runtime expressions (OpenAPI 3, "Runtime Expressions")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from conformance.contract.message import Reply, Request
from conformance.contract.pointer import ABSENT, get, put, remove, tokens

_EXPRESSION = re.compile(
    r"^\$(?P<message>request|response)\."
    r"(?:(?P<part>header|query|path)\.(?P<name>[^\s]+)|body(?:#(?P<pointer>/\S*|))?)$"
)


@dataclass(frozen=True)
class Place:
    """Where a value stands in a request or a response; ``name`` is a parameter name or, in a body, a pointer."""

    message: Literal["request", "response"]
    part: Literal["header", "query", "path", "body"]
    name: str

    @classmethod
    def parse(cls, text: str) -> Place:
        """The place that ``text`` denotes; ``ValueError`` says what is wrong with it."""
        found = _EXPRESSION.match(text)
        if found is None:
            raise ValueError(f"{text!r} is no runtime expression such as $request.query.page or $response.body#/id")
        message = found["message"]
        if message == "response" and found["part"] in {"query", "path"}:
            raise ValueError(f"{text!r}: a response has no {found['part']}")
        if found["part"]:
            return cls(message, found["part"], found["name"])  # type: ignore[arg-type]
        tokens(found["pointer"] or "")
        return cls(message, "body", found["pointer"] or "")  # type: ignore[arg-type]

    def __str__(self) -> str:
        return (
            f"${self.message}.body#{self.name}" if self.part == "body" else f"${self.message}.{self.part}.{self.name}"
        )

    @property
    def label(self) -> str:
        """The bare name that people call the place by: a parameter name or the last token of a pointer."""
        return (tokens(self.name) or ("body",))[-1] if self.part == "body" else self.name

    def put(self, request: Request, value: Any) -> Request:
        """``request`` with ``value`` here; in a query a list repeats the parameter and replaces what was there."""
        if self.part == "body":
            return replace(request, body=put(request.body, self.name, value))
        if self.part == "query":
            values = value if isinstance(value, (list, tuple)) else [value]
            kept = tuple(pair for pair in request.query if pair[0] != self.name)
            return replace(request, query=(*kept, *((self.name, text_of(item)) for item in values)))
        if self.part == "path":
            return replace(request, path={**request.path, self.name: text_of(value)})
        return replace(request, headers={**request.headers, self.name: text_of(value)})

    def without(self, request: Request) -> Request:
        """``request`` with nothing here."""
        if self.part == "body":
            return replace(request, body=remove(request.body, self.name) if self.name else ABSENT)
        if self.part == "query":
            return replace(request, query=tuple(pair for pair in request.query if pair[0] != self.name))
        if self.part == "path":
            return replace(request, path=_omit(request.path, self.name))
        return replace(request, headers=_omit(request.headers, self.name))

    def sent(self, request: Request) -> Any:
        """The value that ``request`` carries here, or ``ABSENT``; a repeated query parameter is a list."""
        if self.part == "body":
            return get(request.body, self.name)
        if self.part == "query":
            values = [value for name, value in request.query if name == self.name]
            return ABSENT if not values else values[0] if len(values) == 1 else values
        return (request.path if self.part == "path" else request.headers).get(self.name, ABSENT)

    def seen(self, reply: Reply) -> Any:
        """The value that ``reply`` carries here, or ``ABSENT``."""
        if self.part == "header":
            return reply.headers.get(self.name.lower(), ABSENT)
        return get(reply.json, self.name)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, Place) else cls.parse(str(value)),
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(pattern=_EXPRESSION.pattern.replace("?P<", "?<")),
        )


def text_of(value: Any) -> str:
    """A value as a path, a query or a header holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _omit(mapping: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in mapping.items() if key != name}
