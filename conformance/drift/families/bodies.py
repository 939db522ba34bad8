"""Request bodies: whether one is needed, and what it is in each media type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.change import Change, Level
from conformance.drift.pair import Couple, Node, Pair
from conformance.drift.schemas import Place, schema_changes


def changes(pair: Pair, couple: Couple) -> Iterator[Change]:
    """The changes of what is sent to the operation."""
    old = pair.old.resolve(couple.old.node.get("requestBody"))
    new = pair.new.resolve(couple.new.node.get("requestBody"))
    pointer, asks = couple.new.pointer + join("requestBody"), couple.asks
    if old is None and new is None:
        return
    if old is None or new is None:
        yield _came_or_went(couple, new)
        return
    before, after = bool(old.get("required")), bool(new.get("required"))
    if before != after:
        breaks = after if asks == "request" else before
        says = f"a body {'has to be sent now' if after else 'can be left out now'}"
        rule = f"{asks}-body-{'required' if after else 'optional'}"
        yield Change("breaking" if breaks else "additive", rule, couple.id, pointer, says, asks, before, after)
    place = Place(couple.id, asks, pointer, "the body of the request")
    yield from content_changes(pair, place, old.get("content"), new.get("content"))


def _came_or_went(couple: Couple, new: Node | None) -> Change:
    asks = couple.asks
    if new is None:
        pointer = couple.old.pointer + join("requestBody")
        says = "the body of the request is gone: who sends one is no longer understood"
        level: Level = "breaking" if asks == "request" else "additive"
        return Change(level, f"{asks}-body-removed", couple.id, pointer, says, asks, gone=True)
    pointer = couple.new.pointer + join("requestBody")
    needed = bool(new.get("required")) and asks == "request"
    says = f"a body is new{' and has to be sent' if needed else ''}"
    return Change("breaking" if needed else "additive", f"{asks}-body-added", couple.id, pointer, says, asks)


def content_changes(pair: Pair, place: Place, old: Any, new: Any) -> Iterator[Change]:
    """The changes of what a message holds, media type by media type."""
    before, after = _normal(old), _normal(new)
    for media_type, (name, node) in before.items():
        match = media_type if media_type in after else next((one for one in after if _covers(one, media_type)), None)
        if match is None:
            says = f"{place.what} is {name} no longer"
            at = place.pointer + join("content", name)
            rule = f"{place.direction}-media-type-removed"
            yield Change("breaking", rule, place.operation, at, says, place.direction, name, gone=True)
            continue
        told, theirs = after[match]
        here = place.below("content", told)
        yield from schema_changes(pair, here.below("schema"), node.get("schema", {}), theirs.get("schema", {}))
        yield from _encoding(pair, here, node, theirs)
    for media_type, (name, _) in after.items():
        if media_type not in before:
            says = f"{place.what} can be {name} as well"
            at = place.pointer + join("content", name)
            rule = f"{place.direction}-media-type-added"
            yield Change("additive", rule, place.operation, at, says, place.direction, after=name)


def _normal(content: Any) -> dict[str, tuple[str, Node]]:
    """Media types without case and white space, each with its name in the document."""
    found: dict[str, tuple[str, Node]] = {}
    for name, node in content.items() if isinstance(content, Mapping) else ():
        kind, *parameters = (part.strip().lower() for part in str(name).split(";"))
        key = ";".join([kind, *sorted(part for part in parameters if part and part != "charset=utf-8")])
        found[key] = (name, node if isinstance(node, Mapping) else {})
    return found


def _covers(wider: str, media_type: str) -> bool:
    """Whether a range such as ``image/*`` holds a media type."""
    kind = media_type.partition(";")[0]
    return wider == "*/*" or (wider.endswith("/*") and kind.startswith(wider[:-1]))


def _encoding(pair: Pair, place: Place, old: Node, new: Node) -> Iterator[Change]:
    before, after = old.get("encoding") or {}, new.get("encoding") or {}
    for name in dict.fromkeys((*before, *after)):
        if not pair.identical(before.get(name), after.get(name)):
            here = place.below("encoding", name)
            says = f"{place.what}: the part {name} is encoded in another way"
            rule = f"{place.direction}-encoding-changed"
            one, other = before.get(name), after.get(name)
            yield Change("breaking", rule, place.operation, here.pointer, says, place.direction, one, other)
