"""Authentications of another kind than asked for."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Reply
from conformance.mocks.kuflow.authentications import LIFETIME, engine_certificate
from conformance.mocks.kuflow.deviations._mending import mend_json, mend_reply
from conformance.mocks.kuflow.server import KuFlow

CREATE = "kuflow/createAuthentication"


@deviation("authentication-accepted-only", clauses=("KF-145",), case=f"{CREATE}/contract/valid-request")
def authentication_accepted_only(server: KuFlow) -> None:
    """A request for an authentication is accepted, and nothing is issued."""

    def mend(reply: Reply) -> None:
        reply.status, reply.body = 202, None

    mend_reply(server, "createAuthentication", mend)


@deviation(
    "authentication-type-fixed", clauses=("KF-146",), case=f"{CREATE}/authentications/of-the-type/ENGINE_CERTIFICATE"
)
def authentication_type_fixed(server: KuFlow) -> None:
    """Every authentication is said to be an ENGINE_TOKEN."""

    def mend(reply: Reply) -> None:
        reply.body["type"] = "ENGINE_TOKEN"

    mend_reply(server, "createAuthentication", mend)


@deviation(
    "token-expired-when-issued",
    clauses=("KF-146a",),
    case=f"{CREATE}/authentications/with-its-property/ENGINE_TOKEN",
)
def token_expired_when_issued(server: KuFlow) -> None:
    """A token for the engine expires an hour before it is issued."""

    def mend(reply: Reply) -> None:
        if "engineToken" in reply.body:
            reply.body["engineToken"]["expiredAt"] = rfc3339(server.clock.now() - LIFETIME)

    mend_reply(server, "createAuthentication", mend)


@deviation(
    "authentication-of-both-kinds",
    clauses=("KF-146a",),
    case=f"{CREATE}/authentications/with-its-property/ENGINE_TOKEN",
)
def authentication_of_both_kinds(server: KuFlow) -> None:
    """Every authentication comes with a certificate, asked for or not."""
    honest = server.rules.authentications.credentials
    server.rules.authentications.credentials = lambda server, kind: {
        **honest(server, kind),
        "engineCertificate": engine_certificate(server),
    }


@deviation("authentication-type-unchecked", clauses=("KF-146b",), case=f"{CREATE}/contract/refuses/enum-type")
def authentication_type_unchecked(server: KuFlow) -> None:
    """A type that does not exist is taken for ENGINE_TOKEN."""

    def mend(value: Any) -> Any:
        kind = value.get("type") if isinstance(value, dict) else None
        known = not isinstance(kind, str) or kind in ("ENGINE_TOKEN", "ENGINE_CERTIFICATE")
        return value if known else {**value, "type": "ENGINE_TOKEN"}

    mend_json(server, ("createAuthentication",), mend)


@deviation("tenant-required-of-all", clauses=("KF-147",), case=f"{CREATE}/contract/valid-request")
def tenant_required_of_all(server: KuFlow) -> None:
    """Callers with other than OAuth2 credentials are refused without tenantId as well."""
    server.rules.authentications.needs_tenant = lambda _: True


@deviation("tenant-required-of-none", clauses=("KF-147a",), case=f"{CREATE}/authentications/oauth2-names-the-tenant")
def tenant_required_of_none(server: KuFlow) -> None:
    """A caller with OAuth2 credentials gets an authentication without naming a tenant."""
    server.rules.authentications.needs_tenant = lambda _: False
