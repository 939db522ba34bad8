"""Whether what stands where a schema belongs is one, keyword by keyword."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.containment.rewriting import TYPES
from conformance.errors import DocumentError, nearest


def checked(schema: Any, at: str, is_30: bool) -> Mapping[str, Any]:
    """``schema`` with ``type`` as a list; only the keywords that say something about values are looked at.

    :raises DocumentError: a keyword has a value that it cannot have.
    """
    if not isinstance(schema, dict):
        raise DocumentError(f"{at}: a schema is an object, not {_shown(schema)}", "write {} for anything")
    if is_30 and "$ref" in schema:
        schema = {"$ref": schema["$ref"]}
    for word in schema.keys() & _RULES.keys():
        wanted, fits = _RULES[word]
        if not fits(schema[word]):
            raise DocumentError(f"{at}{join(word)}: {word} is {wanted}, not {_shown(schema[word])}", "correct it there")
    if "type" not in schema:
        return dict(schema)
    types: list[Any] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    known = {*TYPES, "integer"}
    for one in types:
        if not isinstance(one, str) or one not in known:
            raise DocumentError(f"{at}/type: {_shown(one)} is no type", nearest(str(one), known))
    return {**schema, "type": types}


_MOST = sys.float_info.max
"""The largest number that every reader of JSON can hold."""


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _MOST


def _count(value: Any) -> bool:
    return _number(value) and value >= 0 and float(value).is_integer()


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _list(value: Any) -> bool:
    return isinstance(value, list)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


_Rule = tuple[str, Callable[[Any], bool]]
_A_COUNT: _Rule = ("a count from 0 on, below 1.8e308", _count)
_A_LIST: _Rule = ("a list of schemas", _list)
_AN_OBJECT: _Rule = ("an object", _object)
_A_NUMBER: _Rule = ("a number below 1.8e308", _number)
_A_BOUND: _Rule = ("a number below 1.8e308 or a truth value", lambda value: isinstance(value, bool) or _number(value))
_RULES: Mapping[str, _Rule] = {
    "$ref": ("a text", lambda value: isinstance(value, str)),
    "type": ("a type or a list of types", lambda value: isinstance(value, str | list)),
    "enum": ("a list of values", _list),
    "required": ("a list of names", _texts),
    "pattern": ("a regular expression", lambda value: isinstance(value, str)),
    "format": ("a text", lambda value: isinstance(value, str)),
    "multipleOf": ("a number above 0, below 1.8e308", lambda value: _number(value) and value > 0),
    "minimum": _A_NUMBER,
    "maximum": _A_NUMBER,
    "exclusiveMinimum": _A_BOUND,
    "exclusiveMaximum": _A_BOUND,
    "uniqueItems": ("a truth value", lambda value: isinstance(value, bool)),
    "discriminator": _AN_OBJECT,
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _A_COUNT),
    **dict.fromkeys(("minContains", "maxContains"), _A_COUNT),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _A_LIST),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "dependentRequired"), _AN_OBJECT),
}
