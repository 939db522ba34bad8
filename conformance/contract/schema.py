"""Schemas of OpenAPI documents as JSON Schema 2020-12, for one direction of travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from conformance.contract.document import Document

Direction = Literal["request", "response"]

_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMA = ("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else")
_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")


def standalone(document: Document, schema: Mapping[str, Any], direction: Direction) -> dict[str, Any]:
    """``schema`` with the component schemas beside it, ready for a JSON Schema 2020-12 validator.

    A property that is ``writeOnly`` is not required of a response, nor one that is ``readOnly`` of a request.
    """
    components = (document.root.get("components") or {}).get("schemas") or {}
    convert = Converter(document, direction)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": {"schemas": {name: convert(item) for name, item in components.items()}},
        "allOf": [convert(schema)],
    }


class Converter:
    """Makes JSON Schema 2020-12 of the schemas of one document, for one direction of travel."""

    def __init__(self, document: Document, direction: Direction) -> None:
        self.document = document
        self.hidden = "writeOnly" if direction == "response" else "readOnly"

    def __call__(self, schema: Any) -> Any:
        """``schema`` in the other dialect; references stay as they are."""
        if not isinstance(schema, Mapping):
            return schema
        if "$ref" in schema and self.document.is_30:
            return {"$ref": schema["$ref"]}
        result = {key: self._keyword(key, value) for key, value in schema.items() if key != "xml"}
        if self.document.is_30:
            _bounds(result)
            result = _nullable(result)
        if "required" in result:
            result["required"] = [name for name in result["required"] if not self._is_hidden(schema, name)]
        return result

    def _keyword(self, key: str, value: Any) -> Any:
        if key in _SCHEMAS:
            return [self(item) for item in value]
        if key in _SCHEMA:
            return self(value)
        if key in _MAPS:
            return {name: self(item) for name, item in value.items()}
        return value

    def _is_hidden(self, schema: Mapping[str, Any], name: str) -> bool:
        declared = self.document.schema(schema.get("properties", {}).get(name, {}))
        return bool(declared.get(self.hidden))


def _bounds(schema: dict[str, Any]) -> None:
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and limit in schema:
                schema[exclusive] = schema.pop(limit)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if not schema.pop("nullable", False):
        return schema
    return {"anyOf": [{"type": "null"}, schema]}
