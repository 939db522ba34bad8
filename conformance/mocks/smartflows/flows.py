"""Flows: listed, read, and described by what they take and give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.paging import Listing, listed
from conformance.mocks.smartflows.records import Flow

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows

LISTING: Listing[Flow] = Listing(
    rows=lambda server: server.store.flows.rows,
    properties={
        "id": lambda _, row: row.key,
        "displayName": lambda _, row: row.name,
        "description": lambda _, row: row.description,
        "createdAt": lambda server, row: server.rules.views.moment(row.created_at),
    },
    view=lambda server, row: server.rules.views.flow(server, row),
)


async def find(server: SmartFlows, call: Call) -> Reply:
    """findFlows."""
    return listed(server, call, LISTING, lambda _: True)


async def read(server: SmartFlows, call: Call) -> Reply:
    """getFlow."""
    return Reply(200, server.rules.views.flow(server, server.rules.executions.flow_named(server, call.id)))


async def contract(server: SmartFlows, call: Call) -> Reply:
    """getFlowContract."""
    return Reply(200, server.rules.views.contract(server, server.rules.executions.flow_named(server, call.id)))
