"""A change is told as what it is, and nothing is told beside it that is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.drift import comparison
from conformance.drift.change import Change
from conformance.drift.containment import universe
from conformance.drift.rendering.text import text
from tests.drift.documents import place_of, with_schema


def told(old: Any, new: Any, direction: str, components: Any = None) -> list[tuple[str, str, str]]:
    """Level, rule and pointer of each change on the wire, the pointer as seen from the schema."""
    sides = [
        Document(Path(f"{name}.yaml"), with_schema(schema, direction, "3.0.3", components))
        for name, schema in (("old", old), ("new", new))
    ]
    found = comparison.compare(*sides)
    return [
        (one.level, one.rule, one.pointer.removeprefix(place_of(direction))) for one in found if one.level != "client"
    ]


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


SECRET = {"type": "string", "writeOnly": True}


def test_a_write_only_property_that_stays_so_is_no_change_of_a_response() -> None:
    old, new = (thing(e={"type": "string", "enum": enum}, secret=SECRET) for enum in (["x"], ["x", "y"]))
    assert told(old, new, "response") == [("breaking", "response-body-enum-widened", "/properties/e")]


def test_a_write_only_property_by_reference_is_told_when_it_is_shown() -> None:
    components = {"Hidden": SECRET, "Shown": {"type": "string"}}
    old, new = (
        thing(all=thing(secret={"$ref": f"#/components/schemas/{name}"}), e={"type": "string"}) for name in components
    )
    assert told(old, new, "response", components) == [
        ("additive", "response-body-property-added", "/properties/all/properties/secret")
    ]
    assert told(new, old, "response", components) == [
        ("additive", "response-body-property-removed", "/properties/all/properties/secret")
    ]
    assert told(old, new, "request", components) == []


CAT = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "meow": {"type": "integer"}}}
DOG = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "bark": {"type": "integer"}}}


def pets(*names: str) -> dict[str, Any]:
    refs = {name: f"#/components/schemas/{name}" for name in names}
    discriminator = {"propertyName": "kind", "mapping": {name.lower(): ref for name, ref in refs.items()}}
    return thing(pet={"oneOf": [{"$ref": ref} for ref in refs.values()], "discriminator": discriminator})


def test_a_branch_that_goes_with_its_mapping_is_told_of_the_union() -> None:
    components = {"Cat": CAT, "Dog": DOG}
    one, both = pets("Cat"), pets("Cat", "Dog")
    at = "/properties/pet"
    assert told(both, one, "request", components) == [("breaking", "request-body-composition-narrowed", at)]
    assert told(one, both, "request", components) == [("additive", "request-body-composition-widened", at)]
    assert told(one, both, "response", components) == [("breaking", "response-body-composition-widened", at)]
    assert told(both, one, "response", components) == [("additive", "response-body-composition-narrowed", at)]


def test_a_change_of_no_place_has_no_line_for_it() -> None:
    change = Change("client", "client-changed", "", "", "the client has another version", before=1, after=2)
    assert [line.strip() for line in text([change]).splitlines()[1:4]] == ["before 1", "after 2", ""]


def test_a_property_that_is_forbidden_is_told_in_plain_words() -> None:
    sides = [
        Document(Path(f"{name}.yaml"), with_schema(thing(a=schema), "request", "3.1.0"))
        for name, schema in (("old", {"enum": ["x"]}), ("new", False))
    ]
    (one,) = comparison.compare(*sides)
    assert one.level == "breaking"
    assert one.says.endswith('(/a: nothing is allowed here, not even "x")')


def test_schemas_that_lead_to_one_another_are_compiled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    once = universe.compiled
    monkeypatch.setattr(universe, "compiled", lambda schema: compiled.append(schema) or once(schema))

    def ring(kind: str) -> dict[str, Any]:
        following = {f"S{number}": f"#/components/schemas/S{(number + 1) % 20}" for number in range(20)}
        named = {name: thing(next={"$ref": ref}, name={"type": "string"}) for name, ref in following.items()}
        return {**named, "S7": thing(next={"$ref": following["S7"]}, name={"type": kind})}

    start = {"$ref": "#/components/schemas/S0"}
    sides = (
        Document(Path(f"{kind}.yaml"), with_schema(start, "response", "3.0.3", ring(kind)))
        for kind in ("string", "integer")
    )
    assert {one.level for one in comparison.compare(*sides)} == {"breaking"}
    assert len([one for one in compiled if "$defs" in str(one)]) == 2  # all, and one for the words of the refusal
