"""The parts of an operation's wire form, each with a digest, so that one that changed can be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.wire_schema import canonical_text

LENGTH = 12
"""Hexadecimal digits of a part's digest: enough to tell, not to prove, which the digest of the whole does."""


def parts(value: Mapping[str, Any]) -> dict[str, str]:
    """The digests by pointer: each parameter, each top property of each body, and whatever else there is."""
    return {at: sha256(canonical_text(part).encode()).hexdigest()[:LENGTH] for at, part in _parts(value)}


def changed_parts(ours: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """The pointers at which two sets of parts differ, sorted."""
    return sorted(at for at in ours.keys() | known.keys() if ours.get(at) != known.get(at))


def _parts(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        match name:
            case "parameters":
                yield from ((join(name, key), parameter) for key, parameter in part.items())
            case "responses":
                for status, response in part.items():
                    yield from _message(join(name, status), response)
            case "request" if part:
                yield from _message(join(name), part)
            case _:
                yield join(name), part


def _message(at: str, message: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    rest = {name: part for name, part in message.items() if name != "content"}
    yield at, rest
    for media_type, described in (message.get("content") or {}).items():
        here = f"{at}/content{join(media_type)}"
        schema = described.get("schema")
        properties = schema.get("properties") if isinstance(schema, Mapping) else None
        if not properties:
            yield here, described
            continue
        yield here, {**described, "schema": {name: part for name, part in schema.items() if name != "properties"}}
        yield from ((f"{here}/schema/properties{join(name)}", part) for name, part in properties.items())
