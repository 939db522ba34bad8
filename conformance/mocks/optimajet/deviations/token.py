"""An identity server that grants too much, too little, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.deviations._mending import mend_reply
from conformance.mocks.optimajet.identity_server import TOKEN_PATH
from conformance.mocks.optimajet.server import OptimaJet

DISCOVERY, TOKEN = "getOpenIdConfiguration", "createToken"


@deviation("discovery-is-html", clauses=("OJ-04",), case="optimajet/getOpenIdConfiguration/contract/valid-request")
def discovery_is_html(server: OptimaJet) -> None:
    """Discovery answers with a page for people."""

    def mend(reply: Reply) -> None:
        reply.body, reply.media_type = b"<html><body>Identity Server</body></html>", "text/html"

    mend_reply(server, (DISCOVERY,), mend)


@deviation("discovery-is-gone", clauses=("OJ-04",), case="optimajet/getOpenIdConfiguration/contract/valid-request")
def discovery_is_gone(server: OptimaJet) -> None:
    """Discovery answers 404."""

    def mend(reply: Reply) -> None:
        reply.status = 404

    mend_reply(server, (DISCOVERY,), mend)


@deviation(
    "discovery-without-token-endpoint",
    clauses=("OJ-05",),
    case="optimajet/getOpenIdConfiguration/contract/valid-request",
)
def discovery_without_token_endpoint(server: OptimaJet) -> None:
    """Discovery does not say where tokens are."""
    honest = server.rules.identity.endpoints
    server.rules.identity.endpoints = lambda base: {
        name: value for name, value in honest(base).items() if name != "token_endpoint"
    }


@deviation(
    "discovery-names-the-wrong-endpoint",
    clauses=("OJ-05",),
    case="optimajet/getOpenIdConfiguration/discovery/same-path/createToken",
)
def discovery_names_the_wrong_endpoint(server: OptimaJet) -> None:
    """Discovery leads to where nobody grants tokens."""
    honest = server.rules.identity.endpoints
    server.rules.identity.endpoints = lambda base: {**honest(base), "token_endpoint": f"{base}/connect/authorize"}


@deviation(
    "discovery-names-another-endpoint",
    clauses=("OJ-05a",),
    case="optimajet/getOpenIdConfiguration/discovery/same-server/createToken",
)
def discovery_names_another_endpoint(server: OptimaJet) -> None:
    """Discovery leads below another address than the server's own."""
    honest = server.rules.identity.endpoints
    server.rules.identity.endpoints = lambda base: {**honest(base), "token_endpoint": f"{base}/identity{TOKEN_PATH}"}


@deviation("any-client-id", clauses=("OJ-06",), case="optimajet/createToken/token/wrong/client-id")
def any_client_id(server: OptimaJet) -> None:
    """Every client id is known."""
    server.rules.identity.known_client = lambda _, __: True


@deviation("client-id-in-any-case", clauses=("OJ-06b",), case="optimajet/createToken/token/nearly-right/client-id")
def client_id_in_any_case(server: OptimaJet) -> None:
    """A client id is known whatever the case of its letters."""
    honest = server.rules.identity.known_client
    server.rules.identity.known_client = lambda server, client_id: honest(server, client_id.lower())


@deviation("secret-by-its-beginning", clauses=("OJ-07",), case="optimajet/createToken/token/nearly-right/client-secret")
def secret_by_its_beginning(server: OptimaJet) -> None:
    """A secret is right that begins with the right one."""
    server.rules.identity.right_secret = lambda server, secret: secret.startswith(server.access_token)


@deviation("any-client-secret", clauses=("OJ-07",), case="optimajet/createToken/token/wrong/client-secret")
def any_client_secret(server: OptimaJet) -> None:
    """Every secret is right."""
    server.rules.identity.right_secret = lambda _, __: True


@deviation("secret-is-not-the-access-token", clauses=("OJ-07",), case="optimajet/createToken/token/rotated")
def secret_is_not_the_access_token(server: OptimaJet) -> None:
    """The secret stays what the access token was at first."""
    first = server.access_token
    server.rules.identity.right_secret = lambda _, secret: bool(first) and secret == first


@deviation("secret-opens-too", clauses=("OJ-11",), case="optimajet/createToken/token/opens")
def secret_opens_too(server: OptimaJet) -> None:
    """The access token is taken for a bearer token of the identity server."""
    honest = server.rules.access.right_bearer
    server.rules.access.right_bearer = lambda server, operation, credentials: (
        credentials == server.access_token or honest(server, operation, credentials)
    )


@deviation("client-credentials-not-granted", clauses=("OJ-08",), case="optimajet/createToken/contract/valid-request")
def client_credentials_not_granted(server: OptimaJet) -> None:
    """Tokens are granted for the grant type password only."""
    server.rules.identity.right_grant = lambda _, grant_type: grant_type == "password"


@deviation("form-not-read", clauses=("OJ-09",), case="optimajet/createToken/contract/valid-request")
def form_not_read(server: OptimaJet) -> None:
    """The token endpoint does not read forms."""
    server.rules.identity.parameters = lambda _, __: None


@deviation("credentials-in-body-ignored", clauses=("OJ-09",), case="optimajet/createToken/contract/valid-request")
def credentials_in_body_ignored(server: OptimaJet) -> None:
    """The client's credentials are overlooked in the body."""
    honest = server.rules.identity.parameters

    def parameters(server: OptimaJet, request: Received) -> Mapping[str, str] | None:
        sent = honest(server, request)
        return None if sent is None else {"grant_type": sent.get("grant_type", "")}

    server.rules.identity.parameters = parameters


@deviation("grant-without-access-token", clauses=("OJ-10",), case="optimajet/createToken/contract/valid-request")
def grant_without_access_token(server: OptimaJet) -> None:
    """The token comes under another name."""
    _regrant(server, "id_token")


@deviation("empty-access-token", clauses=("OJ-10",), case="optimajet/createToken/contract/valid-request")
def empty_access_token(server: OptimaJet) -> None:
    """The access token is the empty string."""
    honest = server.rules.identity.granted
    server.rules.identity.granted = lambda token: {**honest(token), "access_token": ""}


def _regrant(server: OptimaJet, name: str) -> None:
    honest = server.rules.identity.granted

    def granted(token: str) -> Json:
        reply = honest(token)
        return {name: reply.pop("access_token"), **reply}

    server.rules.identity.granted = granted


@deviation("grant-as-a-form", clauses=("OJ-10",), case="optimajet/createToken/contract/valid-request")
def grant_as_a_form(server: OptimaJet) -> None:
    """The token comes form-encoded."""

    def mend(reply: Reply) -> None:
        if reply.status == 200:
            reply.body = f"access_token={reply.body.get('access_token')}".encode()
            reply.media_type = "application/x-www-form-urlencoded"

    mend_reply(server, (TOKEN,), mend)
