"""Schemas of values that travel as text: a reader of free text understands every number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.contract.schema import Direction
from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.containment.rewriting import Schema, plain, text, tidy, union
from conformance.drift.document.model import Forms, Parameter

_FREE = ["boolean", "number", "string"]


def text_changes(
    comparison: Comparison, subject: str, operation: str, old: Parameter, new: Parameter, direction: Direction
) -> Iterator[Change]:
    """The changes between the schemas of a parameter or a header."""
    ours, theirs = old.schema, new.schema
    if old.media is None and new.media is None and not all(_is_text(one.sender) for one in (ours, theirs)):
        reads_lists = all(one.explode and one.style == "form" for one in (old, new))
        ours, theirs = (replace(one, receiver=read(one.receiver, reads_lists=reads_lists)) for one in (ours, theirs))
    yield from comparison.schema_changes(subject, operation, direction, ours, theirs)


def _is_text(schema: Schema) -> bool:
    return isinstance(schema, dict) and schema.get("type") == ["string"]


def read(schema: Schema, *, reads_lists: bool = False) -> Schema:
    """What a reader of text with this schema understands: any text where it asks for nothing but a text.

    Where a list is written by repeating the parameter (``reads_lists``), one value is a list of one.
    """
    form: Any = schema
    if isinstance(form, dict) and set(form) == {"enum"}:
        return tidy({"enum": [*form["enum"], *(one for value in form["enum"] for one in _alike(value))]})
    if form == {"type": ["boolean"]}:
        return union("anyOf", [form, {"enum": ["false", "true"]}])
    if isinstance(form, dict) and set(form) == {"type"} and "string" in form["type"]:
        types = sorted({*form["type"], *_FREE} - {"integer"})
        return {"type": types}
    is_list = isinstance(form, dict) and form.get("type") == ["array"] and set(form) <= {"type", "items", "maxItems"}
    if reads_lists and is_list and form.get("maxItems", 1) >= 1:
        return union("anyOf", [form, read(form.get("items", True))])
    return schema


def spelled(value: Any) -> Any:
    """A value as it travels in text: a number or truth value as the text of it, a list item by item."""
    if isinstance(value, list):
        return [spelled(one) for one in value]
    return text(plain(value)) if isinstance(value, bool | int | float) else value


def _alike(value: Any) -> Iterator[Any]:
    """What is spelled as ``value`` is: the text of a number or truth value, or the one that a text spells."""
    if not isinstance(value, str):
        yield from (spelled(value),) if isinstance(value, bool | int | float) else ()
        return
    try:
        meant = json.loads(value)
    except ValueError:
        return
    if spelled(meant) == value:
        yield meant


__all__ = ["Forms", "read", "spelled", "text_changes"]
