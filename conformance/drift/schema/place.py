"""Places inside schemas as they are written down, past references and parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from conformance.contract import pointer
from conformance.contract.pointer import join
from conformance.contract.references import referred

Kind = Literal["property", "items", "other"]


@dataclass(frozen=True)
class Step:
    """One step into a value: to a property, to an item, or to a property that the schema does not name."""

    kind: Kind
    name: str = ""


def child(root: Mapping[str, Any], at: str, step: Step) -> str:
    """The pointer of what is written about ``step`` in the schema at a pointer; that schema's own when nothing is."""
    for part in _parts(root, at):
        schema = pointer.get(root, part)
        if not isinstance(schema, dict):
            continue
        match step.kind:
            case "property" if step.name in (schema.get("properties") or ()):
                return f"{part}/properties{join(step.name)}"
            case "items" if "items" in schema:
                return f"{part}/items"
            case "other" if isinstance(schema.get("additionalProperties"), dict):
                return f"{part}/additionalProperties"
    return target(root, at)


def declares(root: Mapping[str, Any], at: str, words: set[str]) -> str:
    """The pointer of the part of a schema that has one of the keywords ``words``; of the schema when none has."""
    for part in _parts(root, at):
        schema = pointer.get(root, part)
        if isinstance(schema, dict) and words & schema.keys():
            return part
    return target(root, at)


def has(root: Mapping[str, Any], at: str, mark: str) -> bool:
    """Whether the schema at a pointer, or a part of it, has the annotation ``mark``."""
    found = (pointer.get(root, part) for part in _parts(root, at))
    return any(isinstance(schema, dict) and schema.get(mark) is True for schema in found)


def target(root: Mapping[str, Any], at: str) -> str:
    """The pointer of the schema itself where a reference to it stands at a pointer."""
    seen = set()
    while at not in seen:
        seen.add(at)
        schema = pointer.get(root, at)
        place = referred(root, schema)
        if place is None or len(schema) > 1:
            break
        at = place
    return at


def _parts(root: Mapping[str, Any], at: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The pointers of a schema and of what it is made of."""
    if at in seen:
        return
    seen |= {at}
    yield at
    schema = pointer.get(root, at)
    if not isinstance(schema, dict):
        return
    if (place := referred(root, schema)) is not None:
        yield from _parts(root, place, seen)
    for word in ("allOf", "oneOf", "anyOf"):
        members = schema.get(word)
        for index in range(len(members) if isinstance(members, list) else 0):
            yield from _parts(root, f"{at}/{word}/{index}", seen)
