"""Who calls, and what it may see: Basic, Bearer, and Bearer with base64 of ``id:secret`` as the vendor's SDKs send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from conformance.mocks.kit.basic import decoded
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kuflow.errors import unknown
from conformance.mocks.kuflow.records import Identity, Row

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow
    from conformance.mocks.kuflow.store import Collection

R = TypeVar("R")
CHALLENGE = {"www-authenticate": 'Basic realm="kuflow", Bearer realm="kuflow"'}


def basic(server: KuFlow, credentials: str) -> Identity | None:
    """The identity of a Basic header's credentials."""
    return server.store.clients.get(decoded(credentials))


def bearer(server: KuFlow, credentials: str) -> Identity | None:
    """The identity of a bearer token, which may be a client's id and secret in base64."""
    return server.store.tokens.get(credentials) or server.store.clients.get(decoded(credentials))


def authenticate(server: KuFlow, operation: str, headers: Mapping[str, str]) -> Identity:
    """The caller; refuses with 401 what proves no identity."""
    rules = server.rules.auth
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    known = {"basic": rules.basic, "bearer": rules.bearer}.get(scheme.lower())
    identity = known(server, credentials.strip()) if known else None
    if identity is None:
        raise Refusal(rules.unauthorized_status(operation), "Credentials are needed", headers=CHALLENGE)
    return identity


def unauthorized_status(_: str) -> int:
    """The status for absent or wrong credentials, by operation."""
    return 401


def may_see(_: str, identity: Identity, record: Row) -> bool:
    """Whether a caller sees a record in an operation: they share a tenant."""
    return not identity.tenants.isdisjoint(record.tenants)


def hidden(server: KuFlow, what: str) -> Refusal:
    """The refusal of a resource that exists but is not the caller's."""
    if server.choices["hidden_resource"] == "403":
        return Refusal(403, f"That {what} is not yours")
    return unknown(what)


def find(server: KuFlow, call: Call, collection: Collection[Row], key: str, what: str) -> Row:
    """The record with ``key`` if the caller may see it; refuses what is unknown or hidden."""
    record = collection.get(key)
    if record is None:
        raise unknown(what)
    if not server.rules.auth.may_see(call.operation, call.identity, record):
        raise server.rules.auth.hidden(server, what)
    return record


@dataclass
class AuthRules:
    """Credentials and visibility."""

    basic: Callable[[KuFlow, str], Identity | None] = basic
    bearer: Callable[[KuFlow, str], Identity | None] = bearer
    authenticate: Callable[[KuFlow, str, Mapping[str, str]], Identity] = authenticate
    unauthorized_status: Callable[[str], int] = unauthorized_status
    may_see: Callable[[str, Identity, Row], bool] = may_see
    hidden: Callable[[KuFlow, str], Refusal] = hidden
    find: Callable[[KuFlow, Call, Collection[Row], str, str], Row] = find
