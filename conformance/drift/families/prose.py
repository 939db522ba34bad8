"""Titles, descriptions, examples and what is deprecated: what is only read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conformance.contract.pointer import ABSENT, join
from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.containment.rewriting import text
from conformance.drift.document.model import Operation
from conformance.drift.wording import change

_PROSE = frozenset({"description", "summary", "title", "example", "examples", "externalDocs", "deprecated"})
_NAMES = frozenset(
    {"properties", "patternProperties", "mapping", "headers", "schemas", "responses", "paths", "callbacks"}
)


def changes(comparison: Comparison) -> Iterator[Change]:
    """Prose that stands in both documents at the same place and is not the same, or came or went with its place."""
    yield from _info(comparison)
    elsewhere = set(_telling(comparison.new.operations))
    names = {one.pointer: one.name for one in comparison.new.operations}
    for at, was, is_now in _differing(comparison.old.root, comparison.new.root, "", is_named=False):
        operation = next((name for place, name in names.items() if at.startswith(f"{place}/")), "")
        if at.endswith("/deprecated"):
            if at.removesuffix("/deprecated") not in elsewhere and (was is True) != (is_now is True):
                rule = "deprecated" if is_now is True else "reinstated"
                yield change("docs", rule, operation, at, "request", was, is_now, gone=is_now is ABSENT)
            continue
        rule = f"{at.rpartition('/')[2].rstrip('s')}-changed".lower()
        yield change("docs", rule, operation, at, "request", was, is_now, gone=is_now is ABSENT)


def _telling(operations: Iterable[Operation]) -> Iterator[str]:
    """The pointers of what other families tell the deprecation of."""
    for one in operations:
        yield one.pointer
        yield from (parameter.pointer for parameter in one.parameters.values())
        yield from _telling(one.callbacks.values())


def _info(comparison: Comparison) -> Iterator[Change]:
    infos = [side.root.get("info") for side in (comparison.old, comparison.new)]
    was, is_now = (info.get("version") if isinstance(info, dict) else None for info in infos)
    if was != is_now:
        yield change("docs", "version-changed", "", "/info/version", "request", was, is_now)


def _differing(old: Any, new: Any, at: str, *, is_named: bool) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if ("$ref" in old) != ("$ref" in new):
            return
        for key in [*old, *(key for key in new if key not in old)]:
            place = at + join(str(key))
            if key in _PROSE and not is_named:
                was, is_now = old.get(key, ABSENT), new.get(key, ABSENT)
                came = key not in old or key not in new
                if came and key != "deprecated" and old.keys() - _PROSE != new.keys() - _PROSE:
                    continue
                if (was is ABSENT) != (is_now is ABSENT) or _text(was) != _text(is_now):
                    yield place, was, is_now
            elif key in old and key in new:
                yield from _differing(old[key], new[key], place, is_named=not is_named and key in _NAMES)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differing(one, other, f"{at}/{index}", is_named=False)


def _text(value: Any) -> str:
    return "" if value is ABSENT else text(value)
