"""Two documents, operation by operation, and the questions that the families of changes ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from conformance.contract.document import METHODS, Document
from conformance.contract.pointer import join
from conformance.drift.change import Change, Direction
from conformance.drift.containment.decision import Answer, Containment
from conformance.drift.containment.universe import Schema, Side, Universe, text

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Half:
    """An operation as one of the documents has it: its node, the item that holds it, and where it stands."""

    document: Document
    pointer: str
    item: Node
    node: Node
    path: str
    method: str

    @property
    def id(self) -> str:
        """The operationId, or the method and the path."""
        return str(self.node.get("operationId") or f"{self.method.upper()} {self.path}")

    def parameters(self) -> Iterator[tuple[str, Node]]:
        """Each parameter resolved, with its pointer; an operation's own stands for the item's of the same name."""
        found: dict[tuple[str, str], tuple[str, Node]] = {}
        place = self.pointer.rpartition("/")[0]
        for at, holder in ((place, self.item), (self.pointer, self.node)):
            for index, entry in enumerate(holder.get("parameters") or ()):
                node = self.document.resolve(entry)
                if isinstance(node, Mapping) and isinstance(node.get("name"), str) and isinstance(node.get("in"), str):
                    found[node["in"], node["name"]] = (at + join("parameters", index), node)
        yield from found.values()


@dataclass(frozen=True)
class Couple:
    """The same operation in both documents; ``inbound`` for one that the server calls and the client answers."""

    old: Half
    new: Half
    inbound: bool = False

    @property
    def id(self) -> str:
        """The name of the operation in the new document."""
        return self.new.id

    @property
    def asks(self) -> Direction:
        """The direction in which the rules of a request hold for what is sent to the operation."""
        return "response" if self.inbound else "request"

    @property
    def answers(self) -> Direction:
        """The direction in which the rules of a response hold for what it answers."""
        return "request" if self.inbound else "response"


@dataclass
class Pair:
    """The documents, and what is decided about their schemas, each question once.

    ``found`` keeps the changes of pairs of schemas, which many operations share.
    """

    old: Document
    new: Document
    _requests: tuple[Containment, Side, Side] = field(init=False, repr=False)
    _responses: tuple[Containment, Side, Side] = field(init=False, repr=False)
    _same: dict[str, bool] = field(default_factory=dict, repr=False)
    found: dict[str, tuple[Change, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        requests, responses = Universe(), Universe()
        self._requests = (
            Containment(requests),
            requests.side("old", self.old, "request", sends=True),
            requests.side("new", self.new, "request"),
        )
        self._responses = (
            Containment(responses),
            responses.side("old", self.old, "response"),
            responses.side("new", self.new, "response", sends=True),
        )

    def schemas(self, direction: Direction, old: Any, new: Any) -> tuple[Schema, Schema]:
        """Two raw schemas, the sender's first: the old one of a request, the new one of a response."""
        _, ours, theirs = self._requests if direction == "request" else self._responses
        before, after = ours.schema(old), theirs.schema(new)
        return (before, after) if direction == "request" else (after, before)

    def identical(self, old: Any, new: Any) -> bool:
        """Whether two nodes are the same to the letter, and so is all that they refer to."""
        return same(old, new) and all(self._alike(ref) for ref in _refs(old))

    @cached_property
    def surroundings_alike(self) -> bool:
        """Whether what both documents say of every operation at once is the same."""
        schemes = [(document.root.get("components") or {}).get("securitySchemes") for document in (self.old, self.new)]
        return same(*schemes) and same(self.old.root.get("security"), self.new.root.get("security"))

    def _alike(self, ref: str) -> bool:
        """Whether a reference leads to the same in both documents; one that is met again below itself is settled."""
        if ref not in self._same:
            self._same[ref] = True
            ours, theirs = self.old.resolve({"$ref": ref}), self.new.resolve({"$ref": ref})
            self._same[ref] = same(ours, theirs)
            if self._same[ref] and not all(self._alike(one) for one in _refs(ours)):
                self._same[ref] = False
        return self._same[ref]

    def decide(self, direction: Direction, sent: Schema, taken: Schema) -> Answer:
        """Whether everything that is ``sent`` in this direction is ``taken``."""
        return self.containment(direction).decide(taken, sent)

    def containment(self, direction: Direction) -> Containment:
        """What decides the questions of one direction."""
        return (self._requests if direction == "request" else self._responses)[0]

    def resolved(self, direction: Direction, schema: Schema) -> Schema:
        """A schema without the references that it consists of."""
        universe = self.containment(direction).universe
        while isinstance(schema, Mapping) and schema.keys() == {"$ref"}:
            schema = universe.resolve(schema["$ref"])
        return schema


def halves(document: Document, section: str = "paths") -> dict[str, Half]:
    """The operations below ``paths`` or a section of webhooks, by method and path with nameless parameters."""
    found: dict[str, Half] = {}
    for path, entry in (document.root.get(section) or {}).items():
        item = document.resolve(entry)
        if not isinstance(item, Mapping):
            continue
        for method in METHODS:
            if isinstance(item.get(method), Mapping):
                place = join(section, path, method)
                half = Half(document, place, item, item[method], path, method)
                found[f"{method} {nameless(path)}"] = half
    return found


def nameless(path: str) -> str:
    """A path template in which no parameter has a name."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal, ``true`` being no ``1``."""
    return text(one) == text(other)


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _refs(value)
    elif isinstance(node, list):
        for item in node:
            yield from _refs(item)
