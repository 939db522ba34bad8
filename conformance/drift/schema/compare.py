"""The changes between two schemas of messages that travel in one direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.contract import pointer
from conformance.contract.pointer import ABSENT
from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.containment.decide import Answer, Containment, No, Unknown, Yes
from conformance.drift.containment.rewriting import Schema
from conformance.drift.containment.universe import Node
from conformance.drift.document.model import Forms
from conformance.drift.schema import place
from conformance.drift.schema.place import Step
from conformance.drift.schema.walk import Difference, Walk
from conformance.drift.wording import change

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("minLength", "maxLength"), "length"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "bounds"),
    **dict.fromkeys(("minItems", "maxItems", "minProperties", "maxProperties"), "size"),
    **dict.fromkeys(("anyOf", "oneOf", "not", "allOf"), "composition"),
    "multipleOf": "multiple",
    "uniqueItems": "unique",
    "propertyNames": "names",
    "prefixItems": "items",
}
_UNIONS = frozenset({"anyOf", "oneOf"})
_AMONG = frozenset({"type", "enum", "format", "pattern", "contains"})


@dataclass(frozen=True)
class Pair:
    """Two schemas of one place: of a ``subject`` (``request-body``) of an operation, in either document."""

    subject: str
    operation: str
    direction: Direction
    old: Forms
    new: Forms


@dataclass
class Schemas:
    """Compares schemas of two documents, whose roots these are."""

    containment: Containment
    old_root: Mapping[str, Any]
    new_root: Mapping[str, Any]
    _found: dict[tuple[Node, Node], tuple[Answer, list[Difference]]] = field(default_factory=dict, repr=False)
    _told: dict[tuple[object, ...], tuple[Change, ...]] = field(default_factory=dict, repr=False)

    def changes(self, pair: Pair, old: tuple[Node, Node], new: tuple[Node, Node]) -> Iterator[Change]:
        """Every change; ``old`` and ``new`` are each side's nodes as a sender and as a receiver."""
        forth, back = (old, new) if pair.direction == "request" else (new, old)
        if forth[0] is back[1]:
            return
        old_at, new_at = place.target(self.old_root, pair.old.pointer), place.target(self.new_root, pair.new.pointer)
        key = (pair.subject, pair.direction, old_at, new_at, forth[0], back[1])
        if key not in self._told:
            there = Pair(
                pair.subject, "", pair.direction, replace(pair.old, pointer=old_at), replace(pair.new, pointer=new_at)
            )
            self._told[key] = () if self._is_same(pair, forth, back) else tuple(self._changes(there, forth[0], back[1]))
        yield from (replace(change, operation=pair.operation) for change in self._told[key])

    def _changes(self, pair: Pair, sender: Node, receiver: Node) -> Iterator[Change]:
        answer, differences = self._compared(sender, receiver)
        told = [one for one in differences if self._shows(pair, one) != (False, False)]
        changes = [self._change(pair, one, sender, receiver, answer) for one in told]
        yield from changes
        if isinstance(answer, No) and not any(change.level == "breaking" for change in changes):
            why = self.containment.universe.why(receiver, answer.counterexample)
            yield self._whole(pair, "breaking", answer.counterexample, why=why)
        elif isinstance(answer, Unknown) and not any(change.level in {"breaking", "unknown"} for change in changes):
            yield self._whole(pair, "unknown", tried=answer.tried)
        elif not changes:
            yield self._whole(pair, "additive")

    def _is_same(self, pair: Pair, forth: tuple[Node, Node], back: tuple[Node, Node]) -> bool:
        """Whether what the one sends is all that the other reads, and the other way round.

        Of bodies of responses both have to send the same: who reads one takes a writeOnly property as it comes.
        """
        ways = [(forth[0], back[1]), (back[0], forth[1])]
        if pair.direction == "response" and pair.subject == "response-body":
            ways += [(forth[0], back[0]), (back[0], forth[0])]
        return all(a is b or isinstance(self.containment.answer(a, b, strict=True), Yes) for a, b in ways)

    def _compared(self, sender: Node, receiver: Node) -> tuple[Answer, list[Difference]]:
        key = (sender, receiver)
        if key not in self._found:
            answer = self.containment.answer(sender, receiver)
            self._found[key] = (answer, list(Walk(self.containment).differences(sender, receiver)))
        return self._found[key]

    def _whole(
        self, pair: Pair, level: Level, counterexample: Any = ABSENT, tried: tuple[str, ...] = (), why: str = ""
    ) -> Change:
        rule = f"{pair.subject}-schema-{_manner(level, pair.direction)}"
        before, after = _shown(self.old_root, pair.old.pointer), _shown(self.new_root, pair.new.pointer)
        return change(
            level,
            rule,
            pair.operation,
            pair.new.pointer,
            pair.direction,
            before,
            after,
            counterexample=counterexample,
            tried=tried,
            why=why,
        )

    def _change(self, pair: Pair, found: Difference, sender: Node, receiver: Node, whole: Answer) -> Change:
        level: Level = "additive"
        counterexample: Any = ABSENT
        tried: tuple[str, ...] = ()
        why = ""
        if isinstance(found.answer, No):
            counterexample = self._message(found, sender, receiver)
            if counterexample is not ABSENT:
                level, why = "breaking", self.containment.universe.why(receiver, counterexample)
        elif isinstance(found.answer, Unknown) and not isinstance(whole, Yes):
            level, tried = "unknown", found.answer.tried
        rule, old_at, new_at = self._named(pair, found, level, *self._places(pair, found))
        if level == "breaking" and _UNIONS.issuperset(found.words) and found.words:
            old_at, new_at = self._inside(pair, receiver, counterexample) or (old_at, new_at)
        before, after = _shown(self.old_root, old_at), _shown(self.new_root, new_at)
        at = old_at if after is ABSENT else new_at
        return change(
            level,
            rule,
            pair.operation,
            at,
            pair.direction,
            before,
            after,
            counterexample=counterexample,
            tried=tried,
            gone=after is ABSENT,
            why=why,
            about=found.name or (found.path[-1].name if found.path else ""),
        )

    def _shows(self, pair: Pair, found: Difference) -> tuple[bool, bool] | None:
        """Whether either document has responses show a property, where it is writeOnly in one; None for all else."""
        if pair.direction == "request" or found.words != ("schema",) or not found.path:
            return None
        old_at, new_at = self._places(pair, found)
        shows = not place.has(self.old_root, old_at, "writeOnly"), not place.has(self.new_root, new_at, "writeOnly")
        return None if shows == (True, True) else shows

    def _places(self, pair: Pair, found: Difference) -> tuple[str, str]:
        """The pointers in either document to which the path of a difference leads."""
        old_at, new_at = pair.old.pointer, pair.new.pointer
        for step in found.path:
            old_at, new_at = place.child(self.old_root, old_at, step), place.child(self.new_root, new_at, step)
        return old_at, new_at

    def _inside(self, pair: Pair, receiver: Node, counterexample: Any) -> tuple[str, str] | None:
        """The pointers in either document to what a member of a union says otherwise of a value that is refused."""
        roots, found = (self.old_root, self.new_root), None
        here = [place.target(root, at) for root, at in zip(roots, (pair.old.pointer, pair.new.pointer), strict=True)]
        for token in self.containment.universe.where(receiver, counterexample):
            step = Step("items") if isinstance(token, int) else Step("property", token)
            below = [place.child(root, at, step) for root, at in zip(roots, here, strict=True)]
            if below[0] == here[0] or below[1] == here[1]:
                break
            here = [place.target(root, at) for root, at in zip(roots, below, strict=True)]
            if _shown(self.old_root, here[0]) != _shown(self.new_root, here[1]):
                found = here[0], here[1]
        return found

    def _named(self, pair: Pair, found: Difference, level: Level, old_at: str, new_at: str) -> tuple[str, str, str]:
        """The rule, and the pointers of what changed in either document."""
        is_request = pair.direction == "request"
        shows = self._shows(pair, found)
        if shows:
            return f"{pair.subject}-property-{'added' if shows[1] else 'removed'}", old_at, new_at
        subject, step = pair.subject, Step("property", found.name)
        match found.what:
            case "property" | "property-gone":
                is_added = (found.what == "property") == is_request
                if is_added:
                    at = place.child(self.new_root, new_at, step)
                    return f"{subject}-property-added", f"{old_at}/-", at
                return f"{subject}-property-removed", place.child(self.old_root, old_at, step), f"{new_at}/-"
            case "property-required" | "property-optional":
                is_required = (found.what == "property-required") == is_request
                rule = f"{subject}-property-{'required' if is_required else 'optional'}"
                return rule, _required(self.old_root, old_at), _required(self.new_root, new_at)
            case "others":
                words = {"additionalProperties", "patternProperties", "unevaluatedProperties"}
                kind = "openness"
            case _:
                words = {*found.words, *({"const", "nullable"} if {"enum", "type", "anyOf"} & set(found.words) else ())}
                kinds = {_WORDS.get(word, word if word in _AMONG else "schema") for word in found.words}
                kind = kinds.pop() if len(kinds) == 1 else "schema"
        manner = _manner(level, pair.direction)
        old_at = place.declares(self.old_root, old_at, words)
        return f"{subject}-{kind}-{manner}", old_at, place.declares(self.new_root, new_at, words)

    def _message(self, found: Difference, sender: Node, receiver: Node) -> Any:
        """A whole message with the counterexample at the end of the path, when the receiver refuses it."""
        assert isinstance(found.answer, No)
        value = found.answer.counterexample
        for step, node in zip(reversed(found.path), reversed(found.nodes[:-1]), strict=True):
            value = self.containment.sample(node, self.containment.universe.node(_holding(step, value)))
            if value is ABSENT:
                return ABSENT
        universe = self.containment.universe
        is_refused = universe.admits(sender, value) and not universe.admits(receiver, value)
        return value if is_refused else ABSENT


def _holding(step: Step, value: Any) -> Schema:
    """The schema of what has ``value`` one step inside."""
    exactly: Schema = {"enum": [value]}
    match step.kind:
        case "property":
            return {"type": ["object"], "properties": {step.name: exactly}, "required": [step.name]}
        case "items":
            return {"type": ["array"], "minItems": 1, "prefixItems": [exactly]}
        case _:
            return {"type": ["object"], "minProperties": 1, "additionalProperties": exactly}


def _manner(level: Level, direction: Direction) -> str:
    if level == "unknown":
        return "changed"
    return "narrowed" if (level == "breaking") == (direction == "request") else "widened"


def _required(root: Mapping[str, Any], at: str) -> str:
    """The pointer of the list of required properties, or of the schema when it has none."""
    at = place.declares(root, at, {"required"})
    schema = pointer.get(root, at)
    return f"{at}/required" if isinstance(schema, dict) and "required" in schema else at


def _shown(root: Mapping[str, Any], at: str) -> Any:
    return pointer.get(root, at)
