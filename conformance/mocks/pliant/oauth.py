"""The token endpoint: the password grant that the document prints, and the refresh that RFC 6749 has beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.mocks.kit.basic import basic_pair
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.errors import invalid, refused
from conformance.mocks.pliant.records import Grant, Token

if TYPE_CHECKING:
    from conformance.mocks.pliant.server import Pliant

FORM = "application/x-www-form-urlencoded"
SCOPES = ("execute", "read", "write")
LIFETIME = timedelta(seconds=43199)
REFRESH_LIFETIME = timedelta(days=30)
SECOND = timedelta(seconds=1)
UNCACHED = {"cache-control": "no-store", "pragma": "no-cache"}
ALIAS = "issueTokenAlias"

Form = dict[str, str]


def client(server: Pliant, request: Received) -> None:
    """Refuse a client that does not prove itself by Basic."""
    name, secret = basic_pair(request.headers.get("authorization", ""))
    if server.store.clients.get(name) != secret:
        raise refused(401, "invalid_client", "The client is unknown", {"www-authenticate": 'Basic realm="pliant"'})


def form(request: Received) -> Form:
    """The form in the body; refuses another media type, and a parameter that comes twice."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise refused(415, "invalid_request", f"The body must be {FORM}")
    try:
        pairs = parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise invalid("the body is no form") from None
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if repeated:
        raise invalid(f"{repeated[0]} comes more than once")
    return dict(pairs)


def asked(server: Pliant, told: Form) -> tuple[str, ...]:
    """The scopes asked for."""
    default = SCOPES if server.choices["default_scope"] == "all" else ()
    return tuple(dict.fromkeys(told.get("scope", "").split())) or default


def by_password(server: Pliant, told: Form) -> Grant:
    """What a user name and its password stand for."""
    user = server.store.users.get(told.get("username", ""))
    if user is None or user.password != told.get("password"):
        raise refused(int(server.choices["wrong_password"]), "invalid_grant", "Wrong user name or password")
    scopes = server.rules.oauth.asked(server, told)
    return Grant(user, scopes, server.clock.now() + REFRESH_LIFETIME)


def by_refresh_token(server: Pliant, told: Form) -> Grant:
    """What a refresh token stands for."""
    grant = server.store.grants.get(told.get("refresh_token", ""))
    if grant is None or grant.expires <= server.clock.now():
        raise refused(400, "invalid_grant", "The refresh token is unknown or has expired")
    return grant


def granted(server: Pliant, told: Form) -> Grant:
    """What the form proves; refuses a grant type that there is not."""
    kinds = {"password": by_password, "refresh_token": by_refresh_token}
    kind = told.get("grant_type")
    if kind is None:
        raise invalid("grant_type is needed")
    if kind not in kinds:
        raise refused(400, "unsupported_grant_type", f"No such grant type: {kind}")
    return kinds[kind](server, told)


def issued(server: Pliant, grant: Grant, told: Form) -> Token:
    """A token for a grant, which a user who has a live one may get again."""
    if server.choices["reissue"] == "same" and told["grant_type"] == "password":
        for token in server.store.tokens.values():
            if (
                token.user == grant.user
                and token.scopes == grant.scopes
                and token.refresh in server.store.grants
                and token.expires > server.clock.now() + SECOND
            ):
                return token
    fresh, kept = server.ids.fresh, told.get("refresh_token", "")
    if kept and server.choices["refresh_rotation"] == "rotated":
        del server.store.grants[kept]
    refresh = kept if kept in server.store.grants else fresh()
    token = Token(fresh(), refresh, fresh(), grant.user, grant.scopes, server.clock.now() + server.rules.oauth.lifetime)
    server.store.tokens[token.access] = token
    server.store.grants[refresh] = grant
    return token


def view(server: Pliant, token: Token) -> Json:
    """The token as it is told."""
    scopes = sorted(token.scopes) if server.choices["scope_order"] == "sorted" else token.scopes
    return {
        "access_token": token.access,
        "token_type": "bearer",
        "refresh_token": token.refresh,
        "expires_in": int((token.expires - server.clock.now()).total_seconds()),
        "scope": " ".join(scopes),
        "jti": token.jti,
    }


@dataclass
class OAuthRules:
    """The steps from a form to a token."""

    client: Callable[[Pliant, Received], None] = client
    form: Callable[[Received], Form] = form
    asked: Callable[[Pliant, Form], tuple[str, ...]] = asked
    granted: Callable[[Pliant, Form], Grant] = granted
    issued: Callable[[Pliant, Grant, Form], Token] = issued
    view: Callable[[Pliant, Token], Json] = view
    lifetime: timedelta = LIFETIME


async def issue(server: Pliant, operation: str, request: Received) -> Reply:
    """issueToken."""
    if operation == ALIAS and server.choices["prose_address"] == "absent":
        raise Refusal(404, "no such path")
    rules = server.rules.oauth
    rules.client(server, request)
    told = rules.form(request)
    token = rules.issued(server, rules.granted(server, told), told)
    return Reply(200, rules.view(server, token), headers=dict(UNCACHED))
