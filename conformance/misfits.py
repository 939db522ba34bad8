"""What does not fit a model, told to whoever wrote the file that it was read from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from conformance.errors import likely, nearest

_UNKNOWN = "extra_forbidden"


@dataclass(frozen=True)
class Misfit:
    """What is wrong with the value ``at`` a place; ``hint`` names what was probably meant, empty for no idea."""

    at: tuple[int | str, ...]
    says: str
    hint: str

    @classmethod
    def first(cls, wrong: ValidationError, kind: type[BaseModel], given: Collection[str] = ()) -> Misfit:
        """An unknown key of ``kind`` if there is one, since a missing one may follow from it; else what comes first.

        ``given`` are keys that no file has, because its reader gives them.
        """
        one = min(wrong.errors(), key=lambda each: each["type"] != _UNKNOWN)
        at = tuple(part for part in one["loc"] if part != "[key]")
        if one["type"] == _UNKNOWN:
            return cls(at, "unknown key", nearest(str(at[-1]), set(_keys(kind, at[:-1])).difference(given)))
        says = one["msg"].removeprefix("Value error, ").replace("valid tuple", "valid list")
        meant = None
        if one["type"] == "literal_error":
            meant = likely(str(one["input"]), re.findall(r"'([^']*)'", one["ctx"]["expected"]))
        return cls(at, says, f"did you mean {meant!r}?" if meant else "")

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.at))}: {self.says}" if self.at else self.says


def _keys(kind: Any, at: Sequence[int | str]) -> list[str]:
    """The keys that stand at a place of a value of ``kind``."""
    for part in at:
        kind = _inside(kind, part)
    return [key for model in _models(kind) for key in _fields(model)]


def _inside(kind: Any, part: int | str) -> Any:
    """The type of what stands at ``part`` of a value of ``kind``; ``None`` where nothing is known of it."""
    if _is_model(kind):
        return _fields(kind).get(str(part))
    inner = get_args(kind)
    if get_origin(kind) in {dict, Mapping}:
        return inner[1]
    if get_origin(kind) in {list, tuple}:
        return inner[0]
    return next((found for one in inner if (found := _inside(one, part)) is not None), None)


def _models(kind: Any) -> list[type[BaseModel]]:
    return [kind] if _is_model(kind) else [model for one in get_args(kind) for model in _models(one)]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}
