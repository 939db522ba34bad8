"""What the search is about: schemas that a value has to meet or to break, and the facts that follow for one type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conformance.drift.containment import facts
from conformance.drift.containment.facts import Fact
from conformance.drift.containment.rewriting import Role, text
from conformance.drift.containment.universe import Node, Universe


@dataclass(frozen=True)
class Literal:
    """A schema to be met, or broken when not ``met``; ``role`` says whose schema it is."""

    node: Node
    met: bool
    role: Role

    @property
    def broken(self) -> Literal:
        """The opposite."""
        return Literal(self.node, not self.met, self.role)


Goal = frozenset[Literal]
Term = Literal | Fact
Way = tuple[Term, ...]
Choice = tuple[Way, ...]
"""Ways of which one has to be gone; none is a contradiction."""

IMPOSSIBLE: Choice = ()
TRUE: Choice = ((),)


def demands(universe: Universe, literal: Literal, kind: str) -> Iterator[Choice]:
    """What ``literal`` asks of values of type ``kind``: choices that all have to be made."""
    if literal.met:
        yield from _met(universe, literal, kind)
    else:
        ways = [way for choice in _broken(universe, literal, kind) for way in choice]
        yield tuple(ways)


def _met(universe: Universe, literal: Literal, kind: str) -> Iterator[Choice]:
    node, role = literal.node, literal.role
    child = universe.node
    for word, value in node.said.items():
        match word:
            case "type":
                if kind not in value:
                    yield (((Fact("integer"),),) if kind == "number" and "integer" in value else IMPOSSIBLE)
            case "$ref":
                yield ((Literal(child(universe.definitions[value]), True, role),),)
            case "allOf":
                for member in value:
                    yield ((Literal(child(member), True, role),),)
            case "anyOf":
                yield tuple((Literal(child(member), True, role),) for member in value)
            case "oneOf":
                members = [Literal(child(member), True, role) for member in value]
                yield tuple((one, *(other.broken for other in members if other is not one)) for one in members)
            case "not":
                yield ((Literal(child(value), False, role),),)
            case "enum":
                yield ((Fact("among", tuple(map(text, value))),),)
    for fact in facts.met(universe, node, kind, role):
        yield ((fact,),)


def _broken(universe: Universe, literal: Literal, kind: str) -> Iterator[Choice]:
    node, role = literal.node, literal.role
    child = universe.node
    for word, value in node.said.items():
        match word:
            case "type":
                if kind not in value:
                    yield (((Fact("fraction"),),) if kind == "number" and "integer" in value else TRUE)
            case "$ref":
                yield ((Literal(child(universe.definitions[value]), False, role),),)
            case "allOf":
                yield tuple((Literal(child(member), False, role),) for member in value)
            case "anyOf":
                yield (tuple(Literal(child(member), False, role) for member in value),)
            case "oneOf":
                members = [Literal(child(member), True, role) for member in value]
                yield (tuple(member.broken for member in members),)
                pairs = [(a, b) for n, a in enumerate(members) for b in members[n + 1 :]]
                yield tuple(pairs)
            case "not":
                yield ((Literal(child(value), True, role),),)
            case "enum":
                yield ((Fact("besides", tuple(map(text, value))),),)
    yield tuple((fact,) for fact in facts.broken(universe, node, kind, role))
