"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.controls import number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.pliant.runs import finish
from conformance.mocks.pliant.server import Pliant

CONTROLS = ("advance_clock", "reset", "revoke_key", "finish_job")


def controls(server: Pliant) -> dict[str, Control]:
    """The controls by name.

    ``advance_clock {"seconds": n}`` lets time pass, ``reset {}`` restores the first day, ``revoke_key {"key": k}``
    makes an access token or a refresh token worthless, ``finish_job {"id": u}`` ends a run at once.
    """
    offered: dict[str, Callable[[Json], Json]] = {
        "advance_clock": lambda body: {"now": rfc3339(server.clock.advance(_seconds(body)))},
        "reset": lambda _: _reset(server),
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "finish_job": lambda body: _finish(server, text(body, "id")),
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


def _reset(server: Pliant) -> Json:
    server.reset()
    return {}


def _revoke(server: Pliant, key: str) -> Json:
    token, grant = server.store.tokens.pop(key, None), server.store.grants.pop(key, None)
    return {"revoked": sum(found is not None for found in (token, grant))}


def _finish(server: Pliant, key: str) -> Json:
    run = server.store.runs.get(key)
    if run is None:
        raise Refusal(400, "no such run")
    finish(server, run)
    return {}
