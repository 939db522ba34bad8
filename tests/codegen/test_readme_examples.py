"""The examples in the README of every client run as they are written, as far as they go without a server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.codegen.package import build
from conformance.contract.document import Document
from conformance.contract.vendor import folders
from conformance.engine.scenario import scenarios

ROOT = Path(__file__).parents[2]
VENDORS = folders([ROOT / "specs"])


def examples(readme: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Request]:
    """The requests that were sent; each is refused."""
    found: list[httpx.Request] = []

    def refuse(_: Any, request: httpx.Request) -> httpx.Response:
        found.append(request)
        return httpx.Response(404)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", refuse)
    return found


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_first_example_sends_a_request_of_the_contract(vendor: str, sent: list[httpx.Request]) -> None:
    first, *_ = examples((ROOT / "generated" / vendor / "README.md").read_text(encoding="utf-8"))
    exec(first, {})
    (request,) = sent
    address = re.search(r'AuthenticatedClient\("([^"]*)"', first)
    assert address
    base = httpx.URL(address[1])
    assert request.url.host == base.host
    path = request.url.path.removeprefix(base.path.rstrip("/"))
    assert Document.load(VENDORS[vendor] / "openapi.yaml").route(request.method, path)
    assert request.headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_journey_is_whole(vendor: str) -> None:
    _, *journeys = examples((ROOT / "generated" / vendor / "README.md").read_text(encoding="utf-8"))
    told = 0
    for journey in journeys:
        named: dict[str, Any] = {"__name__": "journey"}
        exec(journey, named)
        told += sum(hasattr(value, "__scenario__") for value in named.values())
    assert told == len(scenarios(vendor)) > 0


def test_what_only_a_caller_knows_is_left_open_where_every_operation_needs_it() -> None:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    operation = {
        "operationId": "a",
        "requestBody": {"required": True, **body},
        "responses": {"204": {"description": "x"}},
    }
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": {"A": {"type": "object"}}},
    }
    (example,) = examples(build(document, "acme")["README.md"].decode())
    assert "print(a.sync(client=client, body=...))" in example
