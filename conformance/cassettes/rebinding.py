"""What a recorded value is on another server: fixtures by name, credentials by name, the rest from earlier replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.cassettes.substitution import json_in
from conformance.contract.message import Reply

_NAMES_ONE = re.compile(r"(?:^|[a-z_$-])(?:uuid|id|uri|url|token)$", re.IGNORECASE)
"""The end of the name of a property whose value is a server's own name for something."""
_LONG = 16
"""Characters of the shortest text without white space that is taken for such a name, whatever its property."""


def bound(recorded: Any, here: Any) -> dict[str, str]:
    """The texts of ``recorded``, by the texts that stand in their places in ``here``."""
    return {old: new for _, old, new in _pairs("", recorded, here)}


def learned(recorded: Reply, here: Reply) -> dict[str, str]:
    """What the server calls the things that the recorded reply has other names for."""
    found = _named(recorded.json, here.json) if recorded.is_json and here.is_json else {}
    for name in ("location", "content-location"):
        old, new = recorded.headers.get(name, ""), here.headers.get(name, "")
        if old and new:
            found[old.rpartition("/")[2]] = new.rpartition("/")[2]
    return {old: new for old, new in found.items() if old and old != new}


def _named(recorded: Any, here: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, old, new in _pairs("", recorded, here):
        nested = json_in(old), json_in(new)
        if None not in nested:
            found |= _named(*nested)
        elif _NAMES_ONE.search(key) or (len(old) >= _LONG and not re.search(r"\s", old)):
            found.setdefault(old, new)
    return found


def _pairs(key: str, one: Any, other: Any) -> Iterator[tuple[str, str, str]]:
    """The texts at the same places of two values, with the name of the property that they belong to."""
    if isinstance(one, str) and isinstance(other, str):
        yield key, one, other
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in one.keys() & other.keys():
            yield from _pairs(str(name), one[name], other[name])
        left, right = [[name for name in side if name not in both] for side, both in ((one, other), (other, one))]
        for old, new in zip(left, right, strict=False):
            yield "id", str(old), str(new)
            yield from _pairs(str(old), one[old], other[new])
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        for a, b in zip(one, other, strict=False):
            yield from _pairs(key, a, b)
