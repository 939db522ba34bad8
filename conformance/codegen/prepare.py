"""What both generators are given: one document that says the same, in forms that they read rightly."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conformance.codegen.distinct import require_distinct
from conformance.codegen.overlay import overlaid
from conformance.contract.document import METHODS, Document
from conformance.contract.skeleton import require_build

OVERLAY = Path("overlays/generate.yaml")
_BESIDE_ALL_OF = ("properties", "required", "additionalProperties")


def prepared_contract(vendor_folder: Path) -> dict[str, Any]:
    """The vendor's contract with ``overlays/generate.yaml``, if there is one, applied to it.

    :raises DocumentError: the contract or the overlay cannot be read.
    """
    document = Document.load(vendor_folder / "openapi.yaml")
    require_build(document)
    root, overlay = dict(document.root), vendor_folder / OVERLAY
    return prepared(overlaid(root, overlay) if overlay.is_file() else root)


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which what a generator looks for elsewhere stands there.

    What stood beside an ``allOf`` stands inside it; an object schema of a body has a name of its own.
    """
    require_distinct(document)
    result = copy.deepcopy(document)
    for schema in _objects((result.get("components") or {}).get("schemas") or {}):
        beside = {key: schema[key] for key in _BESIDE_ALL_OF if key in schema}
        if beside and isinstance(schema.get("allOf"), list):
            for key in beside:
                del schema[key]
            schema["allOf"].append({"type": "object", **beside})
    for name, message in _messages(result):
        for media in (message.get("content") or {}).values():
            _lift(media, "schema", name, result)
    return result


def _messages(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every request body and response, with what its schema is called when it has no name."""
    shared = document.get("components") or {}
    for kind in ("requestBodies", "responses"):
        for key, message in (shared.get(kind) or {}).items():
            yield _class(f"{key} {kind[:-1] if kind == 'responses' else 'body'}"), message
    for path, item in (document.get("paths") or {}).items():
        for method in METHODS:
            operation = item.get(method) or {}
            name = operation.get("operationId") or f"{method} {path}"
            yield _class(f"{name} body"), operation.get("requestBody") or {}
            for status, response in (operation.get("responses") or {}).items():
                yield _class(f"{name} response {status}"), response


def _lift(holder: dict[str, Any], key: str, name: str, document: dict[str, Any]) -> None:
    """Put an object schema, or that of a list's items, among the named schemas."""
    schema = holder.get(key)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "array":
        _lift(schema, "items", f"{name}Item", document)
    if schema.get("type") == "object":
        named = document.setdefault("components", {}).setdefault("schemas", {})
        while named.get(name, schema) != schema:
            name += "2"
        named[name] = schema
        holder[key] = {"$ref": f"#/components/schemas/{name}"}


def _class(text: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))


def binary_media_types(document: dict[str, Any]) -> list[str]:
    """The media types whose schema is binary and that the client generator would not know as such, sorted."""
    found: set[str] = set()
    for node in _objects(document):
        content = node.get("content")
        for media_type, described in content.items() if isinstance(content, dict) else ():
            schema = described.get("schema") if isinstance(described, dict) else None
            if isinstance(schema, dict) and schema.get("format") == "binary":
                found.add(media_type)
    return sorted(found - {"application/octet-stream"})


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value, outermost first."""
    if isinstance(node, dict):
        yield node
    members = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for member in members:
        yield from _objects(member)
