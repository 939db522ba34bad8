"""Access tokens are asked for once, kept, renewed on demand, and their absence is told in one line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

import pytest

from conformance.contract.message import Reply, Wire
from conformance.engine.environment import Auth
from conformance.transport import patience
from conformance.transport.base import TransportError
from conformance.transport.credentials import Fixed, Proof
from conformance.transport.oauth2 import NoToken, OAuth2

URL = "https://api.example/oauth/token"


class Server:
    """A token endpoint that numbers its tokens, with a discovery document."""

    def __init__(self, status: int = 200, **told: Any) -> None:
        self.status, self.told, self.wires = status, told, list[Wire]()

    def send(self, wire: Wire) -> Reply:
        self.wires.append(wire)
        told = {"access_token": f"token-{len(self.wires)}", "token_endpoint": URL, **self.told}
        return Reply(self.status, {"content-type": "application/json"}, json.dumps(told).encode())

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        return None


def password(**changed: Any) -> Auth:
    told = {"kind": "oauth2-password", "username": "me", "password": "pass word", "token_url": URL, **changed}
    return Auth.model_validate(told)


def test_a_token_is_asked_for_when_needed_and_kept_until_renewed() -> None:
    server = Server()
    credentials = password(client_id="client", client_secret="s3cret", scope="read write").credentials(server)
    assert server.wires == []
    assert credentials.proof() == credentials.proof() == Proof.bearer("token-1")
    assert credentials.renew()
    assert credentials.proof() == Proof.bearer("token-2")
    assert credentials.secrets() == ("token-2", "token-1")


@pytest.mark.parametrize(
    ("told", "lives"),
    [({"expires_in": 60}, True), ({"expires_in": 1}, False), ({"expires_in": "60"}, False), ({}, False)],
)
def test_a_token_lives_for_the_time_that_it_was_issued_for(told: dict[str, Any], lives: bool) -> None:
    credentials = OAuth2(Server(**told), {}, endpoint=URL)
    proof = credentials.proof().headers["authorization"]
    assert credentials.lives(proof) is lives
    assert not credentials.lives(f"{proof}0")
    credentials.renew()
    assert not credentials.lives(proof)


def test_a_password_goes_as_a_form_and_the_client_as_basic() -> None:
    server = Server()
    password(client_id="client", client_secret="s3cret", scope="read write").credentials(server).proof()
    (wire,) = server.wires
    assert (wire.method, wire.url) == ("POST", URL)
    assert parse_qs(wire.content.decode()) == {
        "grant_type": ["password"],
        "username": ["me"],
        "password": ["pass word"],
        "scope": ["read write"],
    }
    assert wire.headers["authorization"] == Fixed.basic("client", "s3cret").proof().headers["authorization"]


def test_a_client_can_prove_itself_in_the_body_of_a_discovered_endpoint() -> None:
    server = Server()
    auth = Auth(
        kind="oauth2-client-credentials",
        client_id="client",
        client_secret="s3cret",
        client_auth="body",
        discovery_url="https://api.example/.well-known/openid-configuration",
    )
    auth.credentials(server).proof()
    discovery, token = server.wires
    assert discovery.method == "GET"
    assert token.url == URL
    assert "authorization" not in token.headers
    assert parse_qs(token.content.decode())["client_secret"] == ["s3cret"]


@pytest.mark.parametrize("server", [Server(400), Server(access_token=None), Server(access_token=7)])
def test_without_a_token_there_is_one_clear_line(server: Server) -> None:
    with pytest.raises(NoToken, match=rf"{URL} answers \d+ without /access_token"):
        OAuth2(server, {}, endpoint=URL).proof()


class Away(Server):
    """A token endpoint that is away for its first ``missed`` requests."""

    def __init__(self, missed: int, status: int) -> None:
        super().__init__()
        self.missed, self.away = missed, status

    def send(self, wire: Wire) -> Reply:
        reply = super().send(wire)
        if len(self.wires) > self.missed:
            return reply
        if not self.away:
            raise TransportError("network", "lost")
        return Reply(self.away, {}, b"")


@pytest.mark.parametrize("status", [0, 502, 503])
def test_a_token_is_asked_for_again_where_its_endpoint_is_away(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0.0,) * len(patience.PAUSES))
    server = Away(1, status)
    credentials = OAuth2(server, {}, endpoint=URL)
    assert credentials.proof() == Proof.bearer("token-2")
    server.missed = 2 + len(patience.PAUSES)
    credentials.renew()
    assert credentials.proof() == Proof.bearer(f"token-{server.missed + 1}")
    with pytest.raises(NoToken):
        OAuth2(Away(2, status), {}, endpoint=URL).proof()


def test_a_token_that_no_header_can_carry_is_none() -> None:
    with pytest.raises(NoToken, match="/access_token that no header can carry"):
        OAuth2(Server(access_token="tökén"), {}, endpoint=URL).proof()


def test_a_spoiled_proof_has_other_values_at_the_same_places() -> None:
    proof = Proof({"x-key": "k1"}, {"api_key": "k2"}, {"token": "k3"})
    spoiled = proof.spoiled()[""]
    assert [part.keys() for part in (spoiled.headers, spoiled.query, spoiled.fields)] == [
        part.keys() for part in (proof.headers, proof.query, proof.fields)
    ]
    assert not {"k1", "k2", "k3"} & {*spoiled.headers.values(), *spoiled.query.values(), *spoiled.fields.values()}
