"""No secret gets past the redactor, in whatever place it stands."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import pytest

from conformance.contract.message import Exchange, Reply, Request, Wire
from conformance.engine.showing import curl, exchange_line
from conformance.transport.redaction import HIDDEN, Redactor, in_headers, in_urls

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


def test_a_secret_is_hidden_where_a_text_is_cut() -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.first-signature"
    again = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.other-signature"
    redactor = Redactor.of([f"Bearer {token}"]).knowing([token, again])
    for secret in (token, again):
        for end in range(20, len(secret) + 1):
            assert redactor.text(f"got Bearer {secret[:end]}; then") == f"got {HIDDEN}; then"


@pytest.mark.parametrize(
    "text", ['{"says": "pass \\"w\\u00f6rd\\""}', '{"says": "pass \\"wörd\\""}', "x=pass+%22w%C3%B6rd%22"]
)
def test_a_secret_is_hidden_as_it_is_written_in_json_and_forms(text: str) -> None:
    assert HIDDEN in Redactor.of(['pass "wörd"']).text(text)


@pytest.mark.parametrize(
    "text", ["http://bob:s3cretpw@h/v1", "see https://s3cretpw@h:8080, it says", "socks5://b:s3cretpw@h"]
)
def test_what_stands_before_a_host_is_hidden(text: str) -> None:
    assert Redactor().text(text) == text.replace(text.partition("://")[2].partition("@")[0], "redacted")


def test_an_address_without_a_name_stays() -> None:
    for text in ("http://h/users/ann@h.example", "http://h?user=ann@h.example", "ann@h.example"):
        assert Redactor().text(text) == text


@pytest.mark.parametrize("given", ["bob:s3cret%2Fpw", "s3cret%2Fpw"])
def test_what_stands_before_a_host_is_known_elsewhere(given: str) -> None:
    found = Redactor.of(in_urls(f"proxy http://{given}@h:1"))
    pair = base64.b64encode(b"bob:s3cret/pw" if ":" in given else b"s3cret/pw:").decode()
    assert found.text(f"s3cret/pw or {given} or Basic {pair}") == f"{HIDDEN} or {HIDDEN} or Basic {HIDDEN}"


def test_headers_that_may_be_secret_are_told_from_plain_ones() -> None:
    plain = {"Accept-Language": "de-CH", "x-api-version": "2024-06-14", "user-agent": "somebody", "x-trace": "true"}
    assert list(in_headers(plain)) == []
    secret = {
        "x-subscription": "hunter2-hunter2",
        "cookie": "sid=cookie-1; theme=cookie-2",
        "Authorization": f"Basic {PAIR}",
    }
    assert {"hunter2-hunter2", "cookie-1", "cookie-2", PAIR, SECRET} <= {*in_headers(secret)}


def test_a_header_whose_name_says_that_it_is_secret_is_hidden() -> None:
    assert REDACTOR.headers({"X-Auth-Token": "never", "etag": "e-1"}) == {"X-Auth-Token": HIDDEN, "etag": "e-1"}


def test_curl_shows_no_key_that_is_the_whole_authorization() -> None:
    line = curl(Wire("GET", "http://h/x", {"authorization": "raw-key-7"}, b""), Redactor())
    assert "raw-key-7" not in line
    assert '-H "Authorization: $TOKEN"' in line


def test_facts_are_hidden_however_deep() -> None:
    facts = {"seen": [{"as": SECRET}, SECRET], "count": 2}
    assert REDACTOR.value(facts) == {"seen": [{"as": HIDDEN}, HIDDEN], "count": 2}


@pytest.mark.parametrize(
    ("wire", "said"),
    [
        (Wire("GET", "http://h/x", {"x-api-key": "k-1"}, b""), "curl -i -X GET http://h/x -H 'x-api-key: '\"$TOKEN\""),
        (Wire("GET", "http://h/x?api_key=k-1&a=b", {}, b""), "curl -i -X GET 'http://h/x?api_key='\"$TOKEN\"'&a=b'"),
        (
            Wire("POST", "http://h/x", {}, b'{"token":"k-1","a":"it\'s"}'),
            """curl -i -X POST http://h/x -H content-type: --data-binary '{"token":"'"$TOKEN"'","a":"it'"'"'s"}'""",
        ),
        (
            Wire("POST", "http://h/x", {"content-type": "x/y", "authorization": "Basic YTpi"}, b"a=b&password=k-1"),
            "curl -i -X POST http://h/x -H 'content-type: x/y' -H \"Authorization: Basic $TOKEN\" "
            "--data-binary 'a=b&password='\"$SECRET\"",
        ),
        (Wire("GET", "http://h/x", {"accept": "text/xml"}, b""), "curl -i -X GET http://h/x -H 'accept: text/xml'"),
        (Wire("GET", "http://h/x", {"accept": "*/*"}, b""), "curl -i -X GET http://h/x"),
        (Wire("HEAD", "http://h/x", {}, b""), "curl -I http://h/x"),
        (Wire("GET", "http://h/x?a[0]=1", {}, b""), "curl -i -g -X GET 'http://h/x?a[0]=1'"),
        (Wire("POST", "http://h/x", {}, b"@file"), "curl -i -X POST http://h/x -H content-type: --data-raw @file"),
    ],
)
def test_a_curl_line_sends_the_request_when_pasted(wire: Wire, said: str) -> None:
    assert curl(wire, Redactor()) == said


ODD = "pass+word/with&more'Things\"2026"


@pytest.mark.parametrize(
    "text",
    [
        '{"detail": "no login with pass\\u002Bword/with\\u0026more\\u0027Things\\u00222026!"}',
        "{'detail': 'no login with pass+word\\/with&more\\'Things\\\"2026!'}",
        "/login?as=pass%2bword%2fwith%26more%27Things%222026!",
        "<e>pass+word/with&amp;more&apos;Things&quot;2026!</e>",
        "<e>pass&#43;word&#x2F;with&#38;more&#39;Things&#34;2026!</e>",
        '"{\\"detail\\": \\"pass\\\\u002bword/with&more\'Things\\\\\\"2026!\\"}"',
    ],
)
def test_a_secret_is_hidden_in_whatever_escapes_a_server_writes_it(text: str) -> None:
    hidden = Redactor.of([ODD]).text(text)
    assert f"{HIDDEN}!" in hidden
    assert not {"pass", "word", "Things", "2026"} & set(re.findall(r"[A-Za-z]+|\d+", hidden))


@pytest.mark.parametrize("name", ["", "a", "ab", "another client"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_secret_is_hidden_in_every_pair_and_blob(name: str, encode: Callable[[bytes], bytes]) -> None:
    said = encode(f"{name}:{SECRET} and more".encode()).decode()
    for text in (said, said.rstrip("="), f"Basic {said}", said.replace("/", "\\/")):
        assert Redactor.of([SECRET]).text(f"<{text}>") in {f"<{HIDDEN}>", f"<Basic {HIDDEN}>"}


def test_what_only_looks_like_base64_stays() -> None:
    text = "GET /v2024-06-14/processes/497f6eca-6276-4993-bfeb-53cbbbba6f08%2Fa?x=\u00e9&amp;y"
    assert REDACTOR.text(text) == text
