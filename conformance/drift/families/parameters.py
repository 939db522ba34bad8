"""Parameters: where they are, how they are written down, whether they are needed, what they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.pointer import ABSENT, join
from conformance.drift.change import Change, Level
from conformance.drift.families.bodies import content_changes
from conformance.drift.pair import Couple, Half, Node, Pair, same
from conformance.drift.schemas import Place, schema_changes

STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that OpenAPI tells tools to ignore: other parts of the document describe them."""
Named = dict[tuple[str, str], tuple[str, Node]]


def changes(pair: Pair, couple: Couple) -> Iterator[Change]:
    """The changes of every parameter; one in the path is the same as the one that stands in its place."""
    old, new = _named(couple.old), _named(couple.new)
    for key, (pointer, node) in old.items():
        if key not in new:
            yield _gone(couple, pointer, node)
    for key, (pointer, node) in new.items():
        if key not in old:
            yield _added(couple, pointer, node)
        else:
            yield from _changed(pair, couple, pointer, old[key][1], node)


def _named(half: Half) -> Named:
    """Each parameter by where it is and its name; in the path by its number, since its name is not sent."""
    order = re.findall(r"\{([^{}]*)\}", half.path)
    found: Named = {}
    for pointer, node in half.parameters():
        where, name = node["in"], node["name"]
        if where == "header" and name.lower() in IGNORED:
            continue
        key = str(order.index(name)) if where == "path" and name in order else name
        found[where, key.lower() if where == "header" else key] = (pointer, node)
    return found


def _title(node: Node) -> str:
    return f"the {node['in']} parameter {node['name']}"


def _gone(couple: Couple, pointer: str, node: Node) -> Change:
    says = f"{_title(node)} is gone: who sends it is no longer understood"
    level: Level = "breaking" if couple.asks == "request" or node.get("required") else "additive"
    return Change(
        level, f"{couple.asks}-parameter-removed", couple.id, pointer, says, couple.asks, node["name"], gone=True
    )


def _added(couple: Couple, pointer: str, node: Node) -> Change:
    needed = bool(node.get("required")) and couple.asks == "request"
    says = f"{_title(node)} is new{' and has to be sent' if needed else ''}"
    rule = f"{couple.asks}-parameter-added"
    return Change("breaking" if needed else "additive", rule, couple.id, pointer, says, couple.asks, after=node["name"])


def _changed(pair: Pair, couple: Couple, pointer: str, old: Node, new: Node) -> Iterator[Change]:
    title, asks = _title(new), couple.asks
    if old["name"] != new["name"] and new["in"] == "path":
        says = f"the path parameter {old['name']} is called {new['name']} now, which is not sent"
        yield Change("client", "parameter-renamed", couple.id, pointer, says, asks, old["name"], new["name"])
    before, after = bool(old.get("required")), bool(new.get("required"))
    if before != after:
        breaks = after if asks == "request" else before
        says = f"{title} {'has to be sent now' if after else 'can be left out now'}"
        rule = f"{asks}-parameter-{'required' if after else 'optional'}"
        yield Change("breaking" if breaks else "additive", rule, couple.id, pointer, says, asks, before, after)
    yield from _written(pair, couple, pointer, old, new)
    schemas = old.get("schema"), new.get("schema")
    if "content" in old or "content" in new:
        yield from content_changes(pair, Place(couple.id, asks, pointer, title), old.get("content"), new.get("content"))
    elif not pair.identical(*schemas):
        place = Place(couple.id, asks, pointer + join("schema"), title)
        yield from schema_changes(pair, place, schemas[0] or {}, schemas[1] or {})
    yield from _default(pair, couple, pointer, old, new)


def _written(pair: Pair, couple: Couple, pointer: str, old: Node, new: Node) -> Iterator[Change]:
    """How values are written down: style, and for arrays and objects explode and reserved characters."""
    one, other = (
        _way(pair.old.resolve(old.get("schema") or {}), old),
        _way(pair.new.resolve(new.get("schema") or {}), new),
    )
    if one != other and "schema" in old and "schema" in new:
        says = f"{_title(new)} is written down in another way: {other}, no longer {one}"
        rule = f"{couple.asks}-parameter-style-changed"
        yield Change("breaking", rule, couple.id, pointer, says, couple.asks, one, other)


def _way(schema: Any, node: Node) -> str:
    style = node.get("style") or STYLES.get(node["in"], "form")
    kinds = schema.get("type", ()) if isinstance(schema, Mapping) else ()
    plain = kinds and not {"array", "object"} & ({kinds} if isinstance(kinds, str) else set(kinds))
    if plain and style in {"form", "simple"}:
        return "plain"
    explode = node.get("explode", style == "form")
    return f"{style}{', exploded' if explode else ''}"


def _default(pair: Pair, couple: Couple, pointer: str, old: Node, new: Node) -> Iterator[Change]:
    before = _default_of(pair.old.resolve(old.get("schema") or {}))
    after = _default_of(pair.new.resolve(new.get("schema") or {}))
    if (before is ABSENT) != (after is ABSENT) or (before is not ABSENT and not same(before, after)):
        level: Level = "docs" if before is ABSENT else "breaking"
        says = f"{_title(new)}: leaving it out means {_shown(after)}, no longer {_shown(before)}"
        rule = f"{couple.asks}-parameter-default-changed"
        at = pointer + join("schema", "default")
        yield Change(level, rule, couple.id, at, says, couple.asks, before, after, gone=after is ABSENT)


def _default_of(schema: Any) -> Any:
    return schema.get("default", ABSENT) if isinstance(schema, Mapping) else ABSENT


def _shown(value: Any) -> str:
    return "nothing that is written" if value is ABSENT else repr(value)
