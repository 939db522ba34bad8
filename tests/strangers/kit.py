"""What the servers of the strangers share: routing and validation by their own contract, and who calls."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from conformance.contract.document import Document, Operation
from conformance.contract.validation import Validators

HERE = Path(__file__).parent
TOKENS = {"Bearer main-secret": "main", "Bearer other-secret": "other"}


class Refused(Exception):
    """The request is refused with a status."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status, self.problem = status, problem


@dataclass(frozen=True)
class Call:
    """A request that keeps the contract: ``query`` holds values of the declared types."""

    who: str
    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    """What an operation answers: JSON, or bytes; ``None`` is an empty body."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Stranger:
    """A server of one contract: a method for each operation, called as the operation is."""

    faults: ClassVar[Mapping[str, str]]
    fixtures: Mapping[str, Any]

    def __init__(self, fault: str | None) -> None:
        self.fault, self._clock, self._ids = fault, 0, 0

    def operation(self, name: str) -> Callable[[Call], Answer]:
        found: Callable[[Call], Answer] = getattr(self, re.sub(r"([A-Z])", r"_\1", name).lower())
        return found

    def path_of(self, path: str) -> str:
        """The path in the contract that a request for ``path`` is for."""
        return path

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids * 7919 % 99991:05d}x"

    def advance(self, arguments: Mapping[str, Any]) -> None:
        self._clock += int(arguments["seconds"])

    def now(self) -> str:
        self._clock += 1
        return (datetime(2030, 1, 1, tzinfo=UTC) + timedelta(seconds=self._clock)).isoformat()


def serve(name: str, server: Stranger, among: Path = HERE) -> Starlette:
    """The application of the stranger in the folder ``name``."""
    document = Document.load(among / name / "openapi.yaml")
    validators = Validators(document)

    async def everything(request: Request) -> Response:
        try:
            path = server.path_of(request.url.path)
            operation = document.route(request.method, path)
            if operation is None:
                raise Refused(404, "no such operation")
            who = TOKENS.get(request.headers.get("authorization", ""))
            if who is None and not (server.fault == "open-door" and request.method in {"GET", "POST"}):
                raise Refused(401, "who are you?")
            body = await request.body()
            answer = server.operation(operation.id)(_call(validators, operation, request, path, body, who or "main"))
        except Refused as refused:
            problem = "" if server.fault == "refuses-without-a-word" else refused.problem
            reply = {"title": problem} if server.fault == "odd-error" else {"reason": problem}
            answer = Answer(reply, refused.status)
        if isinstance(answer.body, bytes):
            return Response(answer.body, answer.status, dict(answer.headers), "application/octet-stream")
        content = b"" if answer.body is None else json.dumps(answer.body).encode()
        media_type = "application/json" if content else None
        return Response(content, answer.status, dict(answer.headers), media_type)

    return Starlette(routes=[Route("/{path:path}", everything, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])])


def _call(validators: Validators, operation: Operation, request: Request, path: str, content: bytes, who: str) -> Call:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.path)
    found = re.fullmatch(pattern, path)
    assert found is not None
    sent = dict(parse_qsl(request.url.query))
    query = {}
    for parameter in operation.parameters:
        if parameter.place == "query" and parameter.required and parameter.name not in sent:
            raise Refused(400, f"there is no {parameter.name}")
        if parameter.place == "query" and parameter.name in sent:
            value: Any = sent[parameter.name]
            if parameter.schema.get("type") == "integer":
                if not value.lstrip("-").isdigit():
                    raise Refused(400, f"{parameter.name} is no number")
                value = int(value)
            if parameter.schema.get("type") == "boolean":
                if value not in {"true", "false"}:
                    raise Refused(400, f"{parameter.name} is neither true nor false")
                value = value == "true"
            _hold(validators, f"{operation.id} {parameter.name}", parameter.schema, value)
            query[parameter.name] = value
    return Call(who, found.groupdict(), query, request.headers, _body(validators, operation, request, content))


def _body(validators: Validators, operation: Operation, request: Request, content: bytes) -> Any:
    if not operation.body or (not content and not operation.body_required):
        return {}
    media_type = request.headers.get("content-type", "")
    if media_type not in operation.body:
        raise Refused(415, f"no body is sent as {media_type}")
    if media_type == "application/octet-stream":
        return content
    try:
        body = json.loads(content)
    except ValueError:
        raise Refused(400, "the body is no JSON") from None
    _hold(validators, f"{operation.id} body", operation.body[media_type], body)
    return body


def _hold(validators: Validators, key: str, schema: Mapping[str, Any], value: Any) -> None:
    wrong = validators.value(key, schema, value, "request")
    if wrong is not None:
        raise Refused(400, f"{wrong.pointer} is not {wrong.expected}")
