"""Principals: listed, retrieved, and named by others as initiators and owners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.paging import Listing, listed
from conformance.mocks.kuflow.records import Principal

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

LISTING = Listing(
    rows=lambda server: server.store.principals,
    sort_keys={"id": lambda row: row.key, "name": lambda row: row.name},
    filters={
        "type": lambda row: (row.type,),
        "group_id": lambda row: row.groups,
        "tenant_id": lambda row: row.tenants,
    },
    view=lambda server, row: server.rules.views.principal_page_item(server, row),
)


async def find(server: KuFlow, call: Call) -> Reply:
    """findPrincipals."""
    return listed(server, call, LISTING)


async def retrieve(server: KuFlow, call: Call) -> Reply:
    """retrievePrincipal."""
    record = server.rules.auth.find(server, call, server.store.principals, call.id, "principal")
    return Reply(200, server.rules.views.principal(server, record))


def by_id(server: KuFlow, _: str, key: str) -> Principal | None:
    """The principal with an id."""
    return server.store.principals.get(key)


def by_email(server: KuFlow, _: str, email: str) -> Principal | None:
    """The user with an address, in any case."""
    return server.store.emails.get(email.lower())


def assignable(_: str, principal: Principal) -> bool:
    """Whether a principal can be an initiator or an owner: users and applications can."""
    return principal.type in ("USER", "APPLICATION")


@dataclass
class PrincipalRules:
    """How a principal is named by another operation."""

    by_id: Callable[[KuFlow, str, str], Principal | None] = by_id
    by_email: Callable[[KuFlow, str, str], Principal | None] = by_email
    assignable: Callable[[str, Principal], bool] = assignable


def named(server: KuFlow, call: Call, role: str, key: str | None, email: str | None) -> Principal | None:
    """The principal named by id or else by address; None when neither is given; refuses unknown ones."""
    rules = server.rules.principals
    if key and email and server.choices["both_options"] == "refused":
        raise invalid(server, Detail("options", "name one of id and e-mail address", role, "body"))
    if not key and not email:
        return None
    principal = rules.by_id(server, call.operation, key) if key else rules.by_email(server, call.operation, email or "")
    usable = principal and rules.assignable(call.operation, principal)
    if not principal or not usable or not server.rules.auth.may_see(call.operation, call.identity, principal):
        raise invalid(server, Detail("unknown", "no such user or application", role, "body"))
    return principal


def newly_named(server: KuFlow, call: Call, role: str, key: str | None, email: str | None) -> Principal | None:
    """Like ``named``, for commands that need a name: naming nobody is refused or ignored, as chosen."""
    principal = named(server, call, role, key, email)
    if principal is None and server.choices["no_option"] == "refused":
        raise invalid(server, Detail("options", "name a user or an application", role, "body"))
    return principal
