"""Who calls: an API key in ``X-API-Key``, or a token from a login as a Bearer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.smartflows.inputs import Login
from conformance.mocks.smartflows.records import Token, User

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import Call, SmartFlows

HEADER = "X-API-Key"
OPEN = frozenset({"getAuthenticationInfo", "login"})
LIFETIME = timedelta(hours=1)


def by_key(server: SmartFlows, key: str) -> User | None:
    """The user to whom an API key was given out, unless it is revoked."""
    return server.store.keys.get(key)


def by_token(server: SmartFlows, token: str) -> User | None:
    """The user to whom a token was given out, while it lasts."""
    known = server.store.tokens.get(token)
    if known is None or (known.expires is not None and known.expires <= server.clock.now()):
        return None
    return known.user


def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
    """The caller, None where nobody needs to be known; refuses what proves no identity."""
    rules = server.rules.auth
    if operation in OPEN:
        return None
    scheme, _, token = headers.get("authorization", "").partition(" ")
    user = rules.by_key(server, headers.get(HEADER.lower(), ""))
    if user is None and scheme.lower() == "bearer":
        user = rules.by_token(server, token.strip())
    if user is None:
        raise Refusal(int(server.choices["unauthorized_status"]), f"A valid {HEADER} is needed")
    return user


@dataclass
class AuthRules:
    """Who is let in."""

    by_key: Callable[[SmartFlows, str], User | None] = by_key
    by_token: Callable[[SmartFlows, str], User | None] = by_token
    authenticate: Callable[[SmartFlows, str, Mapping[str, str]], User | None] = authenticate


async def info(_: SmartFlows, __: Call) -> Reply:
    """getAuthenticationInfo."""
    return Reply(200, {"login": {"enabled": True}, "methods": ["native"], "oauth2": []})


async def login(server: SmartFlows, call: Call) -> Reply:
    """Give out a token for a user's name and password; it lasts an hour."""
    wanted: Login = call.body
    pair = (wanted.username, wanted.password)
    user = next((user for user in server.store.users if (user.user_name, user.password) == pair), None)
    if user is None:
        raise Refusal(int(server.choices["unauthorized_status"]), "The name or the password is wrong")
    token = server.ids.fresh()
    server.store.tokens[token] = Token(user, server.clock.stamp() + LIFETIME)
    shown = server.rules.views.user(server, user)
    return Reply(200, {"user": shown, "tokens": [{"scope": "project", "token": token}]})
