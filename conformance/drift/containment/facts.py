"""What follows from the keywords of one schema for values of one type, whether they meet it or break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conformance.drift.containment.rewriting import Role
from conformance.drift.containment.universe import Node, Universe


@dataclass(frozen=True)
class Fact:
    """Something about a value of one type, by the name of its keyword or of the breach of one.

    ``arg`` is what the name is about: a bound, a property's name, a pattern, an index, texts of values. ``node`` is the
    schema concerned: the one that has the keyword, or the one that is broken somewhere inside the value.
    """

    name: str
    arg: Any = None
    node: Node | None = None
    role: Role = "sender"


UNREADABLE = "unreadable pattern"
"""The keyword of the dialect for a pattern that no validator compiles."""

UNDECIDED = (UNREADABLE, "$dynamicRef", "$recursiveRef", "unevaluatedItems", "unevaluatedProperties")
_SAME = {
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties"),
}
_OPPOSITE = {
    "minimum": "exclusiveMaximum",
    "maximum": "exclusiveMinimum",
    "exclusiveMinimum": "maximum",
    "exclusiveMaximum": "minimum",
    "multipleOf": "not multipleOf",
    "pattern": "not pattern",
    "format": "not format",
    "uniqueItems": "repeats",
}
_SHAPE = {"properties", "patternProperties", "additionalProperties"}


def met(universe: Universe, node: Node, kind: str, role: Role) -> Iterator[Fact]:
    """The facts that hold, all of them, of a ``kind`` that meets ``node``."""
    said = node.said
    for word in _SAME.get(kind, ()):
        if word in said:
            yield Fact(word, said[word])
    if kind == "array":
        if "items" in said or "prefixItems" in said:
            yield Fact("items", None, node, role)
        if "contains" in said:
            limits = (said.get("minContains", 1), said.get("maxContains"))
            yield Fact("contains", limits, universe.node(said["contains"]), role)
    if kind == "object":
        for name in said.get("required", ()):
            yield Fact("has", name, None, role)
        if said.keys() & _SHAPE:
            yield Fact("shape", None, node, role)
        if "propertyNames" in said:
            yield Fact("propertyNames", None, universe.node(said["propertyNames"]), role)
    for word in UNDECIDED:
        if word in said:
            yield Fact("undecided", word)


def broken(universe: Universe, node: Node, kind: str, role: Role) -> Iterator[Fact]:
    """The facts of which one holds of a ``kind`` that breaks ``node``."""
    said = node.said
    for word in _SAME.get(kind, ()):
        if word in said:
            yield _opposite(word, said[word])
    if kind == "array":
        yield from _broken_array(universe, node, role)
    if kind == "object":
        yield from _broken_object(universe, node, role)
    for word in UNDECIDED:
        if word in said:
            yield Fact("undecided", word)


def _opposite(word: str, value: Any) -> Fact:
    if word not in _OPPOSITE:
        count = word[3:]
        return Fact(f"max{count}", value - 1) if word.startswith("min") else Fact(f"min{count}", value + 1)
    return Fact(_OPPOSITE[word], value)


def _broken_array(universe: Universe, node: Node, role: Role) -> Iterator[Fact]:
    said = node.said
    prefix = said.get("prefixItems", ())
    for index, item in enumerate(prefix):
        yield Fact("bad item", index, universe.node(item), role)
    if "items" in said:
        yield Fact("bad item from", len(prefix), universe.node(said["items"]), role)
    if "contains" in said:
        limits = (said.get("minContains", 1), said.get("maxContains"))
        if limits == (1, None):
            yield Fact("no item", None, universe.node(said["contains"]), role)
        elif limits != (0, None):
            yield Fact("undecided", "contains")


def _broken_object(universe: Universe, node: Node, role: Role) -> Iterator[Fact]:
    said = node.said
    for name in said.get("required", ()):
        yield Fact("lacks", name, None, role)
    for name, schema in said.get("properties", {}).items():
        if schema is not True:
            yield Fact("bad property", name, universe.node(schema), role)
    for pattern, schema in said.get("patternProperties", {}).items():
        if schema is not True:
            yield Fact("bad match", pattern, universe.node(schema), role)
    if "additionalProperties" in said:
        yield Fact("bad other", node, universe.node(said["additionalProperties"]), role)
    if "propertyNames" in said:
        yield Fact("bad name", None, universe.node(said["propertyNames"]), role)
