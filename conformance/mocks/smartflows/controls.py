"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.controls import number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.smartflows import commands
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows

CONTROLS = ("advance_clock", "reset", "revoke_key", "resume_job", "interrupt_job", "finish_job")


def controls(server: SmartFlows) -> dict[str, Control]:
    """The controls by name.

    ``advance_clock {"seconds": n}`` lets time pass, ``reset {}`` restores the first day, ``revoke_key {"key": k}``
    makes an API key or a token worthless. Of the execution ``{"job": id}``, ``resume_job`` is the event that it waits
    for, ``interrupt_job`` one that nobody expected, and ``finish_job`` lets it run to its next halt or its end.
    """
    offered: dict[str, Callable[[Json], Json]] = {
        "advance_clock": lambda body: {"now": rfc3339(server.clock.advance(_seconds(body)))},
        "reset": lambda _: _reset(server),
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "resume_job": lambda body: _moved(server, body, commands.resume),
        "interrupt_job": lambda body: _moved(server, body, commands.interrupt),
        "finish_job": lambda body: _moved(server, body, commands.finish),
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


def _reset(server: SmartFlows) -> Json:
    server.reset()
    return {}


def _revoke(server: SmartFlows, key: str) -> Json:
    found = [server.store.keys.pop(key, None), server.store.tokens.pop(key, None)]
    return {"revoked": sum(one is not None for one in found)}


def _moved(server: SmartFlows, body: Json, move: Callable[[SmartFlows, Execution], None]) -> Json:
    job = text(body, "job")
    execution = server.store.executions.get(job.lower())
    if execution is None:
        raise Refusal(400, f"there is no execution {job!r}")
    move(server, execution)
    return {"status": execution.status}
