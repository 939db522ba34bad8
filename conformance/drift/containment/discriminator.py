"""What a discriminator adds to a schema: the property's value says which schema the rest is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from conformance.contract import pointer
from conformance.contract.references import References
from conformance.drift.containment import rewriting
from conformance.drift.containment.rewriting import Schema
from conformance.errors import DocumentError

_COMPONENTS = "/components/schemas"


def chosen(references: References, said: Mapping[str, Any], word: str, members: Sequence[Schema]) -> list[Schema]:
    """The members of a union, each with the values by which the discriminator beside it chooses that member."""
    found = said.get("discriminator")
    name = found.get("propertyName") if isinstance(found, dict) else None
    if not isinstance(name, str):
        return list(members)
    mapping = _mapping(references, found or {})
    kept: list[Schema] = []
    for raw, member in zip(said[word], members, strict=True):
        place = (
            references.target(raw["$ref"], "") if isinstance(raw, dict) and isinstance(raw.get("$ref"), str) else None
        )
        values = sorted(value for value, target in mapping.items() if target == place)
        values = values or ([place.rpartition("/")[2]] if place and place.startswith(_COMPONENTS) else [])
        stated = _stated(references, place, name) if place else None
        if not values or (stated is not None and not set(values) & stated):
            kept.append(member)
        else:
            kept.append(rewriting.all_of([member, _says(name, values)]))
    return kept


def children(references: References, said: Mapping[str, Any], at: str, child: Callable[[str, str], Schema]) -> Schema:
    """The schemas that are made of this one by ``allOf``, each under the values by which it is chosen.

    ``child`` translates the schema at a pointer, as a part of the one at another.
    """
    name = said["discriminator"].get("propertyName")
    if not isinstance(name, str):
        return True
    mapping = _mapping(references, said["discriminator"])
    mapped = set(mapping.values())
    for place in _made_of(references, at):
        if place not in mapped:
            mapping[place.rpartition("/")[2]] = place
    if not mapping:
        return True
    by_target: dict[str, list[str]] = {}
    for value, target in mapping.items():
        by_target.setdefault(target, []).append(value)
    members = []
    for target, values in by_target.items():
        member = True if target == at else child(target, at)
        members.append(rewriting.all_of([_says(name, sorted(values)), {"required": [name]}, member]))
    return rewriting.implies({"type": ["object"]}, rewriting.union("anyOf", members))


def _says(name: str, values: Sequence[str]) -> Schema:
    return {"properties": {name: {"enum": list(values)}}}


def _mapping(references: References, discriminator: Mapping[str, Any]) -> dict[str, str]:
    """The pointers of the schemas by the value that chooses them."""
    found = {}
    mapping = discriminator.get("mapping")
    for value, target in (mapping if isinstance(mapping, dict) else {}).items():
        if not isinstance(target, str):
            raise DocumentError(f"discriminator mapping {value!r} is no reference", "name a schema")
        found[value] = references.target(
            target if "/" in target else f"#{_COMPONENTS}/{target}", "discriminator mapping"
        )
    return found


def _made_of(references: References, at: str) -> list[str]:
    schemas = references.value(_COMPONENTS)
    found = []
    for name, schema in schemas.items() if isinstance(schemas, dict) else ():
        parts = schema.get("allOf") if isinstance(schema, dict) else None
        refs = [one.get("$ref") for one in parts if isinstance(one, dict)] if isinstance(parts, list) else []
        if f"#{at}" in refs:
            found.append(_COMPONENTS + pointer.join(name))
    return found


def _stated(references: References, place: str, name: str) -> set[str] | None:
    """The values that a schema itself gives its property ``name``, or None when it leaves them open."""
    schema = references.value(place)
    parts = [schema, *(schema.get("allOf") or ())] if isinstance(schema, dict) else []
    for part in parts:
        whole, _ = references.followed(part, place)
        declared = whole.get("properties", {}).get(name) if isinstance(whole, dict) else None
        declared, _ = references.followed(declared, place)
        if isinstance(declared, dict) and "const" in declared:
            return {str(declared["const"])}
        if isinstance(declared, dict) and isinstance(declared.get("enum"), list):
            return {str(value) for value in declared["enum"]}
    return None
