"""Ways to break one operation: what goes out is mended."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from conformance.mocks.kit.http import Reply
from conformance.mocks.optimajet.server import OptimaJet

CREATES = ("createInstance", "createInstanceWithParameters")
COMMANDS = ("executeCommand", "executeCommandWithParameters")


def mend_reply(server: OptimaJet, operations: Collection[str], mend: Callable[[Reply], None]) -> None:
    """Let ``mend`` change every reply of ``operations``."""
    honest = server.rules.finish

    def finish(called: str, reply: Reply) -> Reply:
        finished = honest(called, reply)
        if called in operations:
            mend(finished)
        return finished

    server.rules.finish = finish


def mend_data(server: OptimaJet, operations: Collection[str], mend: Callable[[Any], Any]) -> None:
    """Let ``mend`` see the data of the successful replies of ``operations``."""

    def with_data(reply: Reply) -> None:
        if reply.body.get("success"):
            reply.body["data"] = mend(reply.body.get("data"))

    mend_reply(server, operations, with_data)
