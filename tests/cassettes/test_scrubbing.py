"""Secrets planted everywhere, and none of them found afterwards."""

from __future__ import annotations

import base64
import json
from html import unescape
from typing import Any
from urllib.parse import unquote_plus, urlencode

import pytest

from conformance.cassettes.placeholders import UNSIGNED
from conformance.cassettes.scrubbing import Scrubber
from conformance.contract.message import Reply, Wire

JSON, FORM, XML = "application/json", "application/x-www-form-urlencoded", "application/xml"
PLAIN = "Tr0ub4dor-and-3"


def jwt(**claims: Any) -> str:
    parts = [{"alg": "RS256", "kid": "k"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


TOKEN = jwt(sub="ada", exp=17, scope="read", email="ada@corp.example.org")
SECRETS = {
    "plain": PLAIN,
    "hex": "9f86d081884c7d659a2feaa0c55ad015",
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "jwt": TOKEN,
    "odd": "p&ss=wörd/%41 +\"<'",
}


def exchange(secret: str, place: str) -> tuple[Wire, Reply]:
    """An exchange with ``secret`` in one place."""
    url, sent, got = "https://api.corp.example.net/v1/things", {"content-type": JSON}, {"content-type": JSON}
    request: bytes = b"{}"
    answer: bytes = b"{}"
    escaped = secret.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    member = json.dumps({"a": [{"access_token": secret}], "b": 1}).encode()
    encoded = form_of({"client_secret": secret, "x": "1"})
    if place == "request header":
        sent["authorization"] = f"Bearer {secret}"
    elif place == "key header":
        sent["x-api-key"] = secret
    elif place == "cookie":
        sent["cookie"] = f"a=1; session={secret}"
    elif place == "set-cookie":
        got["set-cookie"] = f"session={secret}; Path=/; HttpOnly"
    elif place == "second set-cookie":
        first = "node=3; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/"
        got["set-cookie"] = f"{first}, session={secret}; HttpOnly"
    elif place == "query":
        url += "?" + form_of({"api_key": secret, "page": "2"}).decode()
    elif place == "form":
        sent["content-type"], request = FORM, encoded
    elif place == "form reply":
        got["content-type"], answer = FORM, encoded
    elif place == "json":
        request = member
    elif place == "json reply":
        answer = member
    elif place == "json in a text":
        answer = json.dumps({"result": member.decode()}).encode()
    elif place == "json by another name":
        got["content-type"], answer = "text/plain", member
    elif place == "xml":
        sent["content-type"], request = XML, f"<a><password>{escaped}</password></a>".encode()
    elif place == "xml attribute":
        got["content-type"], answer = XML, f'<a><user password="{escaped}">x</user></a>'.encode()
    return Wire("POST", url, sent, request), Reply(200, got, answer)


def form_of(fields: dict[str, str]) -> bytes:
    return urlencode(fields).encode()


PLACES = [
    "request header",
    "key header",
    "cookie",
    "set-cookie",
    "second set-cookie",
    "query",
    "form",
    "form reply",
    "json",
    "json reply",
    "json in a text",
    "json by another name",
    "xml",
    "xml attribute",
]


def written(wire: Wire, reply: Reply) -> str:
    """Everything of an exchange as text, with escapes taken away."""
    parts = [wire.url, *wire.headers.values(), wire.content.decode(), *reply.headers.values(), reply.content.decode()]
    text = "\n".join(parts)
    unescaped = text.replace("\\\\", "\\").replace('\\"', '"').replace("\\u00f6", "ö")
    return "\n".join([text, unquote_plus(text), unescape(text), unescaped, unescaped.replace('\\"', '"')])


NO_SUCH = {("odd", "cookie"), ("odd", "set-cookie"), ("odd", "second set-cookie"), ("odd", "request header")}
"""Values that cannot stand there."""


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind in SECRETS for place in PLACES if (kind, place) not in NO_SUCH]
)
def test_a_secret_is_found_wherever_it_stands(kind: str, place: str) -> None:
    secret = SECRETS[kind]
    wire, reply = exchange(secret, place)
    assert secret in written(wire, reply), "the secret was not planted"
    scrubber = Scrubber("v")
    scrubber.learn(wire, reply)
    text = written(scrubber.substitution().wire(wire), scrubber.substitution().reply(reply))
    assert secret not in text
    if kind == "jwt":
        assert UNSIGNED in text
        assert "c2lnbmF0dXJl" not in text


def test_a_secret_that_is_known_in_one_place_is_hidden_in_all() -> None:
    wire, reply = exchange(PLAIN, "json reply")
    other = Wire("GET", f"https://api.corp.example.net/v1/{PLAIN}?note=it+is+{PLAIN}!", {"link": PLAIN}, b"")
    scrubber = Scrubber("v")
    scrubber.learn(wire, reply)
    hidden = scrubber.substitution().wire(other)
    assert PLAIN not in written(hidden, Reply(200, {}, b""))
    stand_in = json.loads(scrubber.substitution().reply(reply).content)["a"][0]["access_token"]
    assert hidden.url.count(stand_in) == 2
    assert hidden.headers["link"] == stand_in


