"""Two documents side by side: their schemas in one dialect, JSON Schema 2020-12, and validators for both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from conformance.contract.document import Document
from conformance.contract.pointer import ABSENT, get, join
from conformance.contract.schema import Converter, Direction
from conformance.errors import DocumentError

Schema = Any
"""A JSON Schema: an object, True or False."""

SILENT: Schema = {"$comment": "further properties, of which the sender's document does not speak"}
"""What stands for ``additionalProperties`` where a sender's object lists properties and is silent about others.

Such a sender sends none of the properties that the receiver's document lists and its own does not.
"""

_SAYS_NOTHING = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "externalDocs", "readOnly"}
    | {"writeOnly", "contentEncoding", "contentMediaType", "$schema", "$id", "$anchor", "xml", "discriminator"}
)
_LITERALS = frozenset({"enum", "const"})
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def text(value: Any) -> str:
    """One text for each JSON value, whatever the order of its members."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def as_written(schema: Schema) -> Schema:
    """A schema for readers: references as the document has them, without what stands for silence."""
    if isinstance(schema, Mapping):
        kept = {key: as_written(value) for key, value in schema.items() if value != SILENT}
        if isinstance(kept.get("$ref"), str):
            place = kept["$ref"].split("/", 2)[2]
            kept["$ref"] = "#" + place.replace("~1", "/").replace("~0", "~")
        return kept
    return [as_written(item) for item in schema] if isinstance(schema, list) else schema


def conjunction(*schemas: Schema) -> Schema:
    """The schema of the values that all ``schemas`` have."""
    parts: dict[str, Schema] = {}
    for schema in schemas:
        if schema is False:
            return False
        if schema is not True and schema != {}:
            parts.setdefault(text(schema), schema)
    if not parts:
        return True
    if len(parts) > 1:
        parts.pop(text(SILENT), None)
    found = list(parts.values())
    return found[0] if len(found) == 1 else {"allOf": found}


@dataclass
class Universe:
    """The definitions of every side, by the reference that leads to them (``#/old/…``), converted when first needed."""

    sides: dict[str, Side] = field(default_factory=dict)
    _definitions: dict[str, Schema] = field(default_factory=dict, repr=False)
    _validators: dict[str, jsonschema_rs.Validator] = field(default_factory=dict, repr=False)

    def side(self, name: str, document: Document, direction: Direction, *, sends: bool = False) -> Side:
        """A side called ``name``, whose schemas are those of ``document`` in one direction of travel.

        One that ``sends`` has objects that are ``SILENT``.
        """
        self.sides[name] = Side(self, name, document, Converter(document, direction), sends)
        return self.sides[name]

    def resolve(self, ref: str) -> Schema:
        """What a reference leads to."""
        if ref not in self._definitions:
            _, name, place = ref.split("/", 2)
            self._definitions[ref] = self.sides[name].definition(unquote(place).replace("~1", "/").replace("~0", "~"))
        return self._definitions[ref]

    def is_valid(self, schema: Schema, value: Any) -> bool:
        """Whether ``value`` is one of ``schema``, as the validator says."""
        if isinstance(schema, bool):
            return schema
        key = text(schema)
        validator = self._validators.get(key)
        if validator is None:
            validator = self._validators[key] = self._compiled(schema)
        return bool(validator.is_valid(value))

    def why(self, schema: Schema, value: Any) -> str:
        """Why ``value`` is none of ``schema``, in a few words."""
        self.is_valid(schema, value)
        error = next(iter(self._validators[text(schema)].iter_errors(value)), None)
        if error is None:
            return ""
        where = join(*error.instance_path)
        return f"{where}: {error.message}" if where else error.message

    def _compiled(self, schema: Schema) -> jsonschema_rs.Validator:
        reached: dict[str, Schema] = {}
        waiting = [schema]
        while waiting:
            for ref in references(waiting.pop()):
                if ref not in reached:
                    reached[ref] = self.resolve(ref)
                    waiting.append(reached[ref])
        root: dict[str, Any] = {"allOf": [schema]}
        for ref, definition in reached.items():
            _, name, place = ref.split("/", 2)
            root.setdefault(name, {})[place.replace("~1", "/").replace("~0", "~")] = definition
        return jsonschema_rs.Draft202012Validator(root, validate_formats=True)


