"""Requests and replies as mocks see them, and the ASGI application around a vendor's dispatcher."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.model import AsgiApp

JSON = "application/json"
SERVER = "workflow-conformance mock"
"""By this a reply says that no vendor gave it."""

UNANSWERED = {405: "no such method here", 500: "the mock has failed"}


@dataclass
class Reply:
    """What a handler answers: ``body`` is a JSON value, or bytes that go out as they are, or None for no body."""

    status: int
    body: Any = None
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Detail:
    """One reason of a refusal: ``location`` is a pointer or a name, ``place`` is body, query, path or header."""

    code: str
    message: str
    location: str = ""
    place: str = ""


class Refusal(Exception):
    """The request is refused; the vendor's dispatcher turns it into the documented error."""

    def __init__(
        self, status: int, message: str, details: Iterable[Detail] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = tuple(details)
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Received:
    """A request taken apart: header names are lower case, the query keeps order and repetitions."""

    headers: Mapping[str, str]
    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    body: bytes


Dispatch = Callable[[str, Received], Awaitable[Reply]]
Refuse = Callable[[Refusal], Reply]


class Operation(Protocol):
    """What an operation of any vendor says of where it is."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def method(self) -> str: ...  # noqa: D102

    @property
    def path(self) -> str: ...  # noqa: D102


Op = TypeVar("Op", bound=Operation)


async def received(request: Request) -> Received:
    """The whole request, its body read."""
    query = tuple(request.query_params.multi_items())
    return Received(request.headers, request.path_params, query, await request.body())


def rendered(reply: Reply) -> Response:
    """The reply as bytes with its headers; without a body there is no media type either."""
    headers = {"server": SERVER, **reply.headers}
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    content = reply.body if isinstance(reply.body, bytes) else jsonio.render(reply.body)
    if reply.media_type:
        headers.setdefault("content-type", reply.media_type)
    return Response(content, status_code=reply.status, headers=headers)


def application(base: str, routes: Mapping[str, Mapping[str, str]], dispatch: Dispatch, refuse: Refuse) -> AsgiApp:
    """An ASGI application of ``routes`` (path under ``base`` to method to operation) answered by ``dispatch``.

    What no route answers (404, 405) is refused in the vendor's own error shape, and so is what nobody foresaw (500),
    which is raised for the server's log all the same.
    """

    def endpoint(operations: Mapping[str, str]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return rendered(await dispatch(operations[request.method], await received(request)))

        return answer

    async def unanswered(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        return rendered(refuse(Refusal(status, UNANSWERED.get(status, "no such path"), headers=headers)))

    table = [Route(base + path, endpoint(methods), methods=list(methods)) for path, methods in routes.items()]
    for route in table:
        route.path_regex = re.compile(route.path_regex.pattern.removesuffix("$") + r"\Z")
        if route.methods and "HEAD" in route.methods:
            route.methods.discard("HEAD")
    app = Starlette(routes=table, exception_handlers={HTTPException: unanswered, Exception: unanswered})
    app.router.redirect_slashes = False
    return app


def serving(
    base: str, operations: Iterable[Op], answer: Callable[[Op, Received], Awaitable[Reply]], refuse: Refuse
) -> AsgiApp:
    """The application of a vendor's ``operations``, each of them answered by ``answer``."""
    known = {operation.id: operation for operation in operations}
    routes: dict[str, dict[str, str]] = {}
    for operation in known.values():
        routes.setdefault(operation.path, {})[operation.method] = operation.id

    async def dispatch(name: str, request: Received) -> Reply:
        return await answer(known[name], request)

    return application(base, routes, dispatch, refuse)