def test_placeholders_keep_the_form_and_tell_secrets_apart() -> None:
    scrubber = Scrubber("v")
    one, two = "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3302"
    scrubber.name("auth.token", one, secret=True)
    scrubber.name("identities.other.token", two, secret=True)
    scrubber.name("mail", "ada@corp.example.org")
    scrubber.name("key", "9f86d081884c7d659a2feaa0c55ad015", secret=True)
    scrubber.name("jwt", TOKEN, secret=True)
    first, second = scrubber.substitution().text(one), scrubber.substitution().text(two)
    assert len({one, two, first, second}) == 4
    assert len(first) == 36
    assert first.count("-") == 4
    assert scrubber.substitution().text(one.upper()) == first
    assert scrubber.substitution().text("ada@corp.example.org") == "mail@example.com"
    assert len(scrubber.substitution().text("9f86d081884c7d659a2feaa0c55ad015")) == 32
    header, claims, signature = scrubber.substitution().text(TOKEN).split(".")
    assert (header, signature) == (UNSIGNED, "")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (told["exp"], told["scope"]) == (17, "read")
    assert "ada" not in json.dumps(told)


def test_the_same_names_give_the_same_placeholders_whatever_the_values() -> None:
    here, there = Scrubber("v"), Scrubber("v")
    here.name("flow_id", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")
    there.name("flow_id", "00000000-4f89-41d3-9a0c-0305e82c3301")
    one, two = "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "00000000-4f89-41d3-9a0c-0305e82c3301"
    assert here.substitution().text(one) == there.substitution().text(two)


def test_basic_pairs_become_user_and_pass() -> None:
    scrubber = Scrubber("v")
    scrubber.pair("ada", PLAIN)
    scrubber.pair("bob", PLAIN)
    pairs = [base64.b64encode(f"{name}:{PLAIN}".encode()).decode() for name in ("ada", "bob")]
    assert scrubber.substitution().text(f"Basic {pairs[0]}") == "Basic dXNlcjpwYXNz"
    assert base64.b64decode(scrubber.substitution().text(pairs[1])) == b"user2:pass2"


def test_what_the_environment_names_is_hidden_but_not_public_words() -> None:
    scrubber = Scrubber("v", frozenset({"Review"}))
    scrubber.name("state", "Review")
    scrubber.name("owner", "admin")
    scrubber.name("data", {"customer": "Northwind", "tags": ["urgent"], "n": 7, "no": "x"})
    assert (
        scrubber.substitution().text("admin/User/ping, administrator") == "placeholder-owner/User/ping, administrator"
    )
    hidden = scrubber.substitution().value({"customer": "Northwind", "state": "Review", "tags": ["urgent", "new"]})
    assert hidden == {
        "customer": "placeholder-data-customer",
        "state": "Review",
        "tags": ["placeholder-data-tags-1", "new"],
    }


def test_keys_that_the_environment_names_are_hidden() -> None:
    scrubber = Scrubber("v")
    scrubber.name("answers", {"55c8256f-1984-4fe7-870b-000000000001": "Gent"})
    (key,) = scrubber.substitution().value({"55c8256f-1984-4fe7-870b-000000000001": 1})
    assert key != "55c8256f-1984-4fe7-870b-000000000001"
    assert len(key) == 36


def test_the_server_is_hidden() -> None:
    scrubber = Scrubber("v", frozenset({"/base"}))
    scrubber.origin("https://wf.corp.example.net:8443/base")
    wire = Wire("GET", "https://wf.corp.example.net:8443/base/x?y=1", {}, b"")
    assert scrubber.substitution().wire(wire).url == "https://v.example/base/x?y=1"
    reply = Reply(201, {"location": "https://wf.corp.example.net:8443/base/x/1"}, b"")
    assert scrubber.substitution().reply(reply).headers["location"] == "https://v.example/base/x/1"


def test_keys_are_hidden_however_the_contract_calls_them() -> None:
    wire = Wire("GET", f"https://v.example/?sig={PLAIN}", {"x-subscriber": "9f86d081884c7d659a2f"}, b"")
    scrubber = Scrubber("v", keys=frozenset({"x-subscriber", "sig"}))
    scrubber.learn(wire, Reply(200, {}, b""))
    hidden = scrubber.substitution().wire(wire)
    assert PLAIN not in hidden.url
    assert hidden.headers["x-subscriber"].startswith("00000000")


def test_an_address_is_hidden_with_its_escapes() -> None:
    reply = Reply(200, {"link": "<https://v.example/a?by=ada%40corp.example.org>"}, b"ada@corp.example.org")
    scrubber = Scrubber("v")
    scrubber.learn(Wire("GET", "https://v.example/a?by=ada%40corp.example.org", {}, b""), reply)
    hidden = scrubber.substitution().reply(reply)
    assert hidden.headers["link"] == "<https://v.example/a?by=address-1%40example.com>"
    assert hidden.content == b"address-1@example.com"


def test_a_bare_host_is_hidden_too() -> None:
    scrubber = Scrubber("v")
    scrubber.origin("https://wf.corp.example.net:8443/base")
    assert scrubber.substitution().text("sent by wf.corp.example.net, port 8443") == "sent by v.example, port 8443"


def test_names_that_only_sound_secret_are_left() -> None:
    body = {"token_type": "bearer", "token_endpoint": "https://v.example/connect/token", "expires_in": "tomorrow"}
    reply = Reply(200, {"content-type": JSON}, json.dumps(body).encode())
    scrubber = Scrubber("v")
    scrubber.learn(Wire("GET", "https://v.example/", {}, b""), reply)
    assert json.loads(scrubber.substitution().reply(reply).content) == body


def test_bytes_that_are_no_text_lose_their_secrets_too() -> None:
    scrubber = Scrubber("v")
    scrubber.name("auth.token", PLAIN, secret=True)
    assert PLAIN.encode() not in scrubber.substitution().body(b"\xff" + PLAIN.encode() + b"\xfe", "application/pdf")


def test_the_parts_of_an_address_that_are_not_the_vendors_are_hidden() -> None:
    scrubber = Scrubber("v", frozenset({"https://api.v.example/v2024-06-14", "the orders of a shop"}))
    scrubber.origin("https://gw.corp.example.net/acme-bank-internal/v/orders/v2024-06-14")
    scrubber.origin("https://login.corp.example.net/7c9e6679-7425-40de-944b-e07fc1f90ae7/oauth2/v2.0/token")
    hidden = scrubber.substitution()
    base = "https://v.example/placeholder-path-1/v/orders/v2024-06-14"
    assert hidden.text("https://gw.corp.example.net/acme-bank-internal/v/orders/v2024-06-14") == base
    assert hidden.url("https://gw.corp.example.net/acme-bank-internal/v/orders/v2024-06-14/x") == f"{base}/x"
    token = hidden.text("https://login.corp.example.net/7c9e6679-7425-40de-944b-e07fc1f90ae7/oauth2/v2.0/token")
    assert "7c9e6679" not in token
    assert token.endswith("/oauth2/v2.0/token")


def test_secrets_are_hidden_within_words_and_names_are_not() -> None:
    scrubber = Scrubber("v")
    scrubber.name("auth.password", PLAIN, secret=True)
    scrubber.name("auth.username", "admin")
    wire, reply = exchange("beta-secret-1", "json reply")
    scrubber.learn(wire, reply)
    text = scrubber.substitution().text(f"prod_{PLAIN}_eu, é{PLAIN}, xbeta-secret-1x, administrator")
    assert PLAIN not in text
    assert "beta" not in text
    assert text.endswith(", administrator")


def test_what_a_key_holds_is_hidden() -> None:
    body = json.dumps({"mailto:ada@corp.example.org": 1, "owner": "ada@corp.example.org"}).encode()
    scrubber = Scrubber("v")
    scrubber.learn(Wire("GET", "https://v.example/", {}, b""), Reply(200, {"content-type": JSON}, body))
    assert b"ada" not in scrubber.substitution().body(body, JSON)


def test_secrets_are_found_as_numbers_and_in_lists_and_objects() -> None:
    body = {
        "token": 98765432,
        "passwords": ["alpha-secret"],
        "tokens": {"a": "beta-secret-1", "type": "bearer", "made": "2026-05-07T10:00:00Z", "expires_in": 3600},
        "credentials": [{"value": "gamma", "on": True}],
        "count": 12345,
        "again": 98765432,
    }
    content = json.dumps(body).encode()
    scrubber = Scrubber("v", frozenset({"bearer"}))
    scrubber.learn(Wire("GET", "https://v.example/", {}, b""), Reply(200, {"content-type": JSON}, content))
    scrubber.name("auth.password", "13572468", secret=True)
    hidden = scrubber.substitution().value({**body, "pin": 13572468})
    assert [one for one in ("98765432", "alpha", "beta", "gamma", "13572468") if one in json.dumps(hidden)] == []
    assert type(hidden["token"]) is int
    assert hidden["again"] == hidden["token"]
    assert hidden["tokens"] | {"a": ""} == body["tokens"] | {"a": ""}  # type: ignore[operator]
    assert hidden["count"] == 12345
