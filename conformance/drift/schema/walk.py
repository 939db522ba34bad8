"""Walks two schemas side by side down to the places that differ.

At each place the sender's schema is held against itself with one thing as the receiver has it: that tells what this one
difference does, apart from all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from conformance.drift.containment.decide import Answer, Containment, Yes
from conformance.drift.containment.rewriting import Schema, all_of, text
from conformance.drift.containment.universe import Node
from conformance.drift.schema.place import Step
from conformance.drift.schema.view import Others, View, view

What = Literal["property", "property-gone", "property-required", "property-optional", "others", "keywords"]


@dataclass(frozen=True)
class Difference:
    """One thing that sender and receiver see differently at the end of ``path``.

    ``what``: the receiver alone declares the property (``property``), or the sender alone (``property-gone``); the
    receiver alone requires it, or the sender alone; they differ about undeclared properties; or about other keywords,
    named by ``words``. ``answer`` tells whether what is sent is understood in spite of it.
    """

    what: What
    path: tuple[Step, ...]
    answer: Answer
    name: str = ""
    words: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()
    """The sender's schemas along the path, the outermost first; one more than there are steps."""


@dataclass
class Walk:
    """A walk through the schemas of one universe."""

    containment: Containment
    _seen: set[tuple[Node, Node]] = field(default_factory=set)

    def differences(self, sender: Node, receiver: Node) -> Iterator[Difference]:
        """Every difference."""
        yield from self._at(sender, receiver, (), (sender,))

    def _at(
        self, sender: Node, receiver: Node, path: tuple[Step, ...], nodes: tuple[Node, ...]
    ) -> Iterator[Difference]:
        universe = self.containment.universe
        sender, receiver = universe.resolved(sender), universe.resolved(receiver)
        if sender is receiver or (sender, receiver) in self._seen or self.containment.is_same(sender, receiver):
            return
        self._seen.add((sender, receiver))
        if isinstance(sender.schema, bool) or isinstance(receiver.schema, bool):
            yield Difference("keywords", path, self.containment.answer(sender, receiver), "", ("schema",), nodes)
            return
        ours, theirs = view(universe, sender), view(universe, receiver)
        for found in self._here(sender, receiver, ours, theirs):
            yield Difference(found.what, path, found.answer, found.name, found.words, nodes)
        for step, one, other in _below(ours, theirs):
            below, above = universe.node(one), universe.node(other)
            yield from self._at(below, above, (*path, step), (*nodes, below))

    def _here(self, sender: Node, receiver: Node, ours: View, theirs: View) -> Iterator[Difference]:
        union = _union(ours, theirs)
        if union:
            yield Difference("keywords", (), self.containment.answer(sender, receiver), "", (union,))
            return
        yield from self._names(sender, ours, theirs)
        yield from self._requirements(sender, receiver, ours, theirs)
        yield from self._others(sender, ours, theirs)
        if ours.rest.keys() != theirs.rest.keys():
            yield from self._keywords(sender, receiver, ours, theirs)

    def _names(self, sender: Node, ours: View, theirs: View) -> Iterator[Difference]:
        for name in theirs.properties.keys() - ours.properties.keys():
            answer = self._with(sender, {"properties": {name: theirs.properties[name]}})
            yield Difference("property", (), answer, name)
        for name in ours.properties.keys() - theirs.properties.keys():
            answer = self._with(sender, {"properties": {name: theirs.other(name)}})
            yield Difference("property-gone", (), answer, name)

    def _requirements(self, sender: Node, receiver: Node, ours: View, theirs: View) -> Iterator[Difference]:
        for name in sorted(theirs.required - ours.required):
            answer = self._with(sender, {"required": [name]})
            if not self._implied(sender, {"required": [name]}):
                yield Difference("property-required", (), answer, name)
        for name in sorted(ours.required - theirs.required):
            if not self._implied(receiver, {"required": [name]}):
                yield Difference("property-optional", (), Yes(), name)

    def _others(self, sender: Node, ours: View, theirs: View) -> Iterator[Difference]:
        if _said(ours.others) == _said(theirs.others) or _recursive(ours, theirs):
            return
        named = dict.fromkeys((*ours.properties, *theirs.properties), True)
        wanted: list[Schema] = [
            {"properties": named, "patternProperties": dict(one.patterns), "additionalProperties": one.schema}
            for one in theirs.others
        ]
        yield Difference("others", (), self._with(sender, all_of(wanted)))

    def _keywords(self, sender: Node, receiver: Node, ours: View, theirs: View) -> Iterator[Difference]:
        more = all_of([part for key, part in theirs.rest.items() if key not in ours.rest])
        less = all_of([part for key, part in ours.rest.items() if key not in theirs.rest])
        if self._implied(sender, more) and self._implied(receiver, less):
            return
        one, other = ours.keywords(), theirs.keywords()
        words = tuple(sorted(word for word in one.keys() | other.keys() if one.get(word) != other.get(word)))
        yield Difference("keywords", (), self._with(sender, more), "", words)

    def _with(self, sender: Node, more: Schema) -> Answer:
        universe = self.containment.universe
        return self.containment.answer(sender, universe.node(all_of([sender.schema, more])))

    def _implied(self, node: Node, more: Schema) -> bool:
        answer = self.containment.answer(node, self.containment.universe.node(more), strict=True)
        return isinstance(answer, Yes)


def _union(ours: View, theirs: View) -> str:
    """The word of a union that only one side has, and that holds all it says of properties; the other says some."""
    for one, other in ((ours, theirs), (theirs, ours)):
        for word in ("oneOf", "anyOf"):
            if word in one.keywords() and not one.properties and other.properties and word not in other.keywords():
                return word
    return ""


def _below(ours: View, theirs: View) -> Iterator[tuple[Step, Schema, Schema]]:
    for name, schema in ours.properties.items():
        if name in theirs.properties:
            yield Step("property", name), schema, theirs.properties[name]
    if text(ours.items) != text(theirs.items):
        yield Step("items"), ours.items, theirs.items
    if _recursive(ours, theirs):
        yield Step("other"), ours.others[0].schema, theirs.others[0].schema


def _recursive(ours: View, theirs: View) -> bool:
    """Whether both are maps of one schema each."""
    return (
        all(
            len(side.others) == 1 and isinstance(side.others[0].schema, dict) and not side.others[0].patterns
            for side in (ours, theirs)
        )
        and ours.others[0].names == theirs.others[0].names
    )


def _said(others: tuple[Others, ...]) -> set[str]:
    return {text([dict(one.patterns), one.schema]) for one in others}
