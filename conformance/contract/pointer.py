"""JSON Pointer (RFC 6901): read and write places in JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from conformance.contract.json_text import parsed


class Absent:
    """The value of a place where nothing is; distinct from ``None``, which is JSON null."""

    def __repr__(self) -> str:
        return "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent()


@lru_cache(maxsize=4096)
def tokens(pointer: str) -> tuple[str, ...]:
    """The unescaped reference tokens of ``pointer``; the empty pointer has none."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is no JSON pointer: it starts with '/' or is empty")
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def join(*parts: str | int) -> str:
    """The pointer whose reference tokens are ``parts``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def get(value: Any, pointer: str) -> Any:
    """The value at ``pointer``, or ``ABSENT``."""
    for token in tokens(pointer):
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            return ABSENT
    return value


def dig(value: Any, pointer: str) -> Any:
    """The value at ``pointer``, whose ``#`` goes on inside a text that is JSON (``/status#/name``), or ``ABSENT``."""
    head, *rest = pointer.split("#")
    found = get(value, head)
    for part in rest:
        try:
            found = get(parsed(found), part)
        except (TypeError, ValueError):
            return ABSENT
    return found


def put(value: Any, pointer: str, new: Any) -> Any:
    """A copy of ``value`` with ``new`` at ``pointer``; objects are made where missing, arrays for a token 0.

    :raises ValueError: a token is no index of the array that it is for.
    :raises IndexError: an index leaves a gap behind the last item.
    """
    parts = tokens(pointer)
    if not parts:
        return new
    head, rest = parts[0], join(*parts[1:])
    if isinstance(value, list) or (value is ABSENT and head == "0"):
        copy = list(value) if isinstance(value, list) else []
        index = int(head)
        if index > len(copy):
            raise IndexError(f"{pointer!r} leaves a gap in an array of {len(copy)}")
        copy[index : index + 1] = [put(copy[index] if index < len(copy) else ABSENT, rest, new)]
        return copy
    fields = dict(value) if isinstance(value, dict) else {}
    return {**fields, head: put(fields.get(head, ABSENT), rest, new)}


def remove(value: Any, pointer: str) -> Any:
    """A copy of ``value`` without the object property at ``pointer``; a missing one is no error."""
    *parents, last = tokens(pointer)
    parent = get(value, join(*parents))
    if not isinstance(parent, dict) or last not in parent:
        return value
    return put(value, join(*parents), {key: item for key, item in parent.items() if key != last})


def without(value: Any, pointers: Iterable[str]) -> Any:
    """A copy of ``value`` without the object properties at ``pointers``; missing ones are no error."""
    for pointer in pointers:
        value = remove(value, pointer)
    return value
