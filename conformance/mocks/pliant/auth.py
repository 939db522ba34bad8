"""Who calls: a bearer token, or for the addresses of workflows an API key in the query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Received
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.records import Caller, Token

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant

CHALLENGE = {"www-authenticate": 'Bearer realm="pliant", error="invalid_token"'}

LOGIN = "/login"


def live(server: Pliant, token: Token) -> bool:
    """Whether an access token has not expired."""
    return server.clock.now() < token.expires


def bearer(server: Pliant, request: Received) -> Caller | None:
    """The caller that a bearer token names."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    token = server.store.tokens.get(credentials.strip()) if scheme.lower() == "bearer" else None
    if token is None or not server.rules.auth.live(server, token):
        return None
    return Caller(token.user, token.scopes)


def api_key(server: Pliant, request: Received) -> Caller | None:
    """The caller that an API key in the query names."""
    user = server.store.user_of_key(dict(request.query).get("api_key", ""))
    return Caller(user) if user else None


def allowed(_: str, __: Caller) -> bool:
    """Whether a token's scopes allow an operation: they limit nothing yet."""
    return True


def authenticate(server: Pliant, operation: str, request: Received) -> Caller:
    """The caller; refuses what proves none."""
    rules = server.rules.auth
    caller = rules.bearer(server, request)
    if caller is None and operation.startswith("triggerWorkflowAtPath"):
        caller = rules.api_key(server, request)
    if caller is None:
        status = int(server.choices["unauthorized"])
        headers = {"location": LOGIN} if status == 302 else CHALLENGE
        raise refused(status, "invalid_token", "A good access token is needed", headers)
    if not rules.allowed(operation, caller):
        raise refused(403, "insufficient_scope", "The token's scopes do not reach that far")
    return caller


@dataclass
class AuthRules:
    """Credentials of callers."""

    live: Callable[[Pliant, Token], bool] = live
    bearer: Callable[[Pliant, Received], Caller | None] = bearer
    api_key: Callable[[Pliant, Received], Caller | None] = api_key
    allowed: Callable[[str, Caller], bool] = allowed
    authenticate: Callable[[Pliant, str, Received], Caller] = authenticate
