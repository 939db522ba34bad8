"""JSON as it was written down, read as the values that it means."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import Any

EXACT = 2**53
"""Below this, each whole number is a double of its own."""

_HALF = r"u[dD][89abAB][0-9a-fA-F]{2}"
_OTHER_HALF = r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"\\(?:{_HALF}\\{_OTHER_HALF}|(?P<alone>{_HALF}|{_OTHER_HALF})|.)", re.DOTALL)
_REPLACEMENT = r"\ufffd"


def parsed(text: str | bytes) -> Any:
    """The value that ``text`` means: ``1.0`` and ``1e0`` are the integer 1, as JSON Schema has it.

    A number beyond all doubles is the outermost of them, half a character is U+FFFD (RFC 8259, 6 and 8.2).

    :raises ValueError: it is no JSON, ``NaN`` and ``Infinity`` included.
    :raises RecursionError: it is nested past all reason.
    """
    written = text.decode(json.detect_encoding(text)) if isinstance(text, bytes) else text
    return json.loads(well_formed(written), parse_float=_number, parse_constant=_no_number)


def well_formed(text: str) -> str:
    """JSON without escapes of half a character, which no encoding holds: each is that of U+FFFD."""
    return _ESCAPE.sub(lambda found: _REPLACEMENT if found["alone"] else found[0], text) if "\\u" in text else text


def _number(text: str) -> int | float:
    number = float(text)
    if math.isinf(number):
        return math.copysign(sys.float_info.max, number)
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
