"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.controls import number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.optimajet.access import OPENID
from conformance.mocks.optimajet.server import OptimaJet

CONTROLS = ("advance_clock", "reset", "set_access_token", "log_lines")


def controls(server: OptimaJet) -> dict[str, Control]:
    """The controls by name.

    ``advance_clock {"seconds": n}`` lets time pass, ``reset {}`` restores the first day, ``set_access_token
    {"token": t}`` sets the access token as the admin panel does (an empty one removes it, which OpenID forbids),
    and ``log_lines {}`` tells what the log operations wrote.
    """
    offered: dict[str, Callable[[Json], Json]] = {
        "advance_clock": lambda body: {"now": rfc3339(server.clock.advance(_seconds(body)))},
        "reset": lambda _: _reset(server),
        "set_access_token": lambda body: _set_access_token(server, text(body, "token")),
        "log_lines": lambda _: {"lines": [{"level": level, "message": line} for level, line in server.store.log]},
    }
    return {name: _asynchronous(offered[name]) for name in CONTROLS}


def _asynchronous(plain: Callable[[Json], Json]) -> Control:
    async def control(body: Json) -> Json:
        return plain(body)

    return control


def _seconds(body: Json) -> float:
    seconds = number(body, "seconds")
    if not 0 <= seconds <= 1e9:
        raise Refusal(400, "seconds must be between 0 and 1e9")
    return seconds


def _reset(server: OptimaJet) -> Json:
    server.reset()
    return {}


def _set_access_token(server: OptimaJet, token: str) -> Json:
    if not token and server.mode == OPENID:
        raise Refusal(400, "OpenID needs an access token")
    server.access_token = token
    return {}
