"""Documents that are damaged in any one place: a verdict, or one clear line; never anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.contract import pointer
from conformance.contract.document import Document
from conformance.contract.pointer import join
from conformance.drift.comparison import compare
from conformance.errors import ConformanceError

BASE = yaml.safe_load((Path(__file__).parent / "pairs" / "base.yaml").read_text())
ODD: tuple[Any, ...] = (None, 5, "odd", [], {}, True, [None], {"odd": None}, "#/odd", 1e400, {"$ref": "#/paths"}, [[]])


def places(value: Any, at: str = "") -> Iterator[str]:
    yield at
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, at + join(key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from places(one, at + join(index))


PLACES = [place for place in places(BASE) if place]


def told(old: Any, new: Any) -> None:
    sides = (Document(Path(f"{name}.yaml"), root) for name, root in (("old", old), ("new", new)))
    said = ""
    try:
        compare(*sides)
    except ConformanceError as wrong:
        said = str(wrong)
    assert "\n" not in said


@pytest.mark.parametrize("start", range(8))
def test_a_damaged_document_is_told_in_one_line(start: int) -> None:
    for number, place in enumerate(PLACES):
        if number % 8 == start:
            for step in range(3):
                odd = ODD[(number // 8 + 4 * step) % len(ODD)]
                damaged = pointer.put(BASE, place, odd)
                told(BASE, damaged)
                told(damaged, BASE)


@pytest.mark.parametrize("start", range(4))
def test_a_document_without_a_place_is_told_in_one_line(start: int) -> None:
    for place in PLACES[start::4]:
        parent, _, _ = place.rpartition("/")
        if isinstance(pointer.get(BASE, parent), dict):
            told(BASE, pointer.remove(BASE, place))


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Loop"},
        {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
        {"type": "string", "pattern": "("},
        {"type": "string", "pattern": "^(a+)+$"},
        {"type": "string", "minLength": 10**9},
        {"type": "array", "minItems": 10**9},
        {"minimum": 5, "maximum": 1},
        {"required": ["a"], "properties": {"a": False}, "type": "object"},
        {"multipleOf": 1e-300},
        {"maximum": 10**400},
        {"maxLength": 10**400},
        {"enum": [10**400], "type": "integer"},
        {"enum": []},
        {"oneOf": []},
    ],
)
def test_an_odd_schema_gets_a_verdict(schema: Any) -> None:
    loop = {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "object"}]}
    old = pointer.put(BASE, "/components/schemas/Loop", loop)
    new = pointer.put(old, "/components/schemas/NewPet/properties/name", schema)
    newer = pointer.put(old, "/components/schemas/NewPet/properties/name", {**schema, "title": "Odd", "maxLength": 3})
    for one, other in ((old, new), (new, old), (new, newer)):
        told(one, other)


def test_nesting_without_end_is_told_in_one_line() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(400):
        deep = {"type": "array", "items": deep}
    new = pointer.put(BASE, "/components/schemas/NewPet/properties/name", deep)
    with pytest.raises(ConformanceError, match=r"deep|nest"):
        compare(Document(Path("old.yaml"), BASE), Document(Path("new.yaml"), new))


@pytest.mark.parametrize("place", ["", "/allOf/0"])
def test_a_ring_of_references_with_notes_beside_them_is_told_in_one_line(place: str) -> None:
    ring = {name: {"$ref": f"#/components/schemas/{other}", "title": name} for name, other in (("A", "B"), ("B", "A"))}
    base = pointer.put(BASE, "/openapi", "3.1.0")
    for name, schema in ring.items():
        base = pointer.put(base, f"/components/schemas/{name}", schema)
    whole: Any = {"allOf": [{}]} if place else {}
    new = pointer.put(base, "/components/schemas/NewPet/properties/name", pointer.put(whole, place, ring["A"]))
    told(base, new)
    told(new, base)
