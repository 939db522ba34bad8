"""Tenant users: listed and retrieved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kuflow.paging import Listing, listed

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

LISTING = Listing(
    rows=lambda server: server.store.tenant_users,
    sort_keys={
        "id": lambda row: row.key,
        "createdAt": lambda row: row.created_at,
        "lastModifiedAt": lambda row: row.modified_at,
    },
    filters={
        "group_id": lambda row: row.principal.groups,
        "email": lambda row: (row.principal.email.lower(),),
        "tenant_id": lambda row: (row.tenant,),
    },
    view=lambda server, row: server.rules.views.tenant_user_page_item(server, row),
)


async def find(server: KuFlow, call: Call) -> Reply:
    """findTenantUsers."""
    return listed(server, call, LISTING)


async def retrieve(server: KuFlow, call: Call) -> Reply:
    """retrieveTenantUser."""
    record = server.rules.auth.find(server, call, server.store.tenant_users, call.id, "tenant user")
    return Reply(200, server.rules.views.tenant_user(server, record))
