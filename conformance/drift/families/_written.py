"""How the values of a parameter or header are written, told by writing a value of each kind that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.contract.pointer import ABSENT
from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Parameter
from conformance.drift.wording import change

_KINDS: tuple[tuple[str, Any], ...] = (("string", "a"), ("array", ["a", "b"]), ("object", {"a": "b", "c": "d"}))


def written_changes(
    comparison: Comparison, subject: str, operation: str, old: Parameter, new: Parameter, direction: Direction
) -> Iterator[Change]:
    """Changes of style, explode and the way into a media type, where a value would be written another way."""
    if (old.media is None) != (new.media is None) or (old.media and new.media and old.media.name != new.media.name):
        before, after = (one.media.name if one.media else None for one in (old, new))
        yield change("breaking", f"{subject}-media-type-changed", operation, new.pointer, direction, before, after)
        return
    if old.media is not None:
        return
    universe = comparison.containment.universe
    sender = comparison.old.nodes(old.schema)[0] if direction == "request" else comparison.new.nodes(new.schema)[0]
    for kind, value in _KINDS:
        one, other = written(old, value), written(new, value)
        types = ["string", "number", "boolean", "null"] if kind == "string" else [kind]
        if one == other or comparison.containment.sample(sender, universe.node({"type": types})) is ABSENT:
            continue
        words = [word for word in ("style", "explode") if word in new.raw]
        at = f"{new.pointer}/{words[0]}" if words else new.pointer
        yield change("breaking", f"{subject}-style-changed", operation, at, direction, one, other)
        return
    for word in ("allowReserved", "allowEmptyValue"):
        was, is_now = old.raw.get(word) is True, new.raw.get(word) is True
        if was != is_now:
            level: Level = "breaking" if was == (direction == "request") else "additive"
            at = f"{new.pointer}/{word}" if word in new.raw else new.pointer
            rule = f"{subject}-{'reserved' if word == 'allowReserved' else 'empty'}-changed"
            yield change(level, rule, operation, at, direction, was, is_now)


def written(parameter: Parameter, value: Any) -> str:
    """``value`` as the parameter's style writes it."""
    name, style, explode = parameter.name, parameter.style, parameter.explode
    if parameter.place == "path":
        name = "name"
    if isinstance(value, dict):
        pairs = [f"{key}={one}" for key, one in value.items()]
        flat = [part for pair in value.items() for part in pair]
        return _object(style, name, pairs, flat, explode=explode)
    values = value if isinstance(value, list) else [value]
    return _values(style, name, values, explode=explode)


def _values(style: str, name: str, values: list[str], *, explode: bool) -> str:
    match style:
        case "label":
            return "." + (".".join(values) if explode else ",".join(values))
        case "matrix":
            return "".join(f";{name}={one}" for one in values) if explode else f";{name}={','.join(values)}"
        case "simple":
            return ",".join(values)
        case "spaceDelimited" | "pipeDelimited" if not explode:
            return f"{name}={('%20' if style == 'spaceDelimited' else '|').join(values)}"
        case _:
            return "&".join(f"{name}={one}" for one in values) if explode else f"{name}={','.join(values)}"


def _object(style: str, name: str, pairs: list[str], flat: list[str], *, explode: bool) -> str:
    match style:
        case "label":
            return "." + (".".join(pairs) if explode else ",".join(flat))
        case "matrix":
            return "".join(f";{pair}" for pair in pairs) if explode else f";{name}={','.join(flat)}"
        case "simple":
            return ",".join(pairs if explode else flat)
        case "deepObject":
            return "&".join(f"{name}[{pair.replace('=', ']=', 1)}" for pair in pairs)
        case _:
            return "&".join(pairs) if explode else f"{name}={','.join(flat)}"
