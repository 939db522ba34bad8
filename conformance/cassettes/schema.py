"""The JSON Schema of a cassette, as a YAML reader gives it."""

from __future__ import annotations

from typing import Any

from conformance.cassettes.provenance import Provenance


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
