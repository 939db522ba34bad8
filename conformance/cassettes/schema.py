"""The JSON Schema of a cassette, as a YAML reader gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs

from conformance.cassettes.provenance import Provenance
from conformance.contract.pointer import join

_LONG = 200


def schema() -> dict[str, Any]:
    """A JSON Schema 2020-12: vcrpy's format, with what this suite keeps under ``metadata``."""
    metadata = Provenance.model_json_schema()
    definitions = metadata.pop("$defs", {})
    headers = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    body = {"type": ["string", "null"], "description": "Bytes that are no text are a YAML binary."}
    request = {
        "method": {"type": "string"},
        "uri": {"type": "string", "format": "uri"},
        "headers": headers,
        "body": body,
    }
    status = {"code": {"type": "integer"}, "message": {"type": "string"}}
    response = {"status": _object(status), "headers": headers, "body": _object({"string": body})}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cassette",
        "type": "object",
        "required": ["version", "metadata", "interactions"],
        "properties": {
            "version": {"const": 1},
            "metadata": {"$ref": "#/$defs/Provenance"},
            "interactions": {
                "type": "array",
                "items": _object({"request": _object(request), "response": _object(response)}),
            },
        },
        "$defs": {**definitions, "Provenance": metadata},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def faults(value: Any) -> Iterator[str]:
    """Where ``value``, as a YAML reader gives it, is no cassette, and why; ``Provenance`` judges its metadata."""
    for error in _validator().iter_errors(_json(value)):
        says = error.message if len(error.message) < _LONG else f"{error.message[: _LONG - 3]}..."
        yield f"{join(*error.instance_path) or '/'}: {says}"


@cache
def _validator() -> jsonschema_rs.Validator:
    whole = schema()
    return jsonschema_rs.Draft202012Validator({**whole, "properties": {**whole["properties"], "metadata": {}}})


def _json(value: Any) -> Any:
    """The value with texts for what only YAML has: bytes, dates and keys that are none."""
    if isinstance(value, dict):
        return {str(key): _json(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_json(member) for member in value]
    if isinstance(value, bytes):
        return ""
    return value.isoformat() if isinstance(value, date) else value
