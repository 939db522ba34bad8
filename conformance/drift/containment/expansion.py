"""From a schema to its shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from conformance.drift.containment.shape import KINDS, Kind, Shape, TooComplex, both, is_empty
from conformance.drift.containment.universe import Schema, Universe, conjunction, text

MOST = 400
"""Shapes of one schema that are looked at."""

DEEP = 40
"""References and combinations that lead to one shape."""

_KNOWN = frozenset(
    {"type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "nullable", "format"}
    | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern"}
    | {"prefixItems", "items", "minItems", "maxItems", "uniqueItems", "properties", "patternProperties", "$defs"}
    | {"additionalProperties", "required", "propertyNames", "minProperties", "maxProperties", "dependentRequired"}
    | {"$comment"}
)
_KINDS: Mapping[str, Kind] = {"integer": "number", **{str(kind): kind for kind in KINDS}}
_OF: Mapping[str, Kind] = {
    "contains": "array", "minContains": "array", "maxContains": "array", "unevaluatedItems": "array",
    "unevaluatedProperties": "object", "dependentSchemas": "object",
}  # fmt: skip


@dataclass
class Expansion:
    """Shapes of the schemas of a universe, each found once."""

    universe: Universe
    _known: dict[str, tuple[Shape, ...]] = field(default_factory=dict, repr=False)

    def shapes(self, schema: Schema) -> tuple[Shape, ...]:
        """The shapes whose values together are those of ``schema``; none when it is plain that it has no value.

        :raises TooComplex: there are too many, or a schema is a part of itself.
        """
        key = text(schema)
        if key not in self._known:
            self._known[key] = self._counted(schema, self._of(schema, DEEP))
        return self._known[key]

    def _counted(self, schema: Schema, found: Iterable[Shape]) -> tuple[Shape, ...]:
        """The shapes with every finite one held against the validator, which is always right."""
        result = []
        for shape in found:
            values = shape.values if shape.values is not None else shape.integers()
            if values is None:
                result.append(shape)
                continue
            right = tuple(value for value in values if self.universe.is_valid(schema, value))
            if right:
                result.append(Shape(shape.kind, values=right))
        return tuple(result)

    def _of(self, schema: Schema, depth: int) -> tuple[Shape, ...]:
        if not depth:
            raise TooComplex("a schema that is a part of itself")
        if schema is True or schema == {}:
            return tuple(map(_anything, KINDS))
        if schema is False:
            return ()
        found = self._own(schema)
        if "$ref" in schema:
            found = _product(found, self._of(self.universe.resolve(schema["$ref"]), depth - 1))
        for part in schema.get("allOf", ()):
            found = _product(found, self._of(part, depth - 1))
        if "anyOf" in schema:
            found = _product(found, [shape for part in schema["anyOf"] for shape in self._of(part, depth - 1)])
        if "oneOf" in schema:
            found = _product(found, self._one_of(schema["oneOf"], depth - 1))
        if "if" in schema:
            found = _product(found, self._conditional(schema, depth - 1))
        if "not" in schema:
            found = self._without(found, schema["not"])
        for name, others in schema.get("dependentRequired", {}).items():
            found = _product(found, _dependent(name, others))
        return found

    def _own(self, schema: Mapping[str, Any]) -> tuple[Shape, ...]:
        literals = [schema["const"]] if "const" in schema else schema.get("enum")
        if literals is not None:
            kinds = dict.fromkeys(map(kind_of, literals))
            return tuple(
                Shape(kind, values=tuple(value for value in literals if kind_of(value) == kind)) for kind in kinds
            )
        named = schema.get("type", list(KINDS))
        found = []
        for word in [named] if isinstance(named, str) else named:
            if word not in _KINDS:
                raise TooComplex(f"the type {word!r}")
            found.append(_said(_KINDS[word], schema, whole=word == "integer"))
        return tuple(shape for shape in found if not is_empty(shape))

    def _one_of(self, parts: list[Schema], depth: int) -> list[Shape]:
        branches = [self._of(part, depth) for part in parts]
        found = []
        for index, branch in enumerate(branches):
            for shape in branch:
                meeting = [
                    parts[place]
                    for place, other in enumerate(branches)
                    if place != index and any(_meet(shape, one) for one in other)
                ]
                found.append(replace(shape, nots=(*shape.nots, *meeting)))
        return found

    def _conditional(self, schema: Mapping[str, Any], depth: int) -> list[Shape]:
        yes = self._of(conjunction(schema["if"], schema.get("then", True)), depth)
        no = self._without(self._of(schema.get("else", True), depth), schema["if"])
        return [*yes, *no]

    def _without(self, found: Iterable[Shape], schema: Schema) -> tuple[Shape, ...]:
        """The shapes without the values of ``schema``, said as plainly as can be."""
        forbidden = schema.keys() if isinstance(schema, Mapping) else set()
        if forbidden == {"type"}:
            words = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
            if "integer" not in words:
                return tuple(shape for shape in found if shape.kind not in words)
        lone = forbidden <= {"required", "type"} and len(schema.get("required", ())) == 1
        if lone and schema.get("type", "object") == "object":
            lacking = (_lacking(shape, schema["required"][0], "type" in schema) for shape in found)
            return tuple(shape for shape in lacking if shape is not None)
        kept = (replace(shape, nots=(*shape.nots, schema)) for shape in found)
        return tuple(shape for shape in kept if not is_empty(shape))


def kind_of(value: Any) -> Kind:
    """The JSON type of a value, an integer being a number."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names: dict[type, Kind] = {int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


