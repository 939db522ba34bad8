"""The environment file of a running mock: a target's table with its urls filled in, as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")


def filled(value: Any, url: str, controls: str) -> Any:
    """A copy of ``value`` in which every string has ``{url}`` and ``{controls}`` replaced by the two origins."""
    if isinstance(value, str):
        return value.replace("{url}", url).replace("{controls}", controls)
    if isinstance(value, Mapping):
        return {key: filled(entry, url, controls) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [filled(entry, url, controls) for entry in value]
    return value


def toml(name: str, table: Mapping[str, Any]) -> str:
    """``table`` as TOML under ``[name]``: plain values first, tables after them; None cannot be said in TOML."""
    return "\n\n".join(_tables((name,), table)) + "\n"


def _tables(path: tuple[str, ...], table: Mapping[str, Any]) -> list[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    lines = [f"[{'.'.join(map(_key, path))}]", *(f"{_key(key)} = {_value(value)}" for key, value in plain.items())]
    nested = [(key, value) for key, value in table.items() if isinstance(value, Mapping)]
    blocks = ["\n".join(lines)] if plain or not nested else []
    for key, value in nested:
        blocks += _tables((*path, key), value)
    return blocks


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    raise TypeError(f"TOML has no {type(value).__name__}")
