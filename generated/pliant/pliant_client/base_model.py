"""The base of all models."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Self

import pydantic
from pydantic import BaseModel, ConfigDict, WrapValidator
from pydantic_core import to_jsonable_python

Part = tuple[str, tuple[str | None, bytes, str]]
_LEAP = re.compile(r"(.*[Tt]\d\d:\d\d):60(.*)", re.DOTALL)


def _moment(value: Any, read: Callable[[Any], datetime]) -> datetime:
    """A moment; a leap second, which RFC 3339 knows and Python does not, is the second after it."""
    leap = _LEAP.fullmatch(value) if isinstance(value, str) else None
    if leap is None:
        return read(value)
    before = read(f"{leap[1]}:59{leap[2]}")
    try:
        return before + timedelta(seconds=1)
    except OverflowError:
        return before


AwareDatetime = Annotated[pydantic.AwareDatetime, WrapValidator(_moment)]
"""A moment with its zone."""


class Model(BaseModel):
    """A JSON object; fields that the document does not name are kept in ``model_extra`` and sent back."""

    model_config = ConfigDict(extra="allow", validate_by_name=True, protected_namespaces=())

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], *, strict: bool = False) -> Self:
        """The model of a decoded JSON object; ``strict`` refuses a field that the document does not name.

        Raises ``pydantic.ValidationError``.
        """
        return cls.model_validate(src_dict, extra="forbid" if strict else None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object under its names on the wire, without the fields that nobody set."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def to_multipart(self) -> list[Part]:
        """The parts of a ``multipart/form-data`` body, in the order of the fields; a list is a part an item."""
        fields = self.model_dump(by_alias=True, exclude_unset=True)
        parts = ((name, value if isinstance(value, list) else [value]) for name, value in fields.items())
        return [(name, _part(name, item)) for name, items in parts for item in items]


def _part(name: str, value: object) -> tuple[str | None, bytes, str]:
    if isinstance(value, bytes):
        return name, value, "application/octet-stream"
    encoded = to_jsonable_python(value)
    if isinstance(encoded, str):
        return None, encoded.encode(), "text/plain"
    return None, json.dumps(encoded).encode(), "application/json"
