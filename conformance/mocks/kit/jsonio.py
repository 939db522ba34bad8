"""JSON as RFC 8259 has it, stricter than Python's defaults."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

DEPTH = 200
"""How many levels of objects and lists a value has, at most."""
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMPACT = json.JSONEncoder(separators=(",", ":"))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is beyond a double")
    return number


def parse(raw: bytes) -> Any:
    """The value in ``raw``; raises ValueError for anything that is not JSON in UTF-8, NaN and Infinity included.

    Refused as well is what RFC 8259 lets a parser refuse: more than DEPTH levels, and half of a surrogate pair.
    """
    text = raw.decode("utf-8-sig")
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if text.count("[") + text.count("{") > DEPTH and deeper(value):
        raise ValueError("nested too deeply")
    if _ESCAPED_SURROGATE.search(text) and any(map(_SURROGATE.search, _texts(value))):
        raise ValueError("half of a surrogate pair is no character")
    return value


def deeper(value: Any) -> bool:
    """Whether a value has more than DEPTH levels."""
    level = [value]
    for _ in range(DEPTH):
        level = [inner for one in level for inner in _inside(one)]
    return any(isinstance(one, dict | list) for one in level)


def size(value: Any) -> int:
    """How many values a value consists of."""
    return sum(1 for _ in _every(value))


def _every(value: Any) -> Iterable[Any]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += _inside(one)


def _texts(value: Any) -> Iterable[str]:
    for one in _every(value):
        if isinstance(one, dict):
            yield from one
        elif isinstance(one, str):
            yield one


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def render(value: Any) -> bytes:
    """``value`` as compact ASCII JSON."""
    return _COMPACT.encode(value).encode("ascii")


def same(left: Any, right: Any) -> bool:
    """Equality of JSON values: unlike Python's, true is not 1; like JSON's, 1 is 1.0."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)
