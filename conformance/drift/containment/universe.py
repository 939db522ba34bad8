"""The schemas of several documents side by side, each that means the same by its shape there only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

import jsonschema_rs

from conformance.contract.closest import closest
from conformance.contract.pointer import join
from conformance.drift.containment.rewriting import Schema, text

_LISTS = frozenset({"allOf", "anyOf", "oneOf"})
_DATA = frozenset({"enum", "type", "required"})


@dataclass(frozen=True, eq=False)
class Node:
    """A schema of the dialect; the same schema is the same node of a universe."""

    text: str
    schema: Schema

    def __repr__(self) -> str:
        return self.text

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The keywords; none for what admits everything, and a ``not`` of that for what admits nothing."""
        if isinstance(self.schema, bool):
            return {} if self.schema else {"not": True}
        return self.schema


@dataclass
class Universe:
    """Nodes, and the definitions that references in them lead to."""

    definitions: Mapping[str, Schema] = field(default_factory=dict)
    _nodes: dict[str, Node] = field(default_factory=dict, repr=False)
    _by_identity: dict[int, tuple[Schema, Node]] = field(default_factory=dict, repr=False)
    _linked: dict[str, tuple[Any, list[str]]] = field(default_factory=dict, repr=False)
    _validators: dict[str, jsonschema_rs.Validator] = field(default_factory=dict, repr=False)

    def node(self, schema: Schema) -> Node:
        """The node of a schema whose references are names of ``definitions``."""
        known = self._by_identity.get(id(schema))
        if known is not None and known[0] is schema:
            return known[1]
        key = text(schema)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = Node(key, schema)
        self._by_identity[id(schema)] = (schema, found)
        return found

    def resolved(self, node: Node) -> Node:
        """``node``, or what it is a reference to."""
        seen = set()
        while set(node.said) == {"$ref"} and node.text not in seen:
            seen.add(node.text)
            node = self.node(self.definitions[node.said["$ref"]])
        return node

    def admits(self, node: Node, value: Any) -> bool:
        """Whether the validator finds ``value`` valid."""
        if node.said.keys() == {"allOf"}:
            return all(self.admits(self.node(part), value) for part in node.said["allOf"])
        name = node.said["$ref"] if node.said.keys() == {"$ref"} else self._named.get(node.text)
        if name is not None and self._all is not None:
            return self._all.is_valid({name: value})
        return self._validator(node).is_valid(value)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """The names of the definitions, by their texts."""
        return {text(definition): name for name, definition in self.definitions.items()}

    @cached_property
    def _all(self) -> jsonschema_rs.Validator | None:
        """One validator for every definition, as a property of its name: each alone holds again what it reaches."""
        definitions = {name: self._definition(name)[0] for name in self.definitions}
        properties = {name: {"$ref": f"#/$defs/{name}"} for name in definitions}
        try:
            return compiled({"properties": properties, "$defs": definitions})
        except ValueError:
            return None

    def _validator(self, node: Node) -> jsonschema_rs.Validator:
        validator = self._validators.get(node.text)
        if validator is None:
            validator = self._validators[node.text] = compiled(self.standalone(node))
        return validator

    def why(self, node: Node, value: Any) -> str:
        """What the validator has against ``value``, and where; empty when it has nothing."""
        if isinstance(node.schema, bool):
            return "" if node.schema else "nothing is allowed here"
        error = self._error(node, value)
        if error is None:
            return ""
        place = join(*error.instance_path)
        message = error.message.replace("False schema does not allow", "nothing is allowed here, not even")
        return f"{place}: {message}" if place else message

    def where(self, node: Node, value: Any) -> tuple[str | int, ...]:
        """The steps into ``value`` to what the validator has something against; none when it has nothing."""
        error = None if isinstance(node.schema, bool) else self._error(node, value)
        return tuple(error.instance_path) if error else ()

    def _error(self, node: Node, value: Any) -> jsonschema_rs.ValidationError | None:
        error = next(iter(self._validator(node).iter_errors(value)), None)
        return closest(error) if error else None

    def standalone(self, node: Node) -> Schema:
        """The schema with the definitions that it reaches, as JSON Schema 2020-12."""
        if isinstance(node.schema, bool):
            return node.schema
        reached: dict[str, Any] = {}
        waiting = references(node.schema)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached[name], further = self._definition(name)
                waiting += further
        return {**_pointing(node.schema), "$defs": reached} if reached else node.schema

    def _definition(self, name: str) -> tuple[Any, list[str]]:
        """A definition as JSON Schema 2020-12, and the names that it refers to."""
        if name not in self._linked:
            definition = self.definitions[name]
            self._linked[name] = _pointing(definition), references(definition)
        return self._linked[name]


