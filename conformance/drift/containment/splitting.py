"""Ways to take a shape apart, so that each part lies within one alternative of a union."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from conformance.drift.containment.expansion import Expansion
from conformance.drift.containment.shape import Shape, both, is_empty

MOST = 24
"""Values of a property that are taken one by one."""


def splits(inner: Shape, outers: Sequence[Shape], expansion: Expansion) -> Iterator[list[Shape]]:
    """Lists of shapes that have together the values of ``inner``, as the borders of ``outers`` suggest."""
    match inner.kind:
        case "number":
            yield from _by_numbers(inner, outers)
        case "string" | "array":
            yield from _by_lengths(inner, outers)
        case "object":
            yield from _by_properties(inner, outers, expansion)


def _by_numbers(inner: Shape, outers: Sequence[Shape]) -> Iterator[list[Shape]]:
    borders = sorted({border for one in outers for border in (one.low, one.high) if border is not None})
    for border in borders:
        parts = [
            replace(inner, high=border, high_open=True),
            replace(inner, low=border, low_open=False, high=border, high_open=False),
            replace(inner, low=border, low_open=True),
        ]
        shared = [shape for part in parts if (shape := both(inner, part)) is not None]
        if len(shared) > 1:
            yield shared


def _by_lengths(inner: Shape, outers: Sequence[Shape]) -> Iterator[list[Shape]]:
    borders = {one.shortest for one in outers} | {one.longest + 1 for one in outers if one.longest is not None}
    for border in sorted(borders):
        if border > inner.shortest and (inner.longest is None or border <= inner.longest):
            yield [replace(inner, longest=border - 1), replace(inner, shortest=border)]


def _by_properties(inner: Shape, outers: Sequence[Shape], expansion: Expansion) -> Iterator[list[Shape]]:
    names = dict.fromkeys(name for one in outers for name in (*one.required, *one.properties))
    for name in names:
        values = _finite(inner.member(name), expansion)
        if name in inner.required and values is not None and 1 < len(values) <= MOST:
            yield [replace(inner, properties={**inner.properties, name: {"const": value}}) for value in values]
    for name in names:
        differs = any(name in one.required for one in outers) or any(one.member(name) is False for one in outers)
        if name not in inner.required and differs:
            absent = replace(inner, properties={**inner.properties, name: False})
            present = replace(inner, required=inner.required | {name})
            yield [part for part in (absent, present) if not is_empty(part)]


def _finite(schema: Any, expansion: Expansion) -> list[Any] | None:
    found: list[Any] = []
    for shape in expansion.shapes(schema):
        values = shape.values if shape.values is not None else shape.integers()
        if values is None:
            return None
        found += values
    return found
