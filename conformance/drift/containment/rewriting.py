"""Small equivalences by which schemas that mean the same become the same."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Schema = bool | dict[str, Any]
Role = Literal["sender", "receiver"]

TYPES = ("array", "boolean", "null", "number", "object", "string")
NOTHING_SAID: Mapping[str, Any] = {
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "uniqueItems": False,
    "required": [],
    "properties": {},
    "patternProperties": {},
    "prefixItems": [],
    "items": True,
    "additionalProperties": True,
    "unevaluatedProperties": True,
    "propertyNames": True,
    "pattern": "",
}
KNOWN_FORMATS = frozenset(
    {
        *("date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6"),
        *("uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer"),
        *("relative-json-pointer", "regex", "byte"),
    }
)
"""The formats that constrain a text; any other is a hint to readers."""

INT32 = 2**31
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text(value: Any) -> str:
    """One text for each JSON value; tells ``true`` from ``1``."""
    return _ENCODER.encode(value)


def plain(value: Any) -> Any:
    """``value`` with whole floats as integers, as JSON Schema compares them."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


def equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal."""
    return text(plain(one)) == text(plain(other))


def kind(value: Any) -> str:
    """The type of a JSON value; integers are numbers."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def admits(types: Sequence[str], value: Any) -> bool:
    """Whether a ``type`` that lists ``types`` admits ``value``."""
    found = kind(value)
    whole = found == "number" and (isinstance(value, int) or value.is_integer())
    return found in types or (whole and "integer" in types)


def bounds(said: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds of numbers with exclusive ones as numbers, the idle of two bounds left out."""
    found: dict[str, Any] = {}
    for limit, exclusive, stronger in (("minimum", "exclusiveMinimum", max), ("maximum", "exclusiveMaximum", min)):
        bound, open_bound = said.get(limit), said.get(exclusive)
        if isinstance(open_bound, bool):
            bound, open_bound = (None, bound) if open_bound else (bound, None)
        if bound is not None and open_bound is not None:
            if stronger(bound, open_bound) == open_bound:
                bound = None
            else:
                open_bound = None
        found |= {limit: plain(bound)} if bound is not None else {}
        found |= {exclusive: plain(open_bound)} if open_bound is not None else {}
    return found


def formats(said: Mapping[str, Any]) -> dict[str, Any]:
    """``format`` where it constrains a text, or as the bounds of a 32-bit integer."""
    name, types = said.get("format"), said.get("type") or ()
    if name in KNOWN_FORMATS and (not types or "string" in types):
        return {"format": name}
    if name == "int32" and ({"integer", "number"} & set(types)):
        found = bounds(said)
        low = found.get("minimum", found.get("exclusiveMinimum", -math.inf))
        high = found.get("maximum", found.get("exclusiveMaximum", math.inf))
        limits = {"minimum": -INT32} if low < -INT32 else {}
        return limits | ({"maximum": INT32 - 1} if high > INT32 - 1 else {})
    return {}


def tidy(form: dict[str, Any]) -> Schema:
    """``form`` without what says nothing, its lists in one order."""
    form = {key: plain(value) for key, value in form.items() if not _idle(key, value)}
    if form.get("multipleOf") == 1 and form.get("type") == ["integer"]:
        del form["multipleOf"]
    if "type" in form:
        types = set(form["type"])
        types -= {"integer"} if "number" in types else set()
        form["type"] = sorted(types)
        if types == set(TYPES):
            del form["type"]
        if not types:
            return False
    if "enum" in form:
        types = form.pop("type", None)
        values = {text(one): one for one in form["enum"] if types is None or admits(types, one)}
        form["enum"] = [values[key] for key in sorted(values)]
        if not values:
            return False
    return form or True


def _idle(key: str, value: Any) -> bool:
    idle = NOTHING_SAID.get(key, ...)
    return value == idle and isinstance(value, bool) == isinstance(idle, bool)


def all_of(parts: Sequence[Schema]) -> Schema:
    """What all ``parts`` admit; those whose words do not meet become one."""
    if any(part is False for part in parts):
        return False
    saying: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, dict):
            saying += part["allOf"] if set(part) == {"allOf"} else [part]
    if len(saying) < 2:
        return saying[0] if saying else True
    distinct = list({text(part): part for part in saying}.values())
    if len(distinct) > 1:
        distinct = _merged(distinct)
    return distinct[0] if len(distinct) == 1 else {"allOf": distinct}


def _merged(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts of disjoint words in one, so that a bound beside a composition is where it is written either way."""
    whole: dict[str, Any] = {}
    rest = []
    for part in parts:
        shaped = {"properties", "patternProperties", "additionalProperties", "prefixItems", "items"} & part.keys()
        if whole.keys() & part.keys() or (shaped and whole) or "$ref" in part or "allOf" in part:
            rest.append(part)
        else:
            whole |= part
    return [*([whole] if whole else []), *rest]


def union(word: str, members: Sequence[Schema]) -> Schema:
    """``anyOf`` or ``oneOf`` of ``members``; of one member it is that member."""
    if word == "anyOf" and any(member is True for member in members):
        return True
    possible = [member for member in members if member is not False]
    if word == "anyOf":
        possible = list({text(member): member for member in possible}.values())
    if not possible:
        return False
    if len(possible) == 1:
        return possible[0]
    if all(isinstance(member, dict) and set(member) == {"enum"} for member in possible) and word == "anyOf":
        return tidy({"enum": [value for member in possible if isinstance(member, dict) for value in member["enum"]]})
    return {word: sorted(possible, key=text)}


def negated(schema: Schema) -> Schema:
    """What ``schema`` refuses."""
    if isinstance(schema, bool):
        return not schema
    return schema["not"] if set(schema) == {"not"} else {"not": schema}


def implies(condition: Schema, then: Schema) -> Schema:
    """What refuses ``condition`` or admits ``then``."""
    return union("anyOf", [negated(condition), then])


def nullable(schema: Schema) -> Schema:
    """``schema``, and null."""
    if isinstance(schema, bool):
        return True if schema else {"type": ["null"]}
    if "type" in schema and not {"enum", "allOf", "anyOf", "oneOf", "not", "$ref"} & schema.keys():
        return {**schema, "type": sorted({*schema["type"], "null"})}
    if set(schema) == {"enum"}:
        return tidy({"enum": [*schema["enum"], None]})
    return union("anyOf", [{"type": ["null"]}, schema])