def compiled(schema: Schema) -> jsonschema_rs.Validator:
    """A validator that checks formats too."""
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats={"byte": _is_base64})


@lru_cache(maxsize=4096)
def is_readable(pattern: str) -> bool:
    """Whether the validator takes a text for a regular expression."""
    try:
        compiled({"pattern": pattern})
    except ValueError:
        return False
    return True


def link(tables: Sequence[Mapping[str, Schema]]) -> tuple[dict[str, Schema], list[dict[str, str]]]:
    """One table of definitions for several, and for each the names that its keys have there.

    Definitions that are alike all the way down, whatever their names are and in which order their unions stand, get
    one name: they are told apart by what they say, then by what they refer to, until nothing more is told apart.
    """
    entries = [(number, key) for number, table in enumerate(tables) for key in table]
    colours = dict.fromkeys(entries, "")
    classes = 0
    while True:
        fresh = {}
        for number, key in entries:
            form = _coloured(tables[number][key], {k: colours[number, k] for k in references(tables[number][key])})
            fresh[number, key] = sha256(text(form).encode()).hexdigest()[:20]
        colours = fresh
        if len(set(colours.values())) == classes:
            break
        classes = len(set(colours.values()))
    names: list[dict[str, str]] = [{key: colours[n, key] for key in table} for n, table in enumerate(tables)]
    definitions: dict[str, Schema] = {}
    for number, key in entries:
        if colours[number, key] not in definitions:
            definitions[colours[number, key]] = relinked(tables[number][key], names[number])
    return definitions, names


def relinked(schema: Schema, names: Mapping[str, str]) -> Schema:
    """``schema`` with its references renamed and its unions in the order that follows from that."""
    form: Schema = _coloured(schema, names)
    return form


def _coloured(schema: Any, colours: Mapping[str, str]) -> Any:
    if isinstance(schema, list):
        return [_coloured(one, colours) for one in schema]
    if not isinstance(schema, dict):
        return schema
    form: dict[str, Any] = {}
    for word, value in schema.items():
        if word == "$ref":
            form[word] = colours[value]
        elif word in _DATA:
            form[word] = value
        elif word in {"properties", "patternProperties"}:
            form[word] = {name: _coloured(one, colours) for name, one in value.items()}
        elif word in _LISTS:
            form[word] = sorted((_coloured(one, colours) for one in value), key=text)
        else:
            form[word] = _coloured(value, colours)
    return form


def references(schema: Any) -> list[str]:
    """The names that references in ``schema`` lead to."""
    if isinstance(schema, list):
        return [name for one in schema for name in references(one)]
    if not isinstance(schema, dict):
        return []
    found: list[str] = []
    for word, value in schema.items():
        if word == "$ref":
            found.append(value)
        elif word in {"properties", "patternProperties"}:
            found += [name for one in value.values() for name in references(one)]
        elif word not in _DATA:
            found += references(value)
    return found


def _pointing(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_pointing(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    form: dict[str, Any] = {}
    for word, value in schema.items():
        if word == "$ref":
            form[word] = f"#/$defs/{value}"
        elif word in {"properties", "patternProperties"}:
            form[word] = {name: _pointing(one) for name, one in value.items()}
        elif word in _DATA:
            form[word] = value
        else:
            form[word] = _pointing(value)
    return form


def _is_base64(value: str) -> bool:
    import base64
    import binascii

    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
