"""Ways to bend one operation and leave the others as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.records import Run
from conformance.mocks.pliant.server import Operation, Pliant


def bend_reply(server: Pliant, operation: str, bend: Callable[[Reply], Reply]) -> None:
    """Let ``bend`` have the last word on every success of ``operation``."""
    honest = server.rules.finish

    def finish(name: str, reply: Reply) -> Reply:
        told = honest(name, reply)
        return bend(told) if name == operation and told.status < 300 else told

    server.rules.finish = finish


def bend_answer(server: Any, operation: str, bend: Callable[[Received, Json], Json]) -> None:
    """Let ``bend`` change the JSON body of every success of ``operation``, knowing the request."""
    honest = server.answer

    async def answer(called: Operation, request: Received) -> Reply:
        reply: Reply = await honest(called, request)
        meant = called.id == operation and reply.status < 300
        return replace(reply, body=bend(request, reply.body)) if meant else reply

    server.answer = answer


def sent_in(request: Received) -> Json:
    """The object in the body of a request; nothing is an empty one."""
    try:
        value = jsonio.parse(request.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def bearer_in(request: Received) -> str:
    """The bearer token that a request carries; empty where there is none."""
    scheme, _, proof = request.headers.get("authorization", "").partition(" ")
    return proof if scheme.lower() == "bearer" else ""


def unwaited(server: Pliant) -> set[str]:
    """The ids of runs that nobody waited for, as they come to be known."""
    honest, known = server.rules.trigger.acceptance, set[str]()

    def acceptance(server: Pliant, run: Run) -> Json:
        known.add(run.id)
        return honest(server, run)

    server.rules.trigger.acceptance = acceptance
    return known


def bend_body(server: Pliant, operation: str, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change the JSON body of every success of ``operation``."""
    bend_reply(server, operation, lambda reply: replace(reply, body=bend(reply.body)))


def without(server: Pliant, operation: str, name: str) -> None:
    """Leave a property out of every success of ``operation``."""
    bend_body(server, operation, lambda body: {key: value for key, value in body.items() if key != name})


def answer_with(server: Pliant, operation: str, status: int) -> None:
    """Give every success of ``operation`` another status."""
    bend_reply(server, operation, lambda reply: replace(reply, status=status))


def bend_query(server: Pliant, operation: str, bend: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Let ``bend`` change the query of every request for ``operation`` before anyone reads it."""
    honest = server.rules.receive

    def receive(name: str, request: Received) -> Received:
        got = honest(name, request)
        return replace(got, query=tuple(bend(dict(got.query)).items())) if name == operation else got

    server.rules.receive = receive
