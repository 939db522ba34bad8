"""The decision about two schemas: what it calls yes is sampled for refutation, what it calls no is confirmed."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.drift.containment.decide import Answer, Containment, No, Unknown, Yes
from conformance.drift.containment.dialect import Dialect
from conformance.drift.containment.universe import Universe, link, relinked

NAMES = ("a", "b", "c")
SMALL = st.integers(-2, 4)


def decided(sender: Any, receiver: Any, components: dict[str, Any] | None = None, *, strict: bool = True) -> Answer:
    root = {"openapi": "3.1.0", "components": {"schemas": components or {}}}
    dialect = Dialect(root, "request", "sender")
    forms = [dialect.of(schema, "") for schema in (sender, receiver)]
    definitions, (names,) = link([dialect.definitions])
    universe = Universe(definitions)
    nodes = [universe.node(relinked(form, names)) for form in forms]
    return Containment(universe).answer(*nodes, strict=strict)


def admits(schema: Any, value: Any, components: dict[str, Any] | None = None) -> bool:
    """What a validator says that sees the schema as it was written, before any translation."""
    form = {"allOf": [schema], "components": {"schemas": components or {}}}
    return jsonschema_rs.Draft202012Validator(form).is_valid(value)


def values() -> st.SearchStrategy[Any]:
    plain = st.one_of(
        st.none(),
        st.booleans(),
        SMALL,
        st.sampled_from([0.5, 1.5, 2.5]),
        st.text(alphabet="ab1", max_size=4),
    )
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from([*NAMES, "d"]), inner, max_size=4)
        ),
        max_leaves=6,
    )


def bounds() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "minimum": SMALL,
            "maximum": SMALL,
            "exclusiveMinimum": SMALL,
            "exclusiveMaximum": SMALL,
            "multipleOf": st.sampled_from([1, 2, 3, 0.5]),
        },
    )


def numbers() -> st.SearchStrategy[Any]:
    return st.builds(lambda kind, said: {"type": kind, **said}, st.sampled_from(["number", "integer"]), bounds())


def texts() -> st.SearchStrategy[Any]:
    said = st.fixed_dictionaries(
        {},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(0, 3),
            "pattern": st.sampled_from(["^a", "b$", "^[ab]*$", "^a?b?$", "1", "^(a|b)1*$"]),
        },
    )
    return st.builds(lambda one: {"type": "string", **one}, said)


def arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    said = st.fixed_dictionaries(
        {},
        optional={
            "items": inner,
            "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "minItems": st.integers(0, 3),
            "maxItems": st.integers(0, 3),
            "uniqueItems": st.booleans(),
            "contains": inner,
        },
    )
    return st.builds(lambda one: {"type": "array", **one}, said)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    said = st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
            "required": st.lists(st.sampled_from(NAMES), unique=True, max_size=2),
            "additionalProperties": st.one_of(st.booleans(), inner),
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "[bc]"]), inner, max_size=1),
            "propertyNames": st.sampled_from([{"pattern": "^[ab]"}, {"maxLength": 1}, {"enum": ["a", "b", "d"]}]),
            "minProperties": st.integers(0, 2),
            "maxProperties": st.integers(0, 3),
            "dependentRequired": st.sampled_from([{"a": ["b"]}, {"b": ["c"]}]),
        },
    )
    return st.builds(lambda one: {"type": "object", **one}, said)


def schemas() -> st.SearchStrategy[Any]:
    leaves = st.one_of(
        st.booleans(),
        numbers(),
        texts(),
        st.lists(st.sampled_from([None, True, 0, 1, 2, "a", "ab", [], {}]), min_size=1, max_size=3).map(
            lambda listed: {"enum": listed}
        ),
        st.lists(st.sampled_from(["null", "boolean", "integer", "string"]), min_size=1, max_size=2, unique=True).map(
            lambda kinds: {"type": kinds}
        ),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            arrays(inner),
            objects(inner),
            st.builds(
                lambda word, members: {word: members},
                st.sampled_from(["allOf", "anyOf", "oneOf"]),
                st.lists(inner, min_size=1, max_size=3),
            ),
            inner.map(lambda one: {"not": one}),
            st.builds(lambda one, two, three: {"if": one, "then": two, "else": three}, inner, inner, inner),
        ),
        max_leaves=6,
    )


def varied(schema: Any, other: Any) -> list[Any]:
    """Schemas near ``schema``, so that a yes is not as rare as between two that have nothing in common."""
    near: list[Any] = [
        {"anyOf": [schema, other]},
        {"allOf": [schema, other]},
        {"oneOf": [schema]},
        {"not": {"not": schema}},
    ]
    if isinstance(schema, dict):
        near += [{word: value for word, value in schema.items() if word != left} for left in schema]
    return near


RUN = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@RUN
@given(schemas(), schemas(), st.lists(values(), min_size=10, max_size=20))
def test_neither_answer_is_wrong(one: Any, other: Any, sampled: list[Any]) -> None:
    for sender, receiver in ((one, other), *((one, near) for near in varied(one, other))):
        for left, right in ((sender, receiver), (receiver, sender)):
            answer = decided(left, right)
            if isinstance(answer, No):
                assert admits(left, answer.counterexample), (left, right, answer)
                assert not admits(right, answer.counterexample), (left, right, answer)
            elif isinstance(answer, Yes):
                refuted = [value for value in sampled if admits(left, value) and not admits(right, value)]
                assert not refuted, (left, right, refuted[0])


@RUN
@given(st.one_of(numbers(), texts(), arrays(numbers()), objects(texts())), schemas())
def test_a_part_is_within_the_whole_and_the_whole_within_a_union(one: Any, other: Any) -> None:
    for sender, receiver in (
        (one, one),
        ({"allOf": [one, other]}, one),
        (one, {"anyOf": [one, other]}),
        ({"allOf": [one, {"not": other}]}, {"not": {"allOf": [one, other]}}),
    ):
        assert not isinstance(decided(sender, receiver), No), (sender, receiver)


def without_the_odd(schema: Any) -> bool:
    """Whether a schema has no pattern, ``not`` or condition, for which an answer may be missing."""
    if isinstance(schema, list):
        return all(map(without_the_odd, schema))
    if not isinstance(schema, dict):
        return True
    odd = {"pattern", "patternProperties", "propertyNames", "not", "if", "oneOf", "contains", "uniqueItems"}
    return not odd & schema.keys() and all(map(without_the_odd, schema.values()))


@RUN
@given(schemas().filter(without_the_odd), schemas().filter(without_the_odd))
def test_plain_schemas_always_get_an_answer(one: Any, other: Any) -> None:
    for sender, receiver in ((one, other), (other, one), *((one, near) for near in varied(one, other)[:3])):
        assert not isinstance(decided(sender, receiver), Unknown), (sender, receiver, decided(sender, receiver))


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def tree(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"v": {"type": kind}, "kids": {"type": "array", "items": ref(name)}},
        **more,
    }


RECURSIVE = {
    "Tree": tree("Tree", "integer", required=["v"]),
    "Same": tree("Same", "integer", required=["v"]),
    "Wide": tree("Wide", "number"),
    "Endless": {"type": "object", "properties": {"next": ref("Endless")}, "required": ["next"]},
    "Even": {"type": "object", "properties": {"odd": ref("Odd")}, "additionalProperties": False},
    "Odd": {"type": "object", "properties": {"even": ref("Even")}, "additionalProperties": False},
}


@pytest.mark.parametrize(
    ("sender", "receiver", "answer"),
    [
        ("Tree", "Same", Yes),
        ("Same", "Tree", Yes),
        ("Tree", "Wide", Yes),
        ("Wide", "Tree", No),
        ("Endless", "Odd", Yes),
        ("Odd", "Endless", No),
        ("Even", "Odd", No),
    ],
)
def test_schemas_that_refer_to_themselves(sender: str, receiver: str, answer: type[Answer]) -> None:
    found = decided(ref(sender), ref(receiver), RECURSIVE)
    assert isinstance(found, answer)
    if isinstance(found, No):
        assert admits(ref(sender), found.counterexample, RECURSIVE)
        assert not admits(ref(receiver), found.counterexample, RECURSIVE)


@pytest.mark.parametrize(
    ("sender", "receiver", "answer"),
    [
        ("^[a-z]{1,64}$", "^[a-z]+$", Yes),
        ("^[a-z]{1,64}$", "^[a-z]{1,63}$", No),
        ("^[a-z]+$", "^[a-z]*$", Yes),
        ("^(ab)+$", "^a", Yes),
        ("a", "^a", No),
        ("^\\d{4}-\\d{2}$", "^[0-9-]+$", Yes),
        ("^\\w+$", "^[A-Za-z0-9_]+$", Yes),
        ("^[^ ]+$", "^\\S+$", No),
        ("^a(?=b)", "^a", Yes),
        ("^a", "^a(?=b)", No),
        ("^(a|b)\\1$", "^(aa|bb)$", Unknown),
        ("^(?!ab)a", "^a(?!b)", Unknown),
        ("(", "^a", Unknown),
    ],
)
def test_patterns(sender: str, receiver: str, answer: type[Answer]) -> None:
    found = decided({"type": "string", "pattern": sender}, {"type": "string", "pattern": receiver})
    assert isinstance(found, answer), found


def test_a_sender_uses_no_name_that_the_receiver_alone_declares() -> None:
    open_object = {"type": "object", "properties": {"a": {"type": "string"}}}
    more = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    assert isinstance(decided(open_object, more, strict=False), Yes)
    assert isinstance(decided(open_object, more, strict=True), No)
    assert isinstance(decided(open_object, {**open_object, "additionalProperties": False}, strict=False), No)
    assert isinstance(decided({"type": "object"}, more, strict=False), No)
    assert isinstance(decided({**open_object, "required": ["b"]}, more, strict=False), No)


def test_a_search_gives_up_instead_of_going_on_for_ever() -> None:
    union = [{"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(12)}} for _ in range(1)]
    many = {"oneOf": [{"type": "object", "required": [f"p{n}"], "minProperties": n} for n in range(14)]}
    answer = decided({"anyOf": union}, many)
    assert isinstance(answer, No | Unknown)
