"""What both generators are given: one document that says the same, in forms that they read rightly."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conformance.codegen.distinct import LITERAL, require_distinct
from conformance.codegen.overlay import overlaid
from conformance.codegen.styles import require_styles
from conformance.contract.document import METHODS, Document
from conformance.contract.pointer import join
from conformance.contract.skeleton import require_build
from conformance.errors import GenerationError

OVERLAY = Path("overlays/generate.yaml")
_MAPS = ("schemas", "properties", "patternProperties")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("schema", "items", "not")
_BESIDE_ALL_OF = ("properties", "required", "additionalProperties")


def prepared_contract(vendor_folder: Path) -> dict[str, Any]:
    """The vendor's contract with ``overlays/generate.yaml``, if there is one, applied to it.

    :raises DocumentError: the contract or the overlay cannot be read.
    :raises GenerationError: as ``prepared``.
    """
    document = Document.load(vendor_folder / "openapi.yaml")
    require_build(document)
    overlay = vendor_folder / OVERLAY
    if overlay.is_file():
        document = Document(overlay, overlaid(dict(document.root), overlay))
        require_build(document)
    return prepared(dict(document.root))


def prepared(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which what a generator looks for elsewhere stands there.

    What stood beside an ``allOf`` stands inside it; a boolean schema is an object; an object schema or an enum of a
    body or a parameter has a name of its own.

    :raises GenerationError: names of the document are one name in Python, a parameter has a style that the client does
        not know, or an array of OpenAPI 3.0 has no items.
    """
    require_distinct(document)
    require_styles(document)
    result = copy.deepcopy(document)
    for part in ("paths", "components"):
        _without_booleans(result.get(part))
        _with_items(result.get(part), join(part), is_30=str(document.get("openapi", "")).startswith("3.0"))
    for schema in _objects((result.get("components") or {}).get("schemas") or {}):
        beside = {key: schema[key] for key in _BESIDE_ALL_OF if key in schema}
        if beside and isinstance(schema.get("allOf"), list):
            for key in beside:
                del schema[key]
            schema["allOf"].append({"type": "object", **beside})
    for name, message in _messages(result):
        for media in (message.get("content") or {}).values():
            _lift(media, "schema", name, result)
    for name, parameter in _parameters(result):
        _lift(parameter, "schema", name, result)
    return result


def _without_booleans(node: Any) -> None:
    """Put ``{}`` and ``{"not": {}}`` where a schema is ``true`` or ``false``."""
    if isinstance(node, list):
        for member in node:
            _without_booleans(member)
    elif isinstance(node, dict):
        for key, member in node.items():
            if key in _MAPS and isinstance(member, dict):
                node[key] = {name: _object(schema) for name, schema in member.items()}
            elif key in _LISTS and isinstance(member, list):
                node[key] = [_object(schema) for schema in member]
            elif key in _SINGLE:
                node[key] = _object(member)
            if key not in LITERAL:
                _without_booleans(node[key])


def _with_items(node: Any, at: str, *, is_30: bool) -> None:
    """Put ``items: {}`` where an array does not say what it holds, as OpenAPI 3.1 allows and 3.0 does not."""
    if isinstance(node, dict):
        kinds = node.get("type")
        is_array = kinds == "array" or (isinstance(kinds, list) and "array" in kinds)
        if is_array and not {"items", "prefixItems"} & node.keys():
            if is_30:
                raise GenerationError(
                    f"{at}: an array without items, which OpenAPI 3.0 does not allow",
                    "say there what they are, or items: {} for anything",
                )
            node["items"] = {}
    for key, member in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key not in LITERAL and not str(key).startswith("x-"):
            _with_items(member, at + join(key), is_30=is_30)


def _object(schema: Any) -> Any:
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    return schema


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


def _parameters(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every parameter, with what its schema is called when it has no name."""
    for key, parameter in ((document.get("components") or {}).get("parameters") or {}).items():
        yield _class(f"{key} parameter"), parameter
    for path, item in (document.get("paths") or {}).items():
        for parameter in item.get("parameters") or ():
            yield _class(f"{path} {parameter.get('name', '')}"), parameter
        for method in METHODS:
            operation = item.get(method) or {}
            for parameter in operation.get("parameters") or ():
                name = operation.get("operationId") or f"{method} {path}"
                yield _class(f"{name} {parameter.get('name', '')}"), parameter


def _lift(holder: dict[str, Any], key: str, name: str, document: dict[str, Any]) -> None:
    """Put an object schema or an enum, or that of a list's items, among the named schemas."""
    schema = holder.get(key)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "array":
        _lift(schema, "items", f"{name}Item", document)
    if None in (schema.get("enum") or ()):
        schema = holder[key] = {"oneOf": [_never_null(schema), {"type": "null"}]}
    for word in ("anyOf", "oneOf"):
        for number, member in enumerate(schema.get(word) or ()):
            one = {"schema": member}
            _lift(one, "schema", f"{name}Type{number}", document)
            schema[word][number] = one["schema"]
    if schema.get("type") == "object" or {*map(type, schema.get("enum") or ())} in ({str}, {int}):
        named = document.setdefault("components", {}).setdefault("schemas", {})
        while named.get(name, schema) != schema:
            name += "2"
        named[name] = schema
        holder[key] = {"$ref": f"#/components/schemas/{name}"}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    kinds = schema.get("type")
    typed = {"type": next((kind for kind in kinds if kind != "null"), "null")} if isinstance(kinds, list) else {}
    values = [value for value in schema["enum"] if value is not None]
    return {key: value for key, value in schema.items() if key != "nullable"} | typed | {"enum": values}


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
