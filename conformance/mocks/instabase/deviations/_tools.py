"""Ways to bend one operation and leave the others as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json


def _is_ok(reply: Reply) -> bool:
    return isinstance(reply.body, dict) and reply.body.get("status") == "OK"


def bend_reply(server: Instabase, operation: str, bend: Callable[[Reply], Reply]) -> None:
    """Let ``bend`` have the last word on every OK of ``operation``."""
    honest = server.rules.finish

    def finish(name: str, reply: Reply) -> Reply:
        told = honest(name, reply)
        return bend(told) if name == operation and _is_ok(told) else told

    server.rules.finish = finish


def bend_body(server: Instabase, operation: str, bend: Callable[[Json], Json]) -> None:
    """Let ``bend`` change the JSON body of every OK of ``operation``."""
    bend_reply(server, operation, lambda reply: replace(reply, body=bend(reply.body)))


def without(server: Instabase, operation: str, name: str) -> None:
    """Leave a property out of every OK of ``operation``."""
    bend_body(server, operation, lambda body: {key: value for key, value in body.items() if key != name})
