"""JSON as RFC 8259 has it, stricter than Python's defaults."""

from __future__ import annotations

import json
import math
from typing import Any

_COMPACT = json.JSONEncoder(separators=(",", ":"))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is beyond a double")
    return number


def parse(raw: bytes) -> Any:
    """The value in ``raw``; raises ValueError for anything that is not JSON, NaN and Infinity included."""
    try:
        return json.loads(raw, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def render(value: Any) -> bytes:
    """``value`` as compact ASCII JSON, which holds lone surrogates too."""
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
