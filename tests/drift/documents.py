"""Documents made for tests: edits of one, and one that has a schema in a message."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT, join, tokens

WITH_SCHEMA = "/paths/~1things/post"


def edited(document: dict[str, Any], edits: dict[str, Any]) -> dict[str, Any]:
    """A copy of ``document`` changed as a pair of the data files says."""
    root = deepcopy(document)
    for source, target in edits.get("copy", {}).items():
        root = pointer.put(root, target, pointer.get(root, source))
    for source, target in edits.get("move", {}).items():
        value = pointer.get(root, source)
        assert value is not ABSENT, source
        root = _removed(root, source)
        root = pointer.put(root, target, value)
    for place in edits.get("remove", ()):
        root = _removed(root, place)
    for place, value in edits.get("set", {}).items():
        at = place
        if place.endswith("/-"):
            at = place[:-1] + str(len(pointer.get(root, place[:-2])))
        root = pointer.put(root, at, deepcopy(value))
    if "swap" in edits:
        one, other = edits["swap"]
        values = pointer.get(root, one), pointer.get(root, other)
        root = pointer.put(pointer.put(root, one, values[1]), other, values[0])
    if "replace" in edits:
        root = _replaced(root, edits["replace"])
    if "prefix_paths" in edits:
        root["paths"] = {edits["prefix_paths"] + path: item for path, item in root["paths"].items()}
    return root


def with_schema(
    schema: Any, direction: str, version: str = "3.0.3", components: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A document that has ``schema`` in the body of a request or of a response."""
    content = {"content": {"application/json": {"schema": deepcopy(schema)}}}
    operation: dict[str, Any] = {"operationId": "send", "responses": {"200": {"description": "Well."}}}
    if direction == "request":
        operation["requestBody"] = content
    else:
        operation["responses"]["200"] |= content
    return {
        "openapi": version,
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": deepcopy(components or {})},
    }


def place_of(direction: str) -> str:
    """Where ``with_schema`` has put it."""
    middle = "requestBody" if direction == "request" else "responses/200"
    return f"{WITH_SCHEMA}/{middle}/content/application~1json/schema"


def _removed(root: Any, place: str) -> Any:
    *parents, last = tokens(place)
    parent = pointer.get(root, join(*parents))
    if isinstance(parent, list):
        return pointer.put(root, join(*parents), [one for n, one in enumerate(parent) if n != int(last)])
    assert isinstance(parent, dict), place
    assert last in parent, place
    return pointer.remove(root, place)


def _replaced(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value
