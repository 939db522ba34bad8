"""Doors left open, and doors that should be."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.mocks.kit.bending import mend_requests
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal
from conformance.mocks.optimajet.access import OPEN, OPENID, TOKEN
from conformance.mocks.optimajet.fields import invalid
from conformance.mocks.optimajet.records import Sent
from conformance.mocks.optimajet.server import OptimaJet


def _needs(server: OptimaJet, operation: str, instead: str, only: str) -> None:
    """Let one operation ask for ``instead`` where the mode asks for ``only``."""
    honest = server.rules.access.needed

    def needed(server: OptimaJet, called: str) -> str:
        wanted = honest(server, called)
        return instead if called == operation and wanted == only else wanted

    server.rules.access.needed = needed


def _unverified(token: str) -> Mapping[str, Any] | None:
    """The claims of a token, whoever signed it."""
    try:
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    except (ValueError, IndexError):
        return None
    return claims if isinstance(claims, dict) and {"nbf", "exp"} <= claims.keys() else None


@deviation("open-wants-a-token", clauses=("OJ-01",), case="optimajet/getInbox/contract/valid-request")
def open_wants_a_token(server: OptimaJet) -> None:
    """The inbox is shown to nobody while no access token is set."""
    server.rules.access.right_token = lambda _, __, token: token not in (None, "")
    _needs(server, "getInbox", TOKEN, OPEN)


@deviation("no-token-on-getInstanceInfo", clauses=("OJ-02",), case="optimajet/getInstanceInfo/auth/without-credentials")
def no_token_on_get_instance_info(server: OptimaJet) -> None:
    """An instance is shown without the token field."""
    _needs(server, "getInstanceInfo", OPEN, TOKEN)


@deviation("no-token-on-deleteInstance", clauses=("OJ-02",), case="optimajet/deleteInstance/auth/without-credentials")
def no_token_on_delete_instance(server: OptimaJet) -> None:
    """An instance is deleted without the token field."""
    _needs(server, "deleteInstance", OPEN, TOKEN)


@deviation("any-header-opens", clauses=("OJ-02",), case="optimajet/getSchemeList/auth/nearly-right/main")
def any_header_opens(server: OptimaJet) -> None:
    """Whoever sends an Authorization header, whatever it holds, needs no token field."""

    def mend(request: Received) -> Received:
        named = "authorization" in request.headers
        return replace(request, query=(*request.query, ("token", server.access_token))) if named else request

    mend_requests(server, "getSchemeList", mend)


@deviation("any-token-will-do", clauses=("OJ-02",), case="optimajet/createInstance/auth/wrong-credentials/main")
def any_token_will_do(server: OptimaJet) -> None:
    """A token field with any text in it opens the door."""
    server.rules.access.right_token = lambda _, __, token: isinstance(token, str) and token != ""


@deviation("token-by-its-length", clauses=("OJ-02",), case="optimajet/createInstance/auth/wrong-credentials/main")
def token_by_its_length(server: OptimaJet) -> None:
    """A token is taken for the right one when it is as long."""
    server.rules.access.right_token = lambda server, _, token: len(str(token)) == len(server.access_token)


@deviation("token-whatever-its-case", clauses=("OJ-02",), case="optimajet/getInstances/auth/nearly-right/main")
def token_whatever_its_case(server: OptimaJet) -> None:
    """A token is taken for the right one when its letters are, be they large or small."""
    server.rules.access.right_token = lambda server, _, token: str(token).lower() == server.access_token.lower()


@deviation("token-by-its-beginning", clauses=("OJ-02",), case="optimajet/getSchemeList/auth/nearly-right/main")
def token_by_its_beginning(server: OptimaJet) -> None:
    """A token is taken for the right one when that begins with it."""
    server.rules.access.right_token = lambda server, _, token: (
        bool(token) and server.access_token.startswith(str(token))
    )


@deviation("token-by-its-first-hundred", clauses=("OJ-02",), case="optimajet/getSchemeList/auth/nearly-right/main")
def token_by_its_first_hundred(server: OptimaJet) -> None:
    """Of a token the first hundred characters are compared."""
    server.rules.access.right_token = lambda server, _, token: str(token)[:100] == server.access_token[:100]


@deviation("token-and-more", clauses=("OJ-02",), case="optimajet/getSchemeList/auth/nearly-right/main")
def token_and_more(server: OptimaJet) -> None:
    """A token is taken for the right one when it begins with that."""
    server.rules.access.right_token = lambda server, _, token: str(token).startswith(server.access_token)


@deviation("token-of-before-works", clauses=("OJ-02",), case="optimajet/api/auth/changed")
def token_of_before_works(server: OptimaJet) -> None:
    """The first access token is right for ever, also when another one is set."""
    honest, first = server.rules.access.right_token, server.access_token
    server.rules.access.right_token = lambda server, operation, token: (
        honest(server, operation, token) or bool(first and token == first)
    )


@deviation("empty-token-works", clauses=("OJ-02",), case="optimajet/getSchemeList/auth/nearly-right/main")
def empty_token_works(server: OptimaJet) -> None:
    """An empty token is taken for that of a caller inside the house."""
    honest = server.rules.access.right_token
    server.rules.access.right_token = lambda server, operation, token: token == "" or honest(server, operation, token)


@deviation(
    "right-token-refused", clauses=("OJ-02a",), case="optimajet/createInstanceWithParameters/contract/valid-request"
)
def right_token_refused(server: OptimaJet) -> None:
    """Creating with the right token in the body is refused."""
    honest = server.rules.access.right_token

    def right_token(server: OptimaJet, operation: str, token: Any) -> bool:
        return operation != "createInstanceWithParameters" and honest(server, operation, token)

    server.rules.access.right_token = right_token


@deviation("no-bearer-on-getInbox", clauses=("OJ-11",), case="optimajet/getInbox/auth/without-credentials")
def no_bearer_on_get_inbox(server: OptimaJet) -> None:
    """The inbox is shown without a bearer token."""
    _needs(server, "getInbox", OPEN, OPENID)


@deviation(
    "no-bearer-on-create", clauses=("OJ-11",), case="optimajet/createInstanceWithParameters/auth/without-credentials"
)
def no_bearer_on_create(server: OptimaJet) -> None:
    """An instance is created without a bearer token."""
    _needs(server, "createInstanceWithParameters", OPEN, OPENID)


@deviation("any-bearer-will-do", clauses=("OJ-11",), case="optimajet/createInstance/auth/wrong-credentials/main")
def any_bearer_will_do(server: OptimaJet) -> None:
    """Whatever follows the word Bearer opens the door."""
    server.rules.access.right_bearer = lambda _, __, credentials: credentials != ""


@deviation("signature-not-checked", clauses=("OJ-11",), case="optimajet/createInstance/auth/wrong-credentials/main")
def signature_not_checked(server: OptimaJet) -> None:
    """A bearer token is believed whoever signed it."""
    server.rules.access.claims = _unverified


@deviation("bearer-refused", clauses=("OJ-11a",), case="optimajet/getInbox/contract/valid-request")
def bearer_refused(server: OptimaJet) -> None:
    """A token that was just issued does not open the inbox."""
    honest = server.rules.access.alive
    server.rules.access.alive = lambda server, operation, claims: (
        operation != "getInbox" and honest(server, operation, claims)
    )


@deviation("null-token-refused", clauses=("OJ-01a",), case="optimajet/createInstanceWithParameters/auth/idle-null")
def null_token_refused(server: OptimaJet) -> None:
    """A token field without a value is refused where nothing asks for one."""
    honest = server.rules.fields.sent

    def sent(operation: str, request: Received) -> Sent:
        given = honest(operation, request)
        if given.body.get("token", "") is None:
            raise invalid("token: null")
        return given

    server.rules.fields.sent = sent


@deviation("idle-token-is-checked", clauses=("OJ-01",), case="optimajet/createInstance/auth/idle-text")
def idle_token_is_checked(server: OptimaJet) -> None:
    """Where nothing asks for a token, one that is sent all the same is held against the empty one."""
    honest = server.rules.fields.sent

    def sent(operation: str, request: Received) -> Sent:
        given = honest(operation, request)
        if not server.access_token and given.fields.get("token"):
            raise Refusal(400, "The token is wrong")
        return given

    server.rules.fields.sent = sent
