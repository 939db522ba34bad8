"""What a change of a schema means in one direction, told at the deepest place where it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.contract.pointer import ABSENT, join
from conformance.drift.change import Change, Direction, Level
from conformance.drift.containment.decision import Answer
from conformance.drift.containment.shape import TooComplex
from conformance.drift.containment.universe import Schema, as_written, conjunction, text
from conformance.drift.pair import Pair

DEEP = 12
WHAT = "{what}"
"""Stands in what is kept of a pair of schemas for what they are called where they are used."""


@dataclass(frozen=True)
class Place:
    """Where a pair of schemas stands: the operation, the direction of travel, the pointer, and what is called so."""

    operation: str
    direction: Direction
    pointer: str
    what: str

    def below(self, *tokens: str) -> Place:
        """A place within the schema here."""
        return replace(self, pointer=self.pointer + join(*tokens))


def schema_changes(pair: Pair, place: Place, old: Any, new: Any) -> Iterator[Change]:
    """The changes between two raw schemas; none when they say the same."""
    if pair.identical(old, new):
        return
    sent, taken = pair.schemas(place.direction, old, new)
    key = text([place.direction, sent, taken])
    if key not in pair.found:
        here = replace(place, operation="", pointer="", what=WHAT)
        pair.found[key] = tuple(_changes(pair, here, sent, taken, DEEP, ()))
    for change in pair.found[key]:
        says = change.says.replace(WHAT, place.what)
        yield replace(change, operation=place.operation, pointer=place.pointer + change.pointer, says=says)
    yield from _chosen_changes(pair, place, pair.old.resolve(old), pair.new.resolve(new))


def _chosen_changes(pair: Pair, place: Place, old: Any, new: Any) -> Iterator[Change]:
    """The changes of what a discriminator leads to from a schema that is no union: its mapping, value by value."""
    before, after = _mapping(old), _mapping(new)
    if before is None or after is None:
        return
    here = place.below("discriminator", "mapping")
    for value, target in after.items():
        if value in before:
            yield from schema_changes(
                pair, replace(here.below(value), what=f"{place.what} of {value}"), before[value], target
            )
        else:
            level: Level = "breaking" if place.direction == "response" else "additive"
            says = f"{place.what} can be a {value} as well"
            at = here.below(value).pointer
            yield Change(
                level, f"{place.direction}-variant-added", place.operation, at, says, place.direction, after=value
            )
    for value in before:
        if value not in after:
            level = "breaking" if place.direction == "request" else "additive"
            says = f"{place.what} can be no {value} any more"
            at = here.below(value).pointer
            rule = f"{place.direction}-variant-removed"
            yield Change(level, rule, place.operation, at, says, place.direction, value, gone=True)


def _mapping(schema: Any) -> dict[str, Any] | None:
    """What each value of the discriminator of an object leads to; ``None`` for a union, or without a mapping."""
    if not isinstance(schema, Mapping) or {"oneOf", "anyOf"} & schema.keys():
        return None
    told = schema.get("discriminator")
    mapping = told.get("mapping") if isinstance(told, Mapping) else None
    if not isinstance(mapping, Mapping):
        return None
    return {
        str(value): {"$ref": target if "/" in str(target) else f"#/components/schemas/{target}"}
        for value, target in mapping.items()
    }


def _changes(
    pair: Pair, place: Place, sent: Schema, taken: Schema, left: int, above: tuple[str, ...]
) -> Iterator[Change]:
    """``above`` are the pairs of schemas that hold this one: a pair within itself says nothing more."""
    key = text([sent, taken])
    if key in above or not left:
        return
    answer = pair.decide(place.direction, sent, taken)
    back = pair.decide(place.direction, taken, sent) if answer.verdict == "yes" else None
    ours, theirs = _members(pair, place, sent), _members(pair, place, taken)
    yield from _names(place, ours, theirs)
    deeper = [
        change
        for name in ours
        if name in theirs
        for change in _changes(pair, place.below(*name), ours[name], theirs[name], left - 1, (*above, key))
    ]
    yield from deeper
    if back is not None and back.verdict == "yes":
        return
    if any(change.rule not in NAMES for change in deeper):
        yield from _shell(pair, place, sent, taken, answer)
    elif answer.verdict != "yes" or not any(name not in ours or name not in theirs for name in {**ours, **theirs}):
        yield _told(pair, place, answer, sent, taken)


NAMES = frozenset(
    f"{direction}-property-{what}" for direction in ("request", "response") for what in ("added", "removed")
)
"""Rules of properties that come and go and break nobody: a change of what holds them is told beside."""


def _names(
    place: Place, ours: Mapping[tuple[str, ...], Schema], theirs: Mapping[tuple[str, ...], Schema]
) -> Iterator[Change]:
    """Properties that one side alone has; whether that breaks anything is told by the schema that holds them."""
    old, new = (ours, theirs) if place.direction == "request" else (theirs, ours)
    for which, other, word in ((new, old, "added"), (old, new, "removed")):
        for name, schema in which.items():
            if name not in other and name[0] == "properties":
                here = place.below(*name)
                yield Change(
                    "additive",
                    f"{place.direction}-property-{word}",
                    place.operation,
                    here.pointer,
                    f"{place.what}: the property {name[1]} is {'new' if word == 'added' else 'gone'}",
                    place.direction,
                    ABSENT if word == "added" else schema,
                    schema if word == "added" else ABSENT,
                    gone=word == "removed",
                )


def _told(pair: Pair, place: Place, answer: Answer, sent: Schema, taken: Schema) -> Change:
    request = place.direction == "request"
    universe = pair.containment(place.direction).universe
    told = [as_written(pair.resolved(place.direction, schema)) for schema in (sent, taken)]
    before, after = told if request else reversed(told)
    change = Change(
        "additive",
        f"{place.direction}-schema-{'widened' if request else 'narrowed'}",
        place.operation,
        place.pointer,
        f"{place.what} {'takes more' if request else 'says less'} than before",
        place.direction,
        before,
        after,
    )
    if answer.verdict == "no":
        says = "refuses what it took before" if request else "may hold what was never said"
        if why := universe.why(taken, answer.counterexample):
            says += f" ({_short(why)})"
        rule = f"{place.direction}-schema-{'narrowed' if request else 'widened'}"
        return replace(
            change, level="breaking", rule=rule, says=f"{place.what} {says}", counterexample=answer.counterexample
        )
    if answer.verdict == "unknown":
        says = f"{place.what} may be another now"
        rule = f"{place.direction}-schema-unknown"
        return replace(change, level="unknown", rule=rule, says=says, tried=answer.tried)
    return change


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."


def _members(pair: Pair, place: Place, schema: Schema) -> dict[tuple[str, ...], Schema]:
    """The schemas of properties and items where a schema is of one kind only, by their tokens."""
    try:
        shapes = pair.containment(place.direction).expansion.shapes(schema)
    except TooComplex:
        return {}
    shapes = tuple(shape for shape in shapes if shape.kind in {"object", "array"})
    if len(shapes) != 1 or shapes[0].values is not None:
        return {}
    shape = shapes[0]
    if shape.kind == "array":
        return {} if shape.prefix or shape.rest in (True, False) else {("items",): shape.rest}
    found: dict[tuple[str, ...], Schema] = {
        ("properties", name): shape.member(name) for name in shape.properties if shape.member(name) is not False
    }
    if isinstance(shape.additional, Mapping) and "$comment" not in shape.additional:
        found["additionalProperties",] = shape.additional
    return found


def _shell(pair: Pair, place: Place, sent: Schema, taken: Schema, whole: Answer) -> Iterator[Change]:
    """What changed beside the members that both sides have; ``whole`` is the answer for all of it."""
    theirs = _members(pair, place, taken)
    shared = {name for name in _members(pair, place, sent) if name in theirs}
    bare = [_without(pair, place, schema, shared) for schema in (sent, taken)]
    if ABSENT in bare:
        return
    answer = pair.decide(place.direction, bare[0], bare[1])
    back = pair.decide(place.direction, bare[1], bare[0])
    if not answer.verdict == back.verdict == "yes":
        yield _told(pair, place, whole if whole.verdict == answer.verdict == "no" else answer, sent, taken)


def _without(pair: Pair, place: Place, schema: Schema, shared: set[tuple[str, ...]]) -> Schema:
    """A schema in which the shared members can be anything that the schema names at all."""
    resolved = pair.resolved(place.direction, schema)
    if not isinstance(resolved, Mapping):
        return ABSENT
    if set(resolved) & {"oneOf", "anyOf", "not", "if"}:
        return ABSENT
    parts = [_without(pair, place, part, shared) for part in resolved.get("allOf", ())]
    if ABSENT in parts:
        return ABSENT
    own = {key: value for key, value in resolved.items() if key not in {"allOf", "properties", "items"}}
    if ("additionalProperties",) in shared:
        own.pop("additionalProperties", None)
    if "items" in resolved and ("items",) not in shared:
        own["items"] = resolved["items"]
    if "properties" in resolved:
        own["properties"] = {
            name: True if ("properties", name) in shared else item for name, item in resolved["properties"].items()
        }
    return conjunction(own, *parts)
