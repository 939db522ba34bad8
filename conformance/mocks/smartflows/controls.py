"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mocks.kit.controls import controls_of, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.smartflows import commands
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows

CONTROLS = ("advance_clock", "reset", "revoke_key", "resume_job", "interrupt_job", "finish_job")


def controls(server: SmartFlows) -> dict[str, Control]:
    """The controls by name.

    Beside those of every server, ``revoke_key {"key": k}`` makes an API key or a token worthless. Of the execution
    ``{"job": id}``, ``resume_job`` is the event that it waits for, ``interrupt_job`` one that nobody expected, and
    ``finish_job`` lets it run to its next halt or its end.
    """
    own: dict[str, Control] = {
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "resume_job": lambda body: _moved(server, body, commands.resume),
        "interrupt_job": lambda body: _moved(server, body, commands.interrupt),
        "finish_job": lambda body: _moved(server, body, commands.finish),
    }
    return controls_of(server, own)


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