@dataclass
class Side:
    """One document's schemas, converted for the universe that they are part of."""

    universe: Universe
    name: str
    document: Document
    convert: Converter
    sends: bool = False

    def schema(self, raw: Schema) -> Schema:
        """A schema as it stands in the document, for use in the universe."""
        return self._normal(self.convert(raw))

    def definition(self, pointer: str) -> Schema:
        """The schema at a pointer of the document; ``DocumentError`` when there is none."""
        found = get(self.document.root, pointer)
        if found is ABSENT:
            raise DocumentError(f"{self.document.path}: $ref '#{pointer}' leads nowhere", "define what it names")
        return self.schema(found)

    def _normal(self, schema: Schema) -> Schema:
        if not isinstance(schema, Mapping):
            return bool(schema) if isinstance(schema, bool) else True
        if isinstance(schema.get("discriminator"), Mapping) and ("oneOf" in schema or "anyOf" in schema):
            schema = self._chosen(schema)
        result: dict[str, Any] = {}
        for key, value in schema.items():
            if key in _SAYS_NOTHING or key.startswith("x-"):
                continue
            result[key] = self._keyword(key, value)
        _ranged(result)
        if self.sends and result.get("properties") and result.get("additionalProperties", True) in (True, {}):
            result["additionalProperties"] = SILENT
        if "$ref" in result and len(result) > 1:
            ref = result.pop("$ref")
            return {"allOf": [{"$ref": ref}, result]}
        return result

    def _keyword(self, key: str, value: Any) -> Any:
        if key == "$ref":
            return self._reference(value)
        if key in _LITERALS:
            return value
        if isinstance(value, Mapping):
            return self._named(key, value) if key in _NAMED else self._normal(value)
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            return [self._normal(item) for item in value]
        return value

    def _named(self, key: str, value: Mapping[str, Any]) -> dict[str, Schema]:
        """Schemas by the names of properties; those that do not travel in this direction are no properties."""
        travels = key != "properties"
        return {name: self._normal(item) for name, item in value.items() if travels or not self._is_hidden(item)}

    def _is_hidden(self, schema: Any) -> bool:
        """Whether a property does not travel in this direction."""
        declared = self.document.resolve(schema)
        return isinstance(declared, Mapping) and bool(declared.get(self.convert.hidden))

    def _chosen(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A union whose discriminator says which value goes with which branch, as alternatives that say it too."""
        told, word = schema["discriminator"], "oneOf" if "oneOf" in schema else "anyOf"
        values: dict[str, list[str]] = {}
        for value, target in (told.get("mapping") or {}).items():
            ref = target if "/" in str(target) else f"#/components/schemas/{target}"
            values.setdefault(ref, []).append(value)
        branches = []
        for branch in schema[word]:
            ref = branch.get("$ref") if isinstance(branch, Mapping) else None
            name = told.get("propertyName")
            if not isinstance(ref, str) or not isinstance(name, str):
                return dict(schema)
            meant = values.get(ref, [ref.rpartition("/")[2]])
            branches.append({"allOf": [branch, {"required": [name], "properties": {name: {"enum": sorted(meant)}}}]})
        rest = {key: value for key, value in schema.items() if key not in {word, "discriminator"}}
        return {**rest, "anyOf": branches}

    def _reference(self, ref: Any) -> str:
        if not isinstance(ref, str) or not ref.startswith("#"):
            raise DocumentError(f"{self.document.path}: $ref {ref!r} leaves the document", "bundle it into one file")
        return f"#/{self.name}{join(unquote(ref[1:]))}"


def references(schema: Schema) -> Iterator[str]:
    """Every reference within ``schema``."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for key, value in schema.items():
            if key not in _LITERALS:
                yield from references(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from references(item)


def _ranged(schema: dict[str, Any]) -> None:
    """Say the range of a sized integer with bounds, which every validator knows."""
    kinds = schema.get("type", ())
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if schema.get("format") in _RANGES and "integer" in kinds and "number" not in kinds:
        low, high = _RANGES[schema.pop("format")]
        schema["minimum"] = max(low, schema.get("minimum", low))
        schema["maximum"] = min(high, schema.get("maximum", high))