def _lacking(shape: Shape, name: str, typed: bool) -> Shape | None:
    """A shape of objects without a property; ``not: {required}`` leaves no value that is no object."""
    if shape.kind != "object":
        return shape if typed else None
    kept = replace(shape, properties={**shape.properties, name: False})
    return None if is_empty(kept) else kept


def _dependent(name: str, others: Iterable[str]) -> tuple[Shape, ...]:
    plain = [_anything(kind) for kind in KINDS if kind != "object"]
    absent = Shape("object", properties={name: False})
    return (*plain, absent, Shape("object", required=frozenset({name, *others})))


def _anything(kind: Kind) -> Shape:
    if kind == "null":
        return Shape(kind, values=(None,))
    return Shape(kind, values=(False, True)) if kind == "boolean" else Shape(kind)


def _product(some: Iterable[Shape], others: Iterable[Shape]) -> tuple[Shape, ...]:
    others = tuple(others)
    found = [
        shape for one in some for other in others if one.kind == other.kind and (shape := both(one, other)) is not None
    ]
    if len(found) > MOST:
        raise TooComplex(f"more than {MOST} combinations")
    return tuple(found)


def _meet(one: Shape, other: Shape) -> bool:
    """Whether two shapes may share a value; only what is plain tells them apart."""
    if one.kind != other.kind:
        return False
    try:
        shared = both(replace(one, nots=()), replace(other, nots=()))
    except TooComplex:
        return True
    return shared is not None and not _told_apart(one, other)


def _told_apart(one: Shape, other: Shape) -> bool:
    """Whether a property that both require has no value that both allow."""
    for name in one.required & other.required:
        ours, theirs = _literals(one.member(name)), _literals(other.member(name))
        if ours is not None and theirs is not None and not any(value in theirs for value in ours):
            return True
    return False


def _literals(schema: Schema) -> list[Any] | None:
    if not isinstance(schema, Mapping):
        return None
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _said(kind: Kind, schema: Mapping[str, Any], *, whole: bool) -> Shape:
    opaque = frozenset(
        text({key: value}) for key, value in schema.items() if key not in _KNOWN and _OF.get(key, kind) == kind
    )
    shape = replace(_anything(kind), opaque=opaque)
    match kind:
        case "number":
            return _number(shape, schema, whole)
        case "string":
            return replace(
                shape,
                shortest=int(schema.get("minLength", 0)),
                longest=_whole(schema.get("maxLength")),
                patterns=frozenset({schema["pattern"]} if "pattern" in schema else ()),
                formats=frozenset({schema["format"]} if "format" in schema else ()),
            )
        case "array":
            items = schema.get("items", True)
            return replace(
                shape,
                shortest=int(schema.get("minItems", 0)),
                longest=_whole(schema.get("maxItems")),
                prefix=tuple(schema.get("prefixItems", ())),
                rest=True if items == {} else items,
                unique=bool(schema.get("uniqueItems")),
            )
        case "object":
            additional = schema.get("additionalProperties", True)
            return replace(
                shape,
                shortest=int(schema.get("minProperties", 0)),
                longest=_whole(schema.get("maxProperties")),
                properties=dict(schema.get("properties", {})),
                by_pattern=dict(schema.get("patternProperties", {})),
                additional=True if additional == {} else additional,
                required=frozenset(schema.get("required", ())),
                names=(schema["propertyNames"],) if "propertyNames" in schema else (),
            )
    return shape


def _number(shape: Shape, schema: Mapping[str, Any], whole: bool) -> Shape:
    steps = {Fraction(1)} if whole else set()
    if "multipleOf" in schema:
        steps.add(_exact(schema["multipleOf"]))
    found = replace(shape, multiples=frozenset(steps))
    for word, low, is_open in (
        ("minimum", True, False),
        ("exclusiveMinimum", True, True),
        ("maximum", False, False),
        ("exclusiveMaximum", False, True),
    ):
        if word in schema:
            limit = _exact(schema[word])
            more = (
                Shape("number", low=limit, low_open=is_open) if low else Shape("number", high=limit, high_open=is_open)
            )
            found = both(found, more) or replace(found, low=Fraction(1), high=Fraction(0))
    return found


def _exact(number: float | str) -> Fraction:
    return Fraction(str(number))


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)
