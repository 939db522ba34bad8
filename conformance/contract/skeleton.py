"""Whether a value has the build of an OpenAPI document, so that everything else can rely on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from conformance.contract.document import METHODS, Document
from conformance.contract.pointer import get, join
from conformance.errors import DocumentError


def require_build(document: Document, *, loose: bool = False) -> None:
    """Raise DocumentError, with file and pointer, for a document that is built in a way that nobody can read.

    ``loose`` takes what others' documents often have: null for an empty list or object, ``required`` as a boolean, and
    types of their own.
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
    skeleton = _Skeleton(("null",), ("null", "boolean"), ()) if loose else _Skeleton()
    return jsonschema_rs.Draft202012Validator(skeleton.document())


_SCHEMA = {"$ref": "#/$defs/schema"}
_TEXT = {"type": "string"}
_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@dataclass(frozen=True)
class _Skeleton:
    """The parts that are looked into: objects where objects are due, lists where lists are.

    ``empty`` are the further types of every list and object, ``required`` those of the list ``required``; ``types``
    are those that a schema can name, any text where they are none.
    """

    empty: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    types: tuple[str, ...] = _TYPES

    def document(self) -> dict[str, Any]:
        """What a whole document is built like, as a JSON Schema."""
        operations = dict.fromkeys(("paths", "webhooks", "x-webhooks"), self._map(self._item()))
        whole = _object(
            **operations,
            components={**self._components(), "type": ["object", *self.empty]},
            servers=self._servers(),
            security=self._list(self._map(self._list(True))),
        )
        return {**whole, "$defs": {"schema": {"type": ["boolean", "object"], "properties": self._keywords()}}}

    def _map(self, of: Any) -> dict[str, Any]:
        return {"type": ["object", *self.empty], "additionalProperties": of}

    def _list(self, of: Any) -> dict[str, Any]:
        return {"type": ["array", *self.empty], "items": of}

    def _keywords(self) -> dict[str, Any]:
        return {
            "properties": self._map(_SCHEMA),
            "patternProperties": self._map(_SCHEMA),
            "additionalProperties": _SCHEMA,
            "items": {"if": {"type": "array"}, "then": {"items": _SCHEMA}, "else": _SCHEMA},
            "allOf": self._list(_SCHEMA),
            "anyOf": self._list(_SCHEMA),
            "oneOf": self._list(_SCHEMA),
            "prefixItems": self._list(_SCHEMA),
            "not": _SCHEMA,
            "$ref": _TEXT,
            "required": {"type": ["array", *self.required], "items": _TEXT},
            "enum": {"type": "array"},
            "type": self._type(),
            "pattern": _TEXT,
            "format": _TEXT,
            **{word: {"type": "number"} for word in ("minimum", "maximum", "multipleOf")},
            **{word: {"type": ["number", "boolean"]} for word in ("exclusiveMinimum", "exclusiveMaximum")},
            **{word: {"type": "integer", "minimum": 0} for word in ("minLength", "maxLength", "minItems", "maxItems")},
            **{word: {"type": "integer", "minimum": 0} for word in ("minProperties", "maxProperties")},
            "discriminator": _object(mapping=self._map(_TEXT), propertyName=_TEXT),
        }

    def _type(self) -> dict[str, Any]:
        one = {"enum": list(self.types)} if self.types else _TEXT
        return {"if": {"type": "array"}, "then": {"items": one}, "else": one}

    def _content(self) -> dict[str, Any]:
        return self._map(_object(schema=_SCHEMA, encoding=self._map(_object())))

    def _response(self) -> dict[str, Any]:
        return _object(content=self._content(), headers=self._map(_object(schema=_SCHEMA)))

    def _parameter(self) -> dict[str, Any]:
        own = _object(**{"name": _TEXT, "in": _TEXT}, schema=_SCHEMA, content=self._content(), style=_TEXT)
        return {**own, "if": {"not": {"required": ["$ref"]}}, "then": {"required": ["name", "in"]}}

    def _servers(self) -> dict[str, Any]:
        return self._list(_object(variables=self._map(_object())))

    def _item(self) -> dict[str, Any]:
        parameters, servers = self._list(self._parameter()), self._servers()
        operation = _object(
            operationId=_TEXT,
            tags=self._list(True),
            parameters=parameters,
            requestBody=_object(content=self._content()),
            responses=self._map(self._response()),
            security=self._list(self._map(self._list(True))),
            servers=servers,
        )
        return _object(parameters=parameters, servers=servers, **dict.fromkeys(METHODS, operation))

    def _components(self) -> dict[str, Any]:
        return _object(
            schemas=self._map(_SCHEMA),
            responses=self._map(self._response()),
            parameters=self._map(self._parameter()),
            requestBodies=self._map(_object(content=self._content())),
            headers=self._map(_object(schema=_SCHEMA)),
            securitySchemes=self._map(_object(flows=self._map(_object()))),
        )
