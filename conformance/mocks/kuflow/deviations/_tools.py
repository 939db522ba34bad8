"""Ways to bend one operation and leave the others as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import mend_json, mend_query
from conformance.mocks.kuflow.server import KuFlow


def bend_reply(server: KuFlow, operation: str, bend: Callable[[Reply], Reply]) -> None:
    """Let ``bend`` have the last word on every reply of ``operation``."""
    honest = server.rules.finish
    server.rules.finish = lambda name, reply: bend(honest(name, reply)) if name == operation else honest(name, reply)


def bend_success(server: KuFlow, operation: str, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change the JSON body of every success of ``operation``."""

    def bent(reply: Reply) -> Reply:
        if reply.status < 300 and isinstance(reply.body, dict):
            reply.body = bend(reply.body)
        return reply

    bend_reply(server, operation, bent)


def fill(server: KuFlow, operation: str, name: str, default: Any) -> None:
    """Put ``default`` where a body of ``operation`` lacks the property."""
    mend_json(server, (operation,), lambda body: {name: default, **body} if isinstance(body, dict) else body)


def fill_query(server: KuFlow, operation: str, name: str, default: str) -> None:
    """Put ``default`` where a query of ``operation`` lacks the parameter."""
    mend_query(server, operation, lambda query: {name: default, **query})


def swap(server: KuFlow, operation: str, name: str, wrong: Callable[[Any], bool], instead: Any = None) -> None:
    """Replace a ``wrong`` property of a body of ``operation``; with nothing when ``instead`` is None."""

    def mend(body: Any) -> Any:
        if not isinstance(body, dict) or name not in body or not wrong(body[name]):
            return body
        rest = {key: value for key, value in body.items() if key != name}
        return rest if instead is None else {**rest, name: instead}

    mend_json(server, (operation,), mend)
