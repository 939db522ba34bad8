"""Properties that a reply shows and the contract does not declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from conformance.contract.document import Document, Operation
from conformance.contract.media import covering
from conformance.contract.message import Reply
from conformance.contract.pointer import join, tokens
from conformance.contract.shape import variants

ANY = "*"
"""Stands in a pointer for every item of an array."""


class Undeclared:
    """What replies show beyond one document; each of its schemas is looked into once, when a value first meets it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[str, str, str], _Declared] = {}

    def left_out(self, operation: Operation, reply: Reply) -> Any:
        """The JSON value of ``reply`` without them: they may be anything at any time."""
        return _without(reply.json, [tokens(pointer) for pointer in self.properties(operation, reply)])

    def properties(self, operation: Operation, reply: Reply) -> tuple[str, ...]:
        """Pointers to them, each once, ``*`` standing for the index of an item; none for a reply that is not described.

        A schema that says what further properties are, or that any may come, declares them all.
        """
        key = operation.response(reply.status)
        content = operation.responses[key] if key else {}
        media_type = covering(content, reply.media_type)
        if media_type is None or not reply.is_json:
            return ()
        place = (operation.id, key or "", media_type)
        declared = self._known.get(place) or self._known.setdefault(
            place, _Declared(self._document, [content[media_type]])
        )
        found: dict[str, None] = {}
        declared.enter(reply.json, "", found)
        return tuple(found)


class _Declared:
    """What the schemas of one place declare together."""

    def __init__(self, document: Document, schemas: list[Any]) -> None:
        self._document = document
        self._every = [one for schema in schemas for one in variants(document, schema)]
        self._open = any(map(_open, self._every))
        self._inner: dict[str, tuple[str, _Declared]] = {}
        self._leaves: set[str] = set()

    def enter(self, value: Any, at: str, found: dict[str, None]) -> None:
        """Enter into ``found`` a pointer to each property that ``value``, which is at ``at``, shows undeclared."""
        if isinstance(value, dict):
            if self._open:
                return
            for name in [name for name in value if name not in self._leaves]:
                declared = self._inner.get(name) or self._look(name)
                if declared is None:
                    found[at + join(name)] = None
                else:
                    declared[1].enter(value[name], at + declared[0], found)
        elif isinstance(value, list) and self._items is not None:
            below = f"{at}/{ANY}"
            for item in value:
                self._items.enter(item, below, found)

    @cached_property
    def _items(self) -> _Declared | None:
        items = [one["items"] for one in self._every if "items" in one]
        return _Declared(self._document, items) if items else None

    def _look(self, name: str) -> tuple[str, _Declared] | None:
        """The pointer to a property and what is declared there; only what is declared is worth remembering."""
        found = [one["properties"][name] for one in self._every if name in one.get("properties", ())]
        if not found:
            return None
        declared = _Declared(self._document, found)
        if declared._open and declared._items is None:
            self._leaves.add(name)
        return self._inner.setdefault(name, (join(name), declared))


def _without(value: Any, paths: Sequence[tuple[str, ...]]) -> Any:
    """A copy of ``value`` without the properties that ``paths`` lead to; the same where there are none."""
    if not paths:
        return value
    if isinstance(value, list):
        below = [path[1:] for path in paths if path[0] == ANY]
        return [_without(item, below) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: inner for name, inner in value.items() if (name,) not in paths}
    return {name: _without(inner, [path[1:] for path in paths if path[0] == name]) for name, inner in kept.items()}


def _open(schema: Mapping[str, Any]) -> bool:
    """Whether a schema speaks of further properties, or of no property at all."""
    silent = not {"properties", "allOf", "anyOf", "oneOf", "items"} & schema.keys()
    return bool(schema.get("additionalProperties")) or "patternProperties" in schema or silent
