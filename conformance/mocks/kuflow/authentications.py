"""Authentications for the workflow engine: a token, or a certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.http import Detail, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.errors import invalid
from conformance.mocks.kuflow.params import AuthenticationParams
from conformance.mocks.kuflow.records import Identity

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

LIFETIME = timedelta(hours=1)


def needs_tenant(identity: Identity) -> bool:
    """Whether the caller must name a tenant: those who came by OAuth2 must."""
    return identity.oauth2


def engine_token(server: KuFlow) -> Json:
    """A token for the engine, with the moment it expires."""
    return {"token": server.ids.fresh(), "expiredAt": rfc3339(server.clock.now() + LIFETIME)}


def _pem(server: KuFlow, kind: str) -> str:
    return f"-----BEGIN {kind}-----\n{server.ids.fresh().replace('-', '')}\n-----END {kind}-----\n"


def engine_certificate(server: KuFlow) -> Json:
    """A client certificate for the engine, with its key and the server's root; stand-ins in PEM's outer form."""
    tls = {
        "serverRootCaCertificate": _pem(server, "CERTIFICATE"),
        "clientCertificate": _pem(server, "CERTIFICATE"),
        "clientPrivateKey": _pem(server, "PRIVATE KEY"),
    }
    return {"namespace": "default", "tls": tls}


def credentials(server: KuFlow, kind: str) -> Json:
    """What a kind of authentication fills in: its own property and no other."""
    if kind == "ENGINE_TOKEN":
        return {"engineToken": engine_token(server)}
    return {"engineCertificate": engine_certificate(server)}


@dataclass
class AuthenticationRules:
    """What an authentication holds."""

    needs_tenant: Callable[[Identity], bool] = needs_tenant
    credentials: Callable[[KuFlow, str], Json] = credentials


async def create(server: KuFlow, call: Call) -> Reply:
    """createAuthentication."""
    params: AuthenticationParams = call.params
    rules = server.rules.authentications
    tenant = params.tenant_id or call.identity.tenant
    if params.tenant_id is None and rules.needs_tenant(call.identity):
        raise invalid(server, Detail("required", "name the tenant", "tenantId", "body"))
    if tenant not in call.identity.tenants:
        raise invalid(server, Detail("unknown", "no such tenant", "tenantId", "body"))
    moment, caller = rfc3339(server.clock.stamp()), call.identity.principal
    told = {
        "createdBy": caller,
        "createdAt": moment,
        "lastModifiedBy": caller,
        "lastModifiedAt": moment,
        "id": server.ids.fresh(),
        "type": params.type,
        "tenantId": tenant,
    }
    return Reply(200, told | rules.credentials(server, params.type))
