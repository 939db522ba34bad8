"""Ways to break one operation of any mock from outside: what comes in, or what goes out of a request that is so.

A server here is whatever has ``answer(operation, request)``, as the server of every mock has.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received, Reply

When = Callable[[Received], bool]


def bend_answers(server: Any, operation: str, when: When, bend: Callable[[Reply], Reply]) -> None:
    """Let ``bend`` have the last word on the successes of an operation whose request is ``when`` says so."""
    honest = server.answer

    async def answer(called: Any, request: Received) -> Reply:
        reply: Reply = await honest(called, request)
        return bend(reply) if called.id == operation and reply.status < 300 and when(request) else reply

    server.answer = answer


def mend_requests(server: Any, operation: str, mend: Callable[[Received], Received]) -> None:
    """Let ``mend`` change the requests of an operation before anyone reads them."""
    honest = server.answer

    async def answer(called: Any, request: Received) -> Reply:
        reply: Reply = await honest(called, mend(request) if called.id == operation else request)
        return reply

    server.answer = answer


def asks(name: str, *values: str) -> When:
    """Whether the query has the parameter with one of these values."""
    return lambda request: any(key == name and value in values for key, value in request.query)


def with_status(status: int) -> Callable[[Reply], Reply]:
    """The same reply with another status."""
    return lambda reply: replace(reply, status=status)


def without_lists(name: str) -> Callable[[Received], Received]:
    """The request without a property of its JSON body that is a list where it is to be none."""

    def mend(request: Received) -> Received:
        try:
            body = jsonio.parse(request.body)
        except ValueError:
            return request
        if not isinstance(body, dict) or not isinstance(body.get(name), list):
            return request
        kept = {key: value for key, value in body.items() if key != name}
        return replace(request, body=json.dumps(kept).encode())

    return mend


def without_repeated(name: str) -> Callable[[Received], Received]:
    """The request without a query parameter that it has several times."""

    def mend(request: Received) -> Received:
        if sum(key == name for key, _ in request.query) < 2:
            return request
        return replace(request, query=tuple(pair for pair in request.query if pair[0] != name))

    return mend
