"""Whether a value has the build of an OpenAPI document, so that everything else can rely on it."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs

from conformance.contract.document import METHODS, Document
from conformance.contract.pointer import join
from conformance.errors import DocumentError


def require_build(document: Document) -> None:
    """Raise DocumentError, with file and pointer, for a document that is built in a way that nobody can read."""
    error = next(iter(_validator().iter_errors(document.root)), None)
    if error is not None:
        pointer = join(*error.instance_path)
        says = error.message if len(error.message) < 200 else f"{error.message[:197]}..."
        raise DocumentError(f"{document.path}: {pointer or '/'}: {says}", "correct the document there")


@cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(_skeleton())


def _map(of: Any) -> dict[str, Any]:
    return {"type": ["object", "null"], "additionalProperties": of}


def _list(of: Any) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": of}


def _skeleton() -> dict[str, Any]:
    """The parts that are looked into: objects where objects are due, lists where lists are."""
    schema = {"$ref": "#/$defs/schema"}
    text = {"type": "string"}
    members = {
        "properties": _map(schema),
        "patternProperties": _map(schema),
        "additionalProperties": schema,
        "items": {"anyOf": [schema, {"type": "array", "items": schema}]},
        "allOf": _list(schema),
        "anyOf": _list(schema),
        "oneOf": _list(schema),
        "prefixItems": _list(schema),
        "not": schema,
        "$ref": text,
        "required": {"type": ["array", "boolean", "null"], "items": text},
        "enum": {"type": "array"},
        "type": {"anyOf": [text, {"type": "array", "items": text}]},
        "pattern": text,
        "format": text,
        **{word: {"type": "number"} for word in ("minimum", "maximum", "multipleOf")},
        **{word: {"type": ["number", "boolean"]} for word in ("exclusiveMinimum", "exclusiveMaximum")},
        **{word: {"type": "integer", "minimum": 0} for word in ("minLength", "maxLength", "minItems", "maxItems")},
        **{word: {"type": "integer", "minimum": 0} for word in ("minProperties", "maxProperties")},
        "discriminator": {"type": "object", "properties": {"mapping": _map(text), "propertyName": text}},
    }
    media = {"type": "object", "properties": {"schema": schema, "encoding": _map({"type": "object"})}}
    header = {"type": "object", "properties": {"schema": schema}}
    response = {"type": "object", "properties": {"content": _map(media), "headers": _map(header)}}
    parameter = {
        "type": "object",
        "anyOf": [{"required": ["$ref"]}, {"required": ["name", "in"]}],
        "properties": {"name": text, "in": text, "schema": schema, "content": _map(media), "style": text},
    }
    servers = _list({"type": "object", "properties": {"variables": _map({"type": "object"})}})
    operation = {
        "type": "object",
        "properties": {
            "operationId": text,
            "tags": _list(True),
            "parameters": _list(parameter),
            "requestBody": {"type": "object", "properties": {"content": _map(media)}},
            "responses": _map(response),
            "security": _list(_map(_list(True))),
            "servers": servers,
        },
    }
    item = {
        "type": "object",
        "properties": {"parameters": _list(parameter), "servers": servers, **dict.fromkeys(METHODS, operation)},
    }
    components = {
        "type": ["object", "null"],
        "properties": {
            "schemas": _map(schema),
            "responses": _map(response),
            "parameters": _map(parameter),
            "headers": _map(header),
            "securitySchemes": _map({"type": "object", "properties": {"flows": _map({"type": "object"})}}),
        },
    }
    return {
        "type": "object",
        "properties": {
            "paths": _map(item),
            "webhooks": _map(item),
            "x-webhooks": _map(item),
            "components": components,
            "servers": servers,
            "security": _list(_map(_list(True))),
        },
        "$defs": {"schema": {"anyOf": [{"type": "boolean"}, {"type": "object", "properties": members}]}},
    }
