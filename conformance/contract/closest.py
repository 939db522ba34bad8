"""What a validator has against a value, where a union refused it: the word of the member that it was meant for."""

from __future__ import annotations

from collections.abc import Sequence

import jsonschema_rs

_UNIONS = frozenset({"anyOf", "oneOf"})
_CHOOSING = {"type": 0, "const": 1, "enum": 1}
"""Keywords by which a value tells of which member it is, and how deep in it."""


def closest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """The first error of the member of a union that ``value`` comes closest to; of anything else, ``error`` itself."""
    while error.kind.name in _UNIONS:
        members = [member for member in error.kind.context if member] if hasattr(error.kind, "context") else []
        if not members:
            break
        depth = len(error.instance_path)
        error = min(members, key=lambda member: _distance(member, depth))[0]
    return error


def _distance(errors: Sequence[jsonschema_rs.ValidationError], depth: int) -> tuple[int, int, int]:
    """How far a value at ``depth`` is from a member: what it says of itself, then where it fails, and how often."""
    places = [len(error.instance_path) - depth for error in errors]
    choosing = any(place <= _CHOOSING.get(error.kind.name, -1) for error, place in zip(errors, places, strict=True))
    return (int(choosing), -min(places), len(errors))
