"""The shape that a schema gives to values: which properties it declares, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from conformance.contract.document import Document


def has_property(document: Document, schema: Any, path: Sequence[str]) -> bool:
    """Whether ``schema`` declares something at ``path`` (reference tokens); open objects and arrays admit anything."""
    if not path:
        return True
    head, rest = path[0], path[1:]
    for variant in variants(document, schema):
        properties = variant.get("properties", {})
        if head in properties:
            if has_property(document, properties[head], rest):
                return True
        elif (head.isdigit() or head in {"-", "*"}) and "items" in variant:
            if has_property(document, variant["items"], rest):
                return True
        elif variant.get("additionalProperties") or _is_open(variant):
            return True
    return False


def _is_open(variant: Mapping[str, Any]) -> bool:
    """Whether a schema declares nothing of what an object holds, and so leaves all of it open."""
    declares = {"properties", "additionalProperties", "items", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"}
    return variant.get("type", "object") in ("object", ["object", "null"]) and not declares & variant.keys()


def variants(document: Document, schema: Any) -> Iterator[Mapping[str, Any]]:
    """``schema`` and everything that it is combined of, references resolved."""
    here = document.schema(schema)
    yield here
    for word in ("allOf", "anyOf", "oneOf"):
        for part in here.get(word, ()):
            yield from variants(document, part)


def required(document: Document, schema: Any) -> tuple[str, ...]:
    """The properties that every value of ``schema`` has, those of ``allOf`` parts included."""
    here = document.schema(schema)
    found = list(here.get("required", ()))
    for part in here.get("allOf", ()):
        found += required(document, part)
    return tuple(dict.fromkeys(found))


def declared(document: Document, schema: Any, path: Iterable[str]) -> Mapping[str, Any]:
    """The schema that ``schema`` declares at ``path`` (reference tokens), an empty one where it declares none."""
    found = document.schema(schema)
    for name in path:
        found = properties(document, found).get(name, {})
    return found


def properties(document: Document, schema: Any) -> dict[str, Any]:
    """The declared properties of an object schema, those of ``allOf`` parts included, references resolved."""
    here = document.schema(schema)
    found: dict[str, Any] = {}
    for part in here.get("allOf", ()):
        found |= properties(document, part)
    for name, item in here.get("properties", {}).items():
        found[name] = document.schema(item)
    return found
