"""Ids held against each other."""

from __future__ import annotations

import re
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def id_text(value: Any) -> str:
    """The text of an id; that of a UUID is in lower case, for its letters are digits and their case tells nothing."""
    text = str(value)
    return text.lower() if _UUID.fullmatch(text) else text


def same_id(one: Any, other: Any) -> bool:
    """Whether two ids are the same."""
    return one == other or id_text(one) == id_text(other)
