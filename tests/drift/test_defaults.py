"""Defaults of properties of requests are promises wherever the property stands, however its schema is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.drift import comparison
from conformance.drift.change import verdict
from tests.drift.documents import with_schema

CHANGED = "request-body-default-changed"


def compared(old: Any, new: Any, components: Any = None, later: Any = None) -> tuple[str, list[str]]:
    """The verdict of a change of the schema of a request, and the rules that tell of defaults."""
    documents = [
        Document(Path(f"{name}.yaml"), with_schema(schema, "request", "3.1.0", parts))
        for name, schema, parts in (("old", old, components), ("new", new, later or components))
    ]
    changes = comparison.compare(*documents)
    return verdict(changes), [one.rule for one in changes if "default" in one.rule]


def thing(default: Any, kind: str = "thing", **more: Any) -> dict[str, Any]:
    """An object with a default of its property ``k``."""
    said = {"properties": {"kind": {"const": kind}, "k": {"default": default}, **more}}
    return {"type": "object", "required": ["kind"], **said}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


IF = {"properties": {"kind": {"const": "thing"}}}
PLACES: dict[str, Callable[[Any], Any]] = {
    "oneOf": lambda one: {"oneOf": [one, thing(1, "other")]},
    "anyOf": lambda one: {"anyOf": [thing(1, "other"), one]},
    "oneOf in a property": lambda one: {"type": "object", "properties": {"p": {"oneOf": [one]}}},
    "oneOf in oneOf": lambda one: {"oneOf": [thing(1, "other"), {"oneOf": [thing(2, "third"), one]}]},
    "allOf in allOf": lambda one: {"allOf": [{"allOf": [one]}]},
    "allOf in oneOf": lambda one: {"oneOf": [{"allOf": [{"type": "object"}, one]}, thing(1, "other")]},
    "additionalProperties": lambda one: {"type": "object", "additionalProperties": one},
    "patternProperties": lambda one: {"type": "object", "patternProperties": {"^x": one}},
    "then": lambda one: {"if": IF, "then": one, "else": thing(1, "other")},
    "else": lambda one: {"if": IF, "then": thing(1, "other"), "else": one},
    "then without else": lambda one: {"properties": {"size": {"default": 1}}, "if": IF, "then": one},
    "then in allOf": lambda one: {"allOf": [{"if": IF, "then": one}, {"if": IF, "else": thing(1, "other")}]},
    "prefixItems": lambda one: {"type": "array", "prefixItems": [thing(1, "other"), one]},
    "items of oneOf": lambda one: {"oneOf": [{"type": "array", "items": one}, {"type": "string"}]},
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(("was", "is_now"), [("v", "w"), ([], ["w"])])
def test_another_default_breaks_wherever_it_stands(where: str, was: Any, is_now: Any) -> None:
    assert compared(PLACES[where](thing(was)), PLACES[where](thing(is_now))) == ("breaking", [CHANGED])


@pytest.mark.parametrize("where", PLACES)
def test_a_default_that_is_gone_breaks_and_one_that_came_does_not(where: str) -> None:
    bare = thing(0)
    del bare["properties"]["k"]["default"]
    with_it, without = PLACES[where](thing("v")), PLACES[where](bare)
    assert compared(with_it, without) == ("breaking", ["request-body-default-removed"])
    assert compared(without, with_it) == ("additive", ["request-body-default-added"])


A, B, C = thing("v", "a"), thing("w", "b", size={"default": 1}), thing("v", "c")
SAME: dict[str, tuple[Any, Any]] = {
    "another order": ({"oneOf": [A, B, C]}, {"oneOf": [C, A, B]}),
    "nested": ({"oneOf": [A, B, C]}, {"oneOf": [A, {"oneOf": [C, B]}]}),
    "a oneOf of one": (A, {"oneOf": [A]}),
    "an anyOf for a oneOf": ({"oneOf": [A, B]}, {"anyOf": [B, A]}),
    "by reference": ({"oneOf": [A, B]}, {"oneOf": [ref("B"), ref("A")]}),
    "flattened": ({"allOf": [{"type": "object"}, {"allOf": [A]}]}, A),
    "beside the parts": (A, {**A, "anyOf": [{"required": ["kind"]}, {"required": ["kind", "k"]}]}),
    "a default in another part": (A, {"allOf": [{"properties": {"k": {"title": "K"}}}, A]}),
}


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_has_the_same_defaults(name: str) -> None:
    components = {"A": A, "B": B}
    for old, new in (SAME[name], SAME[name][::-1]):
        assert compared(old, new, components)[1] == []


def test_another_member_with_a_default_of_its_own_breaks_nothing() -> None:
    assert compared({"oneOf": [A, B]}, {"oneOf": [C, A, B]}) == ("additive", [])


def test_a_then_or_else_without_an_if_says_nothing() -> None:
    assert compared({"then": A, "else": A}, {"then": B, "else": C})[1] == []


def test_an_item_is_held_against_the_one_at_its_place() -> None:
    assert compared({"prefixItems": [A, B]}, {"prefixItems": [A, B, C]})[1] == []
    assert compared({"prefixItems": [A, B]}, {"prefixItems": [B, A]})[1] == [CHANGED, CHANGED]


def test_one_member_is_told_from_another_that_has_the_same_property() -> None:
    assert compared({"oneOf": [A, B]}, {"oneOf": [thing("w", "a"), thing("v", "b", size={"default": 1})]})[1] == [
        CHANGED,
        CHANGED,
    ]
    assert compared({"oneOf": [A, C]}, {"oneOf": [C, thing("w", "a")]})[1] == [CHANGED]


def test_schemas_that_refer_to_themselves_come_to_an_end() -> None:
    def tree(default: str) -> dict[str, Any]:
        node = thing(default, "node", left=ref("Tree"), rest={"type": "object", "additionalProperties": ref("Tree")})
        return {"Tree": {"oneOf": [node, ref("Leaf")]}, "Leaf": {"allOf": [ref("Base"), thing("v", "leaf")]}, **base}

    base = {"Base": {"type": "object", "properties": {"of": ref("Tree")}, "anyOf": [ref("Base"), {"minProperties": 1}]}}
    assert compared(ref("Tree"), ref("Tree"), tree("v"), tree("w")) == ("breaking", [CHANGED])


@pytest.mark.parametrize(("was", "is_now"), [(0, False), (True, 1), ([1], [True])])
def test_a_truth_value_is_no_number(was: Any, is_now: Any) -> None:
    schemas = [{"type": "object", "properties": {"k": {"default": one}}} for one in (was, is_now)]
    assert compared(*schemas) == ("breaking", [CHANGED])
