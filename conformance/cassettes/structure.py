"""Two replies compared: status, media type, keys, types and constants; values that are a server's own may differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from conformance.contract.document import Document, Operation
from conformance.contract.media import covering
from conformance.contract.message import Reply
from conformance.contract.pointer import join
from conformance.contract.shape import required, variants

Told = tuple[str, str]
"""A pointer into the body, empty for the reply itself, and how the two differ there."""


def disagreements(
    document: Document,
    operation: Operation,
    recorded: Reply,
    seen: Reply,
    *,
    constants: Collection[str] | None = None,
    part: bool = False,
) -> Iterator[Told]:
    """How ``seen`` differs from ``recorded`` in what the contract does not leave open.

    ``constants`` are the pointers of values that every server gives; ``None`` means those that the contract has an
    ``enum``, a ``const`` or the type boolean for, outside arrays. ``part`` says that ``recorded`` leaves keys out.
    """
    if recorded.status != seen.status:
        one, other = (operation.response(reply.status) for reply in (recorded, seen))
        if recorded.status < 400 or seen.status < 400 or one != other:
            yield "", f"status {recorded.status} recorded, {seen.status} now"
            return
    if recorded.media_type != seen.media_type:
        yield "", f"{recorded.media_type or 'no body'} recorded, {seen.media_type or 'no body'} now"
        return
    if recorded.is_json and seen.is_json:
        key = operation.response(recorded.status)
        media_types = operation.responses.get(key or "", {})
        described = covering(media_types, recorded.media_type)
        schema = media_types[described] if described else {}
        yield from _Walk(document, constants, part).compare(schema, recorded.json, seen.json, "", outside=True)


class _Walk:
    def __init__(self, document: Document, constants: Collection[str] | None, part: bool) -> None:
        self.document = document
        self.constants = constants
        self.part = part

    def compare(self, schema: Any, one: Any, other: Any, at: str, *, outside: bool) -> Iterator[Told]:
        """Differences from ``at`` on; ``outside`` says that no array is on the way."""
        kinds = _kind(one), _kind(other)
        if kinds[0] != kinds[1]:
            if not all(self._admits(schema, kind) for kind in kinds):
                yield at, f"{kinds[0]} recorded, {kinds[1]} now"
        elif isinstance(one, dict):
            yield from self._objects(schema, one, other, at, outside=outside)
        elif isinstance(one, list):
            yield from self._arrays(schema, one, other, at)
        elif one != other and self._is_constant(schema, at, outside):
            yield at, f"{one!r} recorded, {other!r} now"

    def _objects(
        self, schema: Any, one: dict[str, Any], other: dict[str, Any], at: str, *, outside: bool
    ) -> Iterator[Told]:
        declared = self._properties(schema)
        needed = set(required(self.document, schema))
        if declared:
            for key in one.keys() - other.keys():
                if key not in declared or key in needed:
                    yield f"{at}{join(key)}", "recorded, and missing now"
            for key in other.keys() - one.keys():
                if key not in declared and not self.part:
                    yield f"{at}{join(key)}", "not recorded, and there now"
        for key, value in one.items():
            if key in other:
                yield from self.compare(declared.get(key, {}), value, other[key], f"{at}{join(key)}", outside=outside)

    def _arrays(self, schema: Any, one: list[Any], other: list[Any], at: str) -> Iterator[Told]:
        items: Any = next((part["items"] for part in variants(self.document, schema) if "items" in part), {})
        for number, item in enumerate(other if one else ()):
            found = [list(self.compare(items, known, item, f"{at}/{number}", outside=False)) for known in one]
            if all(found):
                yield from min(found, key=len)

    def _properties(self, schema: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in variants(self.document, schema):
            found |= part.get("properties", {})
        return found

    def _admits(self, schema: Any, kind: str) -> bool:
        """Whether the contract lets a value be of this kind; where it says nothing, it does not matter."""
        for part in variants(self.document, schema):
            types = part.get("type", [])
            named = {types} if isinstance(types, str) else set(types)
            if part.get("nullable"):
                named.add("null")
            if kind in {"number" if name == "integer" else name for name in named}:
                return True
        return not any("type" in part for part in variants(self.document, schema))

    def _is_constant(self, schema: Any, at: str, outside: bool) -> bool:
        if self.constants is not None:
            return at in self.constants
        parts = list(variants(self.document, schema))
        return outside and any("enum" in part or "const" in part or part.get("type") == "boolean" for part in parts)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds: dict[type, str] = {dict: "object", list: "array", str: "string", type(None): "null"}
    return kinds.get(type(value), "number")
