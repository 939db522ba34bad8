"""The project around the flows: the caller, the system, the documents that executions leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.errors import unknown

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows

PDF = "application/pdf"


async def current_user(server: SmartFlows, call: Call) -> Reply:
    """getCurrentUser."""
    return Reply(200, server.rules.views.user(server, call.caller))


async def system_info(_: SmartFlows, __: Call) -> Reply:
    """getSystemInfo."""
    return Reply(200, {"version": "4.0.0", "displayName": "Conformance", "role": "testing"})


async def document(server: SmartFlows, call: Call) -> Reply:
    """getDocumentContent."""
    content = server.store.documents.get(call.id)
    if content is None:
        raise unknown(server, "document")
    return Reply(200, content, PDF)
