"""A reply is held against the entry of the contract that is about its media type, however that is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.contract.media import covering
from conformance.contract.message import Reply
from conformance.contract.undeclared import Undeclared
from conformance.contract.validation import Validators


@pytest.mark.parametrize(
    ("keys", "media_type", "found"),
    [
        (["application/json; charset=utf-8"], "application/json", "application/json; charset=utf-8"),
        (["Application/JSON"], "application/json;charset=utf-8", "Application/JSON"),
        (["*/*", "image/*", "image/png"], "image/png", "image/png"),
        (["*/*", "image/*"], "image/png", "image/*"),
        (["image/*", "*/*"], "text/plain", "*/*"),
        (["image/*"], "text/plain", None),
        (["application/json"], "application/problem+json", None),
        (["application/json"], "", None),
    ],
)
def test_the_nearest_entry_is_about_a_media_type(keys: list[str], media_type: str, found: str | None) -> None:
    assert covering(keys, media_type) == found


@pytest.mark.parametrize("key", ["application/json; charset=utf-8", "application/*", "*/*", "Application/JSON"])
def test_a_reply_is_held_against_it(key: str) -> None:
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}},
        "additionalProperties": True,
    }
    closed = {name: value for name, value in schema.items() if name != "additionalProperties"}
    responses: dict[str, Any] = {"200": {"description": "ok", "content": {key: {"schema": closed}}}}
    root = {"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "get", "responses": responses}}}}
    document = Document(Path("openapi.yaml"), root)
    operation, validators = document.operations["get"], Validators(document)
    headers = {"content-type": "application/json; charset=utf-8"}
    assert validators.reply(operation, Reply(200, headers, b'{"a": "x"}')) is None
    wrong = validators.reply(operation, Reply(200, headers, b'{"a": 1}'))
    assert wrong is not None
    assert wrong.rule == "schema"
    assert Undeclared(document).properties(operation, Reply(200, headers, b'{"a": "x", "zz": 1}')) == ("/zz",)
