"""Ways to break what goes out, or what stays, on some operations."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.records import ENDED, Execution
from conformance.mocks.smartflows.server import SmartFlows

PROGRESS = ("createExecution", "getExecutionProgress", "continueExecution", "cancelExecution")
"""The operations that answer with a FlowExecutionProgress."""


def mend_reply(server: SmartFlows, operations: Collection[str], mend: Callable[[Reply], None]) -> None:
    """Let ``mend`` change the successful replies of ``operations``."""
    honest = server.rules.finish

    def finish(called: str, reply: Reply) -> Reply:
        finished = honest(called, reply)
        if called in operations and finished.status < 300:
            mend(finished)
        return finished

    server.rules.finish = finish


def mend_body(server: SmartFlows, operations: Collection[str], mend: Callable[[Any], Any]) -> None:
    """Let ``mend`` make another body of the successful replies of ``operations``."""

    def change(reply: Reply) -> None:
        reply.body = mend(reply.body)

    mend_reply(server, operations, change)


def show(server: SmartFlows, operations: Collection[str], **values: Any) -> None:
    """Show other values of properties in the replies of ``operations``."""
    mend_body(server, operations, lambda body: {**body, **values})


def hide(server: SmartFlows, operations: Collection[str], *names: str) -> None:
    """Leave properties out of the replies of ``operations``."""
    mend_body(server, operations, lambda body: {key: value for key, value in body.items() if key not in names})


def show_part(server: SmartFlows, name: str, value: Any) -> None:
    """Show another value of schema, model or form wherever a progress has one."""
    honest = server.rules.views.parts

    def parts(server: SmartFlows, execution: Execution) -> dict[str, Any]:
        shown = honest(server, execution)
        return {**shown, name: value} if name in shown else shown

    server.rules.views.parts = parts


def ended(execution: Execution) -> bool:
    """Whether an execution has ended."""
    return execution.status in ENDED
