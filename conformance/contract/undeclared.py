"""Properties that a reply shows and the contract does not declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.document import Document, Operation
from conformance.contract.message import Reply
from conformance.contract.pointer import join
from conformance.contract.shape import variants

ANY = "*"
"""Stands in a pointer for every item of an array."""


def undeclared_properties(document: Document, operation: Operation, reply: Reply) -> tuple[str, ...]:
    """Pointers to them, each once, ``*`` standing for the index of an item; none for a reply that is not described.

    A schema that says what further properties are, or that any may come, declares them all.
    """
    key = operation.response(reply.status)
    content = operation.responses[key] if key else {}
    schema = content.get(reply.media_type, content.get("*/*"))
    if schema is None or not reply.is_json:
        return ()
    return tuple(dict.fromkeys(_below(document, [schema], reply.json, "")))


def _below(document: Document, schemas: list[Any], value: Any, at: str) -> Iterator[str]:
    every = [one for schema in schemas for one in variants(document, schema)]
    if isinstance(value, list):
        items = [one["items"] for one in every if "items" in one]
        for item in value if items else ():
            yield from _below(document, items, item, f"{at}/{ANY}")
    if isinstance(value, dict) and not any(map(_open, every)):
        for name, inner in value.items():
            declared = [one["properties"][name] for one in every if name in one.get("properties", ())]
            if declared:
                yield from _below(document, declared, inner, at + join(name))
            else:
                yield at + join(name)


def _open(schema: Mapping[str, Any]) -> bool:
    """Whether a schema speaks of further properties, or of no property at all."""
    silent = not {"properties", "allOf", "anyOf", "oneOf", "items"} & schema.keys()
    return bool(schema.get("additionalProperties")) or "patternProperties" in schema or silent
