"""Every sample that OptimaJet's documentation prints fits the contract, once what print broke is repaired."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from printed import printed

from conformance.contract.document import Document, Operation
from conformance.contract.validation import Validators
from conformance.mocks.kit.model import Settings
from conformance.mocks.optimajet.identity_server import claims
from conformance.mocks.optimajet.jwts import signed
from conformance.mocks.optimajet.server import OptimaJet

DOCUMENT = Document.load(Path(__file__).parents[1] / "specs/optimajet/openapi.yaml")
DISCOVERED, GRANTED, CREATED = printed("optimajet")
TOKEN_REQUEST, TOKEN_REQUEST_LENGTH = GRANTED.wire.content.decode(), 194
CREATE_PATH, CREATE_BODY = urlsplit(CREATED.wire.url).path, CREATED.wire.content.decode()
"""Printed under ``Content-Length: 37``: six octets more than are printed of it, which are white space. No repair."""
HEADER = {
    "alg": "RS256",
    "kid": "DCA2E126788BF6F6EB57068600C77DCC39EFCFE4RS256",
    "typ": "at+jwt",
    "x5t": "3KLhJniL9vbrVwaGAMd9zDnvz-Q",
}
CLAIMS = json.loads(base64.urlsafe_b64decode(CREATED.wire.headers["authorization"].split(".")[1] + "=="))
"""What the token of the second example says; its header, which the cassette replaces, stands above."""


def body(operation: Operation, media_type: str) -> dict[str, Any]:
    declared = DOCUMENT.resolve(DOCUMENT.root["paths"][operation.path][operation.method.lower()]["requestBody"])
    return dict(declared["content"][media_type]["schema"])


def test_the_token_request() -> None:
    operation = DOCUMENT.route("POST", "/connect/token")
    assert operation is not None
    assert len(TOKEN_REQUEST) == TOKEN_REQUEST_LENGTH
    schema = body(operation, "application/x-www-form-urlencoded")
    assert Validators(DOCUMENT).value("token", schema, dict(parse_qsl(TOKEN_REQUEST)), "request") is None


def test_the_create_request() -> None:
    operation = DOCUMENT.route("POST", CREATE_PATH)
    assert operation is not None
    assert operation.id == "createInstanceWithParameters"
    schema = body(operation, "application/json")
    assert Validators(DOCUMENT).value("create", schema, json.loads(CREATE_BODY), "request") is None
    assert Validators(DOCUMENT).value("create", schema, {}, "request") is not None


def test_the_discovery_document() -> None:
    operation = DOCUMENT.route("GET", "/.well-known/openid-configuration")
    assert operation is not None
    sample = DISCOVERED.reply.json
    schema = operation.responses["200"]["application/json"]
    assert Validators(DOCUMENT).value("discovery", schema, sample, "response") is None
    assert DOCUMENT.route("POST", sample["token_endpoint"].removeprefix("http://localhost:8077")) is not None


@pytest.mark.parametrize(("part", "sample"), [(0, HEADER), (1, CLAIMS)])
def test_the_mock_signs_tokens_of_the_same_kind(part: int, sample: dict[str, Any]) -> None:
    server = OptimaJet(Settings(), "openid", {})
    token = signed(claims(server, "http://localhost:8077")).split(".")[part]
    told = json.loads(base64.urlsafe_b64decode(token + "=="))
    assert told.keys() - {"x5t"} == sample.keys() - {"x5t"}
    same = ("alg", "typ", "iss", "aud", "client_id", "scope")
    assert {name: told[name] for name in same if name in told} == {
        name: sample[name] for name in same if name in sample
    }
    if part:
        assert told["exp"] - told["nbf"] == sample["exp"] - sample["nbf"] == 3600
