"""Whether a value has the build of an OpenAPI document, so that everything else can rely on it."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import jsonschema_rs

from conformance.contract.document import METHODS, Document
from conformance.contract.pointer import get, join
from conformance.errors import DocumentError


def require_build(document: Document, *, loose: bool = False) -> None:
    """Raise DocumentError, with file and pointer, for a document that is built in a way that nobody can read.

    ``loose`` takes what others' documents often have: null for an empty list or object, and ``required`` as a boolean.
    """
    error = next(iter(_validator(loose=loose).iter_errors(document.root)), None)
    if error is not None:
        pointer = join(*error.instance_path)
        value = get(document.root, pointer)
        if isinstance(value, float) and not math.isfinite(value):
            raise DocumentError(
                f"{document.path}: {pointer}: {value} is no number of JSON", "write one, or leave it out"
            )
        says = error.message if len(error.message) < 200 else f"{error.message[:197]}..."
        raise DocumentError(f"{document.path}: {pointer or '/'}: {says}", "correct the document there")


@cache
def _validator(*, loose: bool) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(_skeleton(("null",), ("null", "boolean")) if loose else _skeleton())


def _skeleton(empty: tuple[str, ...] = (), required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The parts that are looked into: objects where objects are due, lists where lists are.

    ``empty`` are the further types of every list and object, ``required`` those of the list ``required``.
    """

    def map_of(of: Any) -> dict[str, Any]:
        return {"type": ["object", *empty], "additionalProperties": of}

    def list_of(of: Any) -> dict[str, Any]:
        return {"type": ["array", *empty], "items": of}

    schema = {"$ref": "#/$defs/schema"}
    text = {"type": "string"}
    members = {
        "properties": map_of(schema),
        "patternProperties": map_of(schema),
        "additionalProperties": schema,
        "items": {"if": {"type": "array"}, "then": {"items": schema}, "else": schema},
        "allOf": list_of(schema),
        "anyOf": list_of(schema),
        "oneOf": list_of(schema),
        "prefixItems": list_of(schema),
        "not": schema,
        "$ref": text,
        "required": {"type": ["array", *required], "items": text},
        "enum": {"type": "array"},
        "type": {"type": ["string", "array"], "items": text},
        "pattern": text,
        "format": text,
        **{word: {"type": "number"} for word in ("minimum", "maximum", "multipleOf")},
        **{word: {"type": ["number", "boolean"]} for word in ("exclusiveMinimum", "exclusiveMaximum")},
        **{word: {"type": "integer", "minimum": 0} for word in ("minLength", "maxLength", "minItems", "maxItems")},
        **{word: {"type": "integer", "minimum": 0} for word in ("minProperties", "maxProperties")},
        "discriminator": {"type": "object", "properties": {"mapping": map_of(text), "propertyName": text}},
    }
    media = {"type": "object", "properties": {"schema": schema, "encoding": map_of({"type": "object"})}}
    header = {"type": "object", "properties": {"schema": schema}}
    response = {"type": "object", "properties": {"content": map_of(media), "headers": map_of(header)}}
    body = {"type": "object", "properties": {"content": map_of(media)}}
    parameter = {
        "type": "object",
        "if": {"not": {"required": ["$ref"]}},
        "then": {"required": ["name", "in"]},
        "properties": {"name": text, "in": text, "schema": schema, "content": map_of(media), "style": text},
    }
    servers = list_of({"type": "object", "properties": {"variables": map_of({"type": "object"})}})
    operation = {
        "type": "object",
        "properties": {
            "operationId": text,
            "tags": list_of(True),
            "parameters": list_of(parameter),
            "requestBody": body,
            "responses": map_of(response),
            "security": list_of(map_of(list_of(True))),
            "servers": servers,
        },
    }
    item = {
        "type": "object",
        "properties": {"parameters": list_of(parameter), "servers": servers, **dict.fromkeys(METHODS, operation)},
    }
    components = {
        "type": ["object", *empty],
        "properties": {
            "schemas": map_of(schema),
            "responses": map_of(response),
            "parameters": map_of(parameter),
            "requestBodies": map_of(body),
            "headers": map_of(header),
            "securitySchemes": map_of({"type": "object", "properties": {"flows": map_of({"type": "object"})}}),
        },
    }
    return {
        "type": "object",
        "properties": {
            "paths": map_of(item),
            "webhooks": map_of(item),
            "x-webhooks": map_of(item),
            "components": components,
            "servers": servers,
            "security": list_of(map_of(list_of(True))),
        },
        "$defs": {"schema": {"type": ["boolean", "object"], "properties": members}},
    }
