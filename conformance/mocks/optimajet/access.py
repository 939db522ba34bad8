"""Who may call: anyone, whoever sends the access token as a field, or whoever sends a bearer token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit.http import Refusal
from conformance.mocks.optimajet import jwts
from conformance.mocks.optimajet.records import Sent

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import OptimaJet

MODES = ("open", "token", "openid")
OPEN, TOKEN, OPENID = MODES
AUDIENCE = "WorkflowApi"
CHALLENGE = {"www-authenticate": "Bearer"}


def needed(server: OptimaJet, _: str) -> str:
    """What an operation asks for: nothing until an access token is set."""
    if not server.access_token:
        return OPEN
    return OPENID if server.mode == OPENID else TOKEN


def token_sent(server: OptimaJet, method: str, sent: Sent) -> Any:
    """The token field of a request, or None."""
    if server.choices["token_place"] == "natural":  # noqa: S105 - a choice
        return (sent.query if method == "GET" else sent.body).get("token")
    return sent.fields.get("token")


def right_token(server: OptimaJet, _: str, token: Any) -> bool:
    """Whether a token field has the right value."""
    return isinstance(token, str) and token == server.access_token


def bearer_sent(headers: Mapping[str, str]) -> str:
    """The credentials of a Bearer header, or nothing."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else ""


def right_bearer(server: OptimaJet, operation: str, credentials: str) -> bool:
    """Whether a bearer token was issued here, for this API, and has not expired."""
    rules = server.rules.access
    claims = rules.claims(credentials)
    if claims is None or claims.get("aud") != AUDIENCE:
        return False
    return rules.alive(server, operation, claims)


def alive(server: OptimaJet, _: str, claims: Mapping[str, Any]) -> bool:
    """Whether the moment lies within the claims' life."""
    return bool(claims["nbf"] <= server.clock.now().timestamp() < claims["exp"])


def check(server: OptimaJet, operation: str, method: str, headers: Mapping[str, str], sent: Sent) -> None:
    """Refuse a caller that does not prove what the mode asks for."""
    rules = server.rules.access
    wanted = rules.needed(server, operation)
    if wanted == TOKEN and not rules.right_token(server, operation, token_sent(server, method, sent)):
        raise Refusal(int(server.choices["refused_token"]), "The token is absent or wrong")
    if wanted == OPENID and not rules.right_bearer(server, operation, bearer_sent(headers)):
        status = int(server.choices["refused_bearer"])
        raise Refusal(status, "A bearer token of the identity server is needed", headers=CHALLENGE)


@dataclass
class AccessRules:
    """Proof of access, by operation."""

    needed: Callable[[OptimaJet, str], str] = needed
    right_token: Callable[[OptimaJet, str, Any], bool] = right_token
    right_bearer: Callable[[OptimaJet, str, str], bool] = right_bearer
    claims: Callable[[str], Mapping[str, Any] | None] = jwts.verified
    alive: Callable[[OptimaJet, str, Mapping[str, Any]], bool] = alive
