"""The identity server that is launched with every instance: discovery, keys, and the token endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.mocks.kit.basic import basic_pair
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet import jwts
from conformance.mocks.optimajet.access import AUDIENCE
from conformance.mocks.optimajet.fields import FORM

if TYPE_CHECKING:
    from conformance.mocks.optimajet.server import Call, OptimaJet

CLIENT_ID, GRANT_TYPE = "workflowapi", "client_credentials"
KEYS_PATH, TOKEN_PATH = "/.well-known/openid-configuration/jwks", "/connect/token"
LIFETIME_SECONDS = 3600
UNCACHED = {"cache-control": "no-store", "pragma": "no-cache"}


def origin(request: Received) -> str:
    """The origin that the caller reached this server by."""
    return f"http://{request.headers.get('host', 'localhost')}"


def endpoints(base: str) -> Json:
    """The discovery document."""
    return {
        "issuer": base,
        "jwks_uri": base + KEYS_PATH,
        "token_endpoint": base + TOKEN_PATH,
        "grant_types_supported": [GRANT_TYPE],
        "scopes_supported": [AUDIENCE],
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [jwts.ALGORITHM],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }


def parameters(server: OptimaJet, request: Received) -> Mapping[str, str] | None:
    """The parameters of a token request, or None when it is not form-encoded."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return None
    sent = dict(parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True))
    if server.choices["basic_client"] == "accepted":
        name, secret = basic_pair(request.headers.get("authorization", ""))
        sent = ({"client_id": name, "client_secret": secret} if name else {}) | sent
    return sent


def known_client(_: OptimaJet, client_id: str) -> bool:
    """Whether a client id is the one there is."""
    return client_id == CLIENT_ID


def right_secret(server: OptimaJet, secret: str) -> bool:
    """Whether a secret is the access token; none is while no access token is set."""
    return bool(server.access_token) and secret == server.access_token


def right_grant(_: OptimaJet, grant_type: str) -> bool:
    """Whether a grant type is the one there is."""
    return grant_type == GRANT_TYPE


def claims(server: OptimaJet, issuer: str) -> Json:
    """What a token says: valid from now on, for an hour."""
    now = int(server.clock.now().timestamp())
    return {
        "nbf": now,
        "exp": now + LIFETIME_SECONDS,
        "iss": issuer,
        "aud": AUDIENCE,
        "client_id": CLIENT_ID,
        "jti": server.ids.fresh().replace("-", "").upper(),
        "iat": now,
        "scope": [AUDIENCE],
    }


def granted(token: str) -> Json:
    """The reply to a token request."""
    return {
        "access_token": token,
        "expires_in": LIFETIME_SECONDS,
        "token_type": "Bearer",
        "scope": AUDIENCE,
    }


@dataclass
class IdentityRules:
    """The steps of a token request, and what discovery tells."""

    endpoints: Callable[[str], Json] = endpoints
    parameters: Callable[[OptimaJet, Received], Mapping[str, str] | None] = parameters
    known_client: Callable[[OptimaJet, str], bool] = known_client
    right_secret: Callable[[OptimaJet, str], bool] = right_secret
    right_grant: Callable[[OptimaJet, str], bool] = right_grant
    claims: Callable[[OptimaJet, str], Json] = claims
    granted: Callable[[str], Json] = granted


async def discover(server: OptimaJet, call: Call) -> Reply:
    """The addresses of all endpoints."""
    return Reply(200, server.rules.identity.endpoints(origin(call.request)))


async def keys(_: OptimaJet, __: Call) -> Reply:
    """The keys that tokens are checked with."""
    return Reply(200, jwts.published())


async def token(server: OptimaJet, call: Call) -> Reply:
    """A token for the client that proves itself."""
    rules = server.rules.identity
    sent = rules.parameters(server, call.request)
    if sent is None:
        return _refused(400, "invalid_request")
    if not rules.known_client(server, sent.get("client_id", "")):
        return _refused(int(server.choices["oauth_status"]), "invalid_client")
    if not rules.right_secret(server, sent.get("client_secret", "")):
        return _refused(int(server.choices["oauth_status"]), "invalid_client")
    if not rules.right_grant(server, sent.get("grant_type", "")):
        return _refused(400, "unsupported_grant_type")
    signed = jwts.signed(rules.claims(server, origin(call.request)))
    return Reply(200, rules.granted(signed), headers=dict(UNCACHED))


def _refused(status: int, error: str) -> Reply:
    return Reply(status, {"error": error}, headers=dict(UNCACHED))
