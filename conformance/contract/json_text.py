"""JSON as it was written down, read as the values that it means."""

from __future__ import annotations

import json
from typing import Any

EXACT = 2**53
"""Below this, each whole number is a double of its own."""


def parsed(text: str | bytes) -> Any:
    """The value that ``text`` means: ``1.0`` and ``1e0`` are the integer 1, as JSON Schema has it.

    :raises ValueError: it is no JSON.
    :raises RecursionError: it is nested past all reason.
    """
    return json.loads(text, parse_float=_number)


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < EXACT else number
