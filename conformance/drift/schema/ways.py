"""The ways to read a schema: what it refers to and ``allOf`` hold together, of the rest of a composition one member.

The members of ``oneOf`` and of ``anyOf`` are such, and so are what an ``if`` has as its ``then`` and as its ``else``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import join
from conformance.contract.references import referred
from conformance.drift.schema import place

Way = tuple[str, ...]
"""The pointers of schemas that hold for one value together."""
Key = tuple[str, ...]
"""A keyword that has a schema for something inside a value, with the name of a property."""
Children = dict[Key, Way]
Said = tuple[Way, list[Any]]


def ways(root: Mapping[str, Any], at: Way, opened: frozenset[str] = frozenset()) -> Iterator[Way]:
    """The ways to read schemas that hold together; the members of a composition that is ``opened`` are in it."""
    together = tuple(dict.fromkeys(part for one in at for part in _together(root, one)))
    members = [one for part in together if part not in opened for one in _alternatives(root, part)]
    if not members:
        yield together
    for member in members:
        yield from ways(root, (*together, member), opened.union(together))


def children(root: Mapping[str, Any], way: Way) -> Children:
    """The schemas of properties, with and without a name, and of items that the parts of a way declare."""
    found: Children = {}
    for part in way:
        schema = pointer.get(root, part)
        if not isinstance(schema, dict):
            continue
        for word in ("properties", "patternProperties"):
            for name in schema[word] if isinstance(schema.get(word), dict) else ():
                found[word, name] = (*found.get((word, name), ()), f"{part}{join(word, name)}")
        for word in ("additionalProperties", "items"):
            if isinstance(schema.get(word), dict):
                found[word,] = (*found.get((word,), ()), f"{part}/{word}")
        for one in _members(root, part, "prefixItems"):
            key = ("prefixItems", one.rpartition("/")[2])
            found[key] = (*found.get(key, ()), one)
    return {key: tuple(dict.fromkeys(place.target(root, one) for one in at)) for key, at in found.items()}


def required(root: Mapping[str, Any], way: Way) -> frozenset[str]:
    """The properties that the parts of a way list as required."""
    found = (pointer.get(root, f"{part}/required") for part in way)
    return frozenset(str(name) for names in found if isinstance(names, list) for name in names)


def matched(
    old_root: Mapping[str, Any], old: Sequence[Children], new_root: Mapping[str, Any], new: Sequence[Children]
) -> Iterator[tuple[int, int]]:
    """The numbers of each old way and of the new one that is most like it, of one twice only where there are fewer."""
    if len(old) == len(new) == 1:
        yield 0, 0
        return
    ours, theirs = [_said(old_root, one) for one in old], [_said(new_root, one) for one in new]
    numbers = list(product(range(len(old)), range(len(new))))
    numbers.sort(key=lambda pair: _unlikeness(ours[pair[0]], theirs[pair[1]], abs(pair[0] - pair[1])))
    met: tuple[set[int], set[int]] = set(), set()
    for again in (False, True):
        for here, there in numbers:
            if here not in met[0] and (again or there not in met[1]):
                met[0].add(here)
                met[1].add(there)
                yield here, there


def _unlikeness(one: Mapping[Key, Said], other: Mapping[Key, Said], distance: int) -> tuple[int, ...]:
    """How little two ways say the same: in how many schemas, at how many places, with how many others, how far away."""
    shared = one.keys() & other.keys()
    equal = sum(one[key][1] == other[key][1] for key in shared)
    named = sum(one[key][0] == other[key][0] for key in shared)
    return -equal, -named, len(one.keys() ^ other.keys()), distance


def _said(root: Mapping[str, Any], way: Children) -> dict[Key, Said]:
    """The places of a way's schemas, and what they say but for their defaults."""
    return {key: (at, [_without_default(pointer.get(root, one)) for one in at]) for key, at in way.items()}


def _without_default(schema: Any) -> Any:
    return {word: value for word, value in schema.items() if word != "default"} if isinstance(schema, dict) else schema


def _together(root: Mapping[str, Any], at: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The pointers of a schema and of what holds with it: what it refers to, and the members of its ``allOf``."""
    at = place.target(root, at)
    if at in seen:
        return
    seen |= {at}
    yield at
    schema = pointer.get(root, at)
    if (other := referred(root, schema)) is not None:
        yield from _together(root, other, seen)
    for member in _members(root, at, "allOf"):
        yield from _together(root, member, seen)


def _alternatives(root: Mapping[str, Any], at: str) -> Iterator[str]:
    """The pointers of the members of a schema's compositions of which one holds."""
    yield from _members(root, at, "oneOf", "anyOf")
    schema = pointer.get(root, at)
    if isinstance(schema, dict) and "if" in schema:
        yield from (f"{at}/{word}" for word in ("then", "else") if word in schema)


def _members(root: Mapping[str, Any], at: str, *words: str) -> Iterator[str]:
    schema = pointer.get(root, at)
    for word in words if isinstance(schema, dict) else ():
        members = schema.get(word)
        yield from (f"{at}/{word}/{number}" for number in range(len(members) if isinstance(members, list) else 0))
