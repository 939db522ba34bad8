"""The search for a value that meets some schemas and breaks others; containment is that there is none.

Every type of value is looked at in turn. What the schemas demand of one is taken apart into facts and choices; choices
that cannot be made any more are struck out, forced ones made, and the fewest ways gone one after the other. The facts
that remain are for the module of the type, which asks in turn for the values inside. A question that comes up while it
is being answered has no answer of its own: the smallest value, if there is one, does not contain another like it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conformance.drift.containment import arrays, objects
from conformance.drift.containment.facts import UNREADABLE, Fact
from conformance.drift.containment.literal import Choice, Goal, Literal, Term, Way, demands
from conformance.drift.containment.numbers import number
from conformance.drift.containment.outcome import NOTHING, Found, Nothing, Outcome, either, unsure
from conformance.drift.containment.rewriting import kind as kind_of
from conformance.drift.containment.strings import string
from conformance.drift.containment.universe import Universe
from conformance.drift.containment.values import constant

KINDS = ("string", "number", "boolean", "null", "array", "object")


class Exhausted(Exception):
    """The search has taken more steps than it may."""


@dataclass
class Search:
    """A search among the schemas of one ``universe``, which remembers what it has found.

    ``strict`` takes an open object at its word. Otherwise a sender does not use a name that only the receiver declares:
    nobody sent a property before there was one.
    """

    universe: Universe
    strict: bool = False
    steps: int = 20_000
    _left: int = 0
    _known: dict[Goal, Outcome] = field(default_factory=dict, repr=False)
    _open: dict[Goal, int] = field(default_factory=dict, repr=False)
    _assumed: dict[Goal, float] = field(default_factory=dict, repr=False)
    _leans_on: float = math.inf

    def value(self, goal: Goal) -> Outcome:
        """A value for ``goal``, from scratch: with all the steps there are."""
        self._left, self._leans_on = self.steps, math.inf
        self._open.clear()
        self._assumed.clear()
        try:
            return self.find(goal)
        except Exhausted:
            return unsure(f"gave up after {self.steps} steps")
        except RecursionError:
            return unsure("gave up on schemas nested too deep")

    def find(self, goal: Goal) -> Outcome:
        """A value for ``goal``, as part of a search."""
        if goal in self._known:
            return self._known[goal]
        leans_on = self._open.get(goal, self._assumed.get(goal))
        if leans_on is not None:
            self._leans_on = min(self._leans_on, leans_on)
            return NOTHING
        depth, before = len(self._open), len(self._assumed)
        outside, self._leans_on = self._leans_on, math.inf
        self._open[goal] = depth
        try:
            outcome = self._find(goal)
        finally:
            del self._open[goal]
        self._settle(goal, outcome, depth, before)
        self._leans_on = min(outside, self._leans_on if self._leans_on < depth else math.inf)
        return outcome

    def _settle(self, goal: Goal, outcome: Outcome, depth: int, before: int) -> None:
        """Keep what was found, and what was found on the assumption that this goal has no value."""
        is_firm = self._leans_on >= depth
        if isinstance(outcome, Nothing) and not is_firm:
            self._assumed[goal] = self._leans_on
            return
        while len(self._assumed) > before:
            assumed, _ = self._assumed.popitem()
            if isinstance(outcome, Nothing):
                self._known[assumed] = NOTHING
        if is_firm or isinstance(outcome, Found):
            self._known[goal] = outcome

    def is_void(self, goal: Goal) -> bool:
        """Whether it is certain, whatever is still being looked at, that no value is as ``goal`` asks."""
        return isinstance(self.find(goal), Nothing) and goal in self._known

    def _find(self, goal: Goal) -> Outcome:
        met = {literal.node for literal in goal if literal.met}
        if any(not literal.met and literal.node in met for literal in goal):
            return NOTHING
        outcomes = []
        for kind in KINDS:
            outcomes.append(self._of_kind(goal, kind))
            if isinstance(outcomes[-1], Found):
                return outcomes[-1]
        return either(outcomes)

    def _of_kind(self, goal: Goal, kind: str) -> Outcome:
        return _Cell(self, goal, kind).explore(list(goal), (), {}, ())

    def tick(self) -> None:
        """Count one step.

        :raises Exhausted: it was the last one.
        """
        self._left -= 1
        if self._left < 0:
            raise Exhausted


@dataclass
class _Cell:
    """The search for a value of one kind."""

    search: Search
    goal: Goal
    kind: str

    def explore(
        self, terms: list[Term], facts: tuple[Fact, ...], seen: dict[Literal, None], choices: tuple[Choice, ...]
    ) -> Outcome:
        """A value for what is known so far together with ``terms``."""
        self.search.tick()
        facts_now = dict.fromkeys(facts)
        seen = dict(seen)
        open_choices = list(choices)
        while True:
            if not self._take(terms, facts_now, seen, open_choices):
                return NOTHING
            listed = [fact for fact in facts_now if fact.name == "among"]
            if listed:
                return self._listed(listed)
            settled = self._settle(open_choices, facts_now, seen)
            if settled is None:
                return NOTHING
            terms, open_choices = settled
            if not terms:
                break
        if not open_choices:
            return self._solve(list(facts_now))
        choice = min(open_choices, key=lambda one: (self._is_receivers(one), len(one)))
        rest = tuple(one for one in open_choices if one is not choice)
        outcomes = []
        for way in choice:
            outcomes.append(self.explore(list(way), tuple(facts_now), seen, rest))
            if isinstance(outcomes[-1], Found):
                return outcomes[-1]
        return either(outcomes)

    def _take(
        self, terms: Iterable[Term], facts: dict[Fact, None], seen: dict[Literal, None], choices: list[Choice]
    ) -> bool:
        """Take ``terms`` in, and what follows from them; false when they contradict what is known."""
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            if isinstance(term, Fact):
                facts[term] = None
                continue
            if _opposed(term, seen):
                return False
            if term in seen:
                continue
            seen[term] = None
            for choice in demands(self.search.universe, term, self.kind):
                if not choice:
                    return False
                if len(choice) == 1:
                    waiting += choice[0]
                elif () not in choice:
                    choices.append(choice)
        return True

    def _settle(
        self, choices: Sequence[Choice], facts: dict[Fact, None], seen: dict[Literal, None]
    ) -> tuple[list[Term], list[Choice]] | None:
        """What is forced, and the choices that are left; None when one has no way left."""
        forced: list[Term] = []
        left: list[Choice] = []
        judge = objects.Judge(self.search, list(facts)) if self.kind == "object" and choices else None
        for choice in choices:
            ways: list[Way] = []
            for way in choice:
                if all(term in facts or term in seen for term in way):
                    break
                verdicts = [judge.verdict(term) for term in way if judge and isinstance(term, Fact)]
                if verdicts and len(verdicts) == len(way) and all(verdict is True for verdict in verdicts):
                    break
                barred = any(isinstance(term, Literal) and _opposed(term, seen) for term in way)
                if not barred and False not in verdicts:
                    ways.append(way)
            else:
                if not ways:
                    return None
                if len(ways) == 1:
                    forced += ways[0]
                else:
                    left.append(tuple(ways))
        return forced, left

    def _is_receivers(self, choice: Choice) -> bool:
        """A receiver's choices come last: what the sender declares is known by then."""
        return all(term.role == "receiver" for way in choice for term in way)

    def _listed(self, listed: Sequence[Fact]) -> Outcome:
        """The first listed value that is as the whole goal asks."""
        import json

        values = set(listed[0].arg).intersection(*(fact.arg for fact in listed[1:]))
        for text in sorted(values, key=listed[0].arg.index):
            value = json.loads(text)
            if kind_of(value) == self.kind and self.holds(value):
                return Found(value)
        return NOTHING

    def holds(self, value: object) -> bool:
        """Whether the validator agrees that ``value`` is as the goal asks."""
        return all(self.search.universe.admits(literal.node, value) == literal.met for literal in self.goal)

    def _solve(self, facts: list[Fact]) -> Outcome:
        outcome = self._solved(facts)
        undecided = sorted({fact.arg for fact in facts if fact.name == "undecided"})
        if undecided and not isinstance(outcome, Nothing):
            if isinstance(outcome, Found) and UNREADABLE not in undecided and self.holds(outcome.value):
                return outcome
            return unsure(f"does not decide {', '.join(undecided)}")
        return outcome

    def _solved(self, facts: list[Fact]) -> Outcome:
        match self.kind:
            case "string":
                return string(facts)
            case "number":
                return number(facts)
            case "array":
                return arrays.array(self.search, facts)
            case "object":
                return objects.object_(self.search, facts)
            case _:
                return constant(self.kind, facts)


def _opposed(term: Literal, seen: dict[Literal, None]) -> bool:
    other = "receiver" if term.role == "sender" else "sender"
    broken = term.broken
    return broken in seen or Literal(broken.node, broken.met, other) in seen  # type: ignore[arg-type]
