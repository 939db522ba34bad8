"""Names that ordinary contracts have and that the client's own modules have too."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from conformance.codegen.generate import write
from conformance.codegen.package import build
from conformance.codegen.prepare import prepared
from conformance.errors import GenerationError

NAMED = {"type": "object", "properties": {"name": {"type": "string"}}}
BINARY = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def as_json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def contract(takes: dict[str, Any], gives: str, *parameters: str, **schemas: Any) -> dict[str, Any]:
    operation = {
        "operationId": "send",
        "tags": ["t"],
        "parameters": [{"name": name, "in": "query", "schema": {"type": "string"}} for name in parameters],
        "requestBody": {"required": True, "content": takes},
        "responses": {"200": {"description": "x", "content": as_json(gives)}},
    }
    info = {"title": "T", "version": "1"}
    return {
        "openapi": "3.0.3",
        "info": info,
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": schemas},
    }


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a client of names that the runtime has too, once it can be imported."""
    odd = {"type": "object", "properties": {name: {"type": "string"} for name in ("to_dict", "fromDict", "x")}}
    document = contract(
        as_json("Odd"), "File", "wire", "types", "httpx", Odd=odd, File=NAMED, Client=NAMED, Response=NAMED
    )
    document["paths"]["/b/{template}"] = {
        "post": {
            "operationId": "other",
            "tags": ["t"],
            "parameters": [{"name": "template", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {"required": True, "content": as_json("Client")},
            "responses": {"200": {"description": "x", "content": as_json("Response")}},
        }
    }
    write(build(prepared(document), "odd-names"), tmp_path, "odd_names_client")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "odd_names_client"


def test_a_client_of_names_that_the_runtime_has_works(client: str) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"name": "a"})

    package, models = import_module(client), import_module(f"{client}.models")
    send, other = import_module(f"{client}.api.t.send"), import_module(f"{client}.api.t.other")
    connected = package.Client("https://odd.test", httpx_args={"transport": httpx.MockTransport(answer)})
    body = models.Odd.from_dict({"to_dict": "1", "fromDict": "2"})
    assert (body.to_dict_, body.from_dict_) == ("1", "2")
    assert send.sync(client=connected, body=body, wire="w", types="t", httpx="h") == models.File(name="a")
    assert dict(sent[0].url.params) == {"wire": "w", "types": "t", "httpx": "h"}
    assert json.loads(sent[0].content) == {"to_dict": "1", "fromDict": "2"}
    assert other.sync("x", client=connected, body=models.Client(name="n")) == models.Response(name="a")
    assert sent[1].url.path == "/b/x"


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (
            contract(BINARY, "File", File=NAMED),
            "/components/schemas/File: send has this schema beside the File of a binary body",
        ),
        (
            contract(as_json("model"), "model", model=NAMED),
            "/components/schemas/model: 'model' has the Python name of the base of all models",
        ),
    ],
)
def test_what_cannot_work_is_refused_with_its_reason(document: dict[str, Any], says: str) -> None:
    with pytest.raises(GenerationError) as told:
        build(prepared(document), "acme")
    assert told.value.message == says
    assert "rename" in told.value.hint
