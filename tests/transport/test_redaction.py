"""No secret gets past the redactor, in whatever place it stands."""

from __future__ import annotations

import base64

import pytest

from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.engine.showing import curl, exchange_line
from conformance.transport.redaction import HIDDEN, Redactor

SECRET = "s3cr3t/with+signs"
USER = "client-7"
PAIR = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
REDACTOR = Redactor.of((USER, SECRET))


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"Basic {PAIR}",
        "https://h/?token=s3cr3t%2Fwith%2Bsigns&x=1",
        f'{{"password": "{SECRET}"}}',
    ],
)
def test_a_known_secret_is_hidden_in_every_form(text: str) -> None:
    hidden = REDACTOR.text(text)
    assert SECRET not in hidden
    assert PAIR not in hidden
    assert "s3cr3t%2F" not in hidden
    assert HIDDEN in hidden


@pytest.mark.parametrize(
    "text",
    [
        '{"token": "never seen before"}',
        '{"access_token":"never seen before and cut he',
        "{'access_token': 'never seen before', 'expires_in': 1}",
        '{"clientPrivateKey":"-----BEGIN KEY-----\\nnever seen before"}',
        '{"access_token" : "never seen before", "expires_in": 3}',
        "grant_type=password&client_secret=never+seen+before",
    ],
)
def test_what_stands_where_secrets_stand_is_hidden(text: str) -> None:
    assert "never" not in REDACTOR.text(text)


def test_ordinary_text_stays() -> None:
    text = '{"id": "497f6eca", "name": "Ann", "tokens": 3, "page": "?size=2&page=1"}'
    assert REDACTOR.text(text) == text


def exchange() -> Exchange:
    wire = Wire(
        "POST",
        "https://api.example/x?token=abc",
        {"authorization": f"Bearer {SECRET}", "x-api-key": "k-1", "content-type": "application/json"},
        f'{{"password":"{SECRET}"}}'.encode(),
    )
    reply = Reply(200, {"set-cookie": "sid=1", "content-type": "application/json"}, b'{"token":"fresh"}')
    return Exchange("login", "main", Request("login"), wire, reply)


def test_an_exchange_is_written_without_credentials() -> None:
    line = exchange_line(exchange(), REDACTOR)
    assert line.request_headers["authorization"] == f"Bearer {HIDDEN}"
    for shown in (line.model_dump_json(), curl(exchange().wire, REDACTOR)):
        assert SECRET not in shown
        assert "k-1" not in shown
        assert "fresh" not in shown
        assert "sid=1" not in shown
        assert "token=abc" not in shown


def test_curl_says_where_the_token_goes() -> None:
    assert '-H "Authorization: Bearer $TOKEN"' in curl(exchange().wire, REDACTOR)
