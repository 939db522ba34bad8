"""An object or array schema laid open: what its parts say of each property, of items, and of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.drift.containment.rewriting import Schema, all_of, text
from conformance.drift.containment.universe import Node, Universe

_LAID_OPEN = frozenset(
    {"properties", "required", "additionalProperties", "patternProperties", "items", "allOf", "$ref"}
)


@dataclass(frozen=True)
class Others:
    """What a part says of the properties that it does not name."""

    names: frozenset[str]
    patterns: Mapping[str, Schema]
    schema: Schema


@dataclass(frozen=True)
class View:
    """The parts of one schema together. ``rest`` are the parts' other keywords, by their texts."""

    properties: Mapping[str, Schema]
    required: frozenset[str]
    items: Schema
    others: tuple[Others, ...]
    rest: Mapping[str, Schema]

    @property
    def is_open(self) -> bool:
        """Whether it says nothing about the properties that it does not name."""
        return not self.others

    def other(self, name: str) -> Schema:
        """What it says of a property that it does not name."""
        return all_of([one.schema for one in self.others if name not in one.names and not one.patterns])

    def keywords(self) -> dict[str, Any]:
        """The other keywords, each with the texts of its values."""
        found: dict[str, Any] = {}
        for part in self.rest.values():
            for word, value in part.items() if isinstance(part, dict) else ():
                found[word] = sorted({*found.get(word, ()), text(value)})
        return found


def view(universe: Universe, node: Node) -> View:
    """``node`` laid open."""
    properties: dict[str, Schema] = {}
    required: set[str] = set()
    items: Schema = True
    others: list[Others] = []
    rest: dict[str, Schema] = {}
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        part = universe.resolved(waiting.pop())
        if part.text in seen:
            continue
        seen.add(part.text)
        said = part.said
        waiting += [universe.node(member) for member in said.get("allOf", ())]
        if "$ref" in said:
            waiting.append(universe.node({"$ref": said["$ref"]}))
        for name, schema in said.get("properties", {}).items():
            properties[name] = all_of([properties.get(name, True), schema])
        required |= set(said.get("required", ()))
        closed = {"items"} if "prefixItems" in said else set()
        if "items" in said and not closed:
            items = all_of([items, said["items"]])
        if "additionalProperties" in said or "patternProperties" in said:
            patterns = said.get("patternProperties", {})
            others.append(
                Others(frozenset(said.get("properties", ())), patterns, said.get("additionalProperties", True))
            )
        left = {word: value for word, value in said.items() if word not in _LAID_OPEN or word in closed}
        if left:
            rest[text(left)] = left
    return View(properties, frozenset(required), items, tuple(others), rest)
