"""Hold a reply, or an event, against the contract: status, media type, body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from conformance.contract.closest import closest
from conformance.contract.document import Document, Operation
from conformance.contract.media import covering, is_json
from conformance.contract.message import Reply
from conformance.contract.schema import Direction, standalone


@dataclass(frozen=True)
class Violation:
    """One way in which a message departs from the contract.

    ``pointer`` is where in its body, and ``keyword`` the pointer in the schema to what is broken there.
    """

    rule: str
    expected: str
    actual: str
    pointer: str = ""
    keyword: str = ""


@dataclass
class Validators:
    """Compiled validators of one document, each compiled once, when first needed."""

    document: Document
    _compiled: dict[str, jsonschema_rs.Validator] = field(default_factory=dict, repr=False)

    def reply(self, operation: Operation, reply: Reply) -> Violation | None:
        """The first way in which ``reply`` departs from what the contract says of ``operation``."""
        key = operation.response(reply.status)
        if key is None:
            listed = ", ".join(operation.responses)
            return Violation("status", f"one of the documented statuses {listed}", f"status {reply.status}")
        media_types = operation.responses[key]
        if not media_types or operation.method == "HEAD":
            return None
        described = covering(media_types, reply.media_type)
        if described is None:
            wanted = " or ".join(media_types)
            return Violation(
                "media type", f"{wanted} with status {reply.status}", reply.media_type or "no content type"
            )
        if not is_json(reply.media_type):
            return None
        if not reply.is_json:
            return Violation("body", "a JSON body", f"{reply.content[:80]!r}")
        return self.value(f"{operation.id} {key} {described}", media_types[described], reply.json, "response")

    def event(self, name: str, value: Any) -> Violation | None:
        """The first way in which a delivered ``value`` departs from the webhook ``name``, discriminator included."""
        schema: Mapping[str, Any] = next(iter(self.document.webhooks[name].values()), {})
        chosen = self._discriminated(schema, value)
        return self.value(f"webhook {name} {chosen.get('$ref', '')}", chosen, value, "request")

    def _discriminated(self, schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
        chosen = self.document.schema(schema).get("discriminator")
        if not chosen or not isinstance(value, dict):
            return schema
        target = chosen.get("mapping", {}).get(value.get(chosen["propertyName"]))
        return {"$ref": target} if target else schema

    def value(self, key: str, schema: Mapping[str, Any], value: Any, direction: Direction) -> Violation | None:
        """The first way in which ``value`` departs from ``schema``; ``key`` names the compiled validator."""
        validator = self._compiled.get(key)
        if validator is None:
            validator = jsonschema_rs.Draft202012Validator(
                standalone(self.document, schema, direction), validate_formats=True
            )
            self._compiled[key] = validator
        if validator.is_valid(value):
            return None
        error = closest(next(iter(validator.iter_errors(value))))
        pointer = "".join(f"/{part}" for part in error.instance_path)
        keyword = "".join(f"/{part}" for part in error.schema_path)
        return Violation("schema", error.message, f"{error.instance!r}"[:200], pointer, keyword)
