"""One scenario while it is drawn: steps that make sense when their turn comes, and a look at everything at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from conformance.engine.api import Api
from conformance.engine.outcome import Mismatch, Outcome
from conformance.model.focus import Focus, label
from conformance.model.rule import Pick, Rule, Step
from conformance.model.scenario import Scenario
from conformance.model.world import Family, World

AFTER = 6
"""Steps that come after the end of what a scenario is about, and those before there is an end."""

Weight = Callable[[Rule, str, Sequence[Any]], int]
"""How often one of some choices of a kind is taken, against others."""


@dataclass
class Search:
    """What is looked for, and what has been found so far: the first failing scenario, or what else ended the search.

    ``foci`` are what the scenarios are about, one after another.
    """

    family: Family
    rules: dict[str, Rule]
    foci: Sequence[Focus]
    failing: Scenario | None = None
    ended: Outcome | None = None

    @property
    def over(self) -> bool:
        """Whether there is nothing left to look for."""
        return self.failing is not None or self.ended is not None

    def together(self, jobs: int) -> int:
        """How many scenarios go on at a time, of at most ``jobs``."""
        return 1 if any(rule.alone for rule in self.rules.values()) else min(jobs, len(self.foci))


@dataclass
class Example:
    """One scenario while it is drawn."""

    api: Api
    search: Search
    world: World
    focus: Focus
    steps: list[Step] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def play(self, pick: Pick, steps: int) -> None:
        """Draw ``steps`` steps that make sense when their turn comes, take them, and look at everything once more.

        Where the scenario is about an end, that comes late, and what is left of it is about what has ended.
        """
        for rule in self.search.rules.values():
            rule.begin(self.world, pick)
        ending = self._is_about_an_end()
        for _ in range(steps - AFTER if ending else steps):
            self._step(pick, self._before_the_end)
        if ending:
            self._step(pick, lambda rule, kind, _: int(rule.ends(kind)))
            for _ in range(AFTER - 1):
                self._step(pick, self._after_the_end)
        self._finish()

    def _is_about_an_end(self) -> bool:
        rules = self.search.rules.values()
        return any(rule.ends(kind) for rule in rules for kind in rule.kinds() if label(rule, kind) in self.focus)

    def _before_the_end(self, rule: Rule, kind: str, choices: Sequence[Any]) -> int:
        """An end comes seldom, and not at once."""
        return int(self.world.age >= AFTER) if rule.ends(kind) else rule.weight_of(self.world, choices)

    def _after_the_end(self, rule: Rule, _: str, choices: Sequence[Any]) -> int:
        """Nothing is made any more."""
        return 0 if rule.makes else rule.weight_of(self.world, choices)

    def _step(self, pick: Pick, weight: Weight) -> None:
        """Take a step of a kind that has its place now, the more readily the more it weighs."""
        if self.search.over:
            return
        pool = [(rule, choices) for rule, kind, choices in self._choices() for _ in range(weight(rule, kind, choices))]
        if pool:
            rule, choices = pick(pool)
            self._take(rule, rule.step(self.world, pick(choices), pick))

    def _choices(self) -> Iterator[tuple[Rule, str, list[Any]]]:
        """What can be done now, in the kinds that the scenario is about, and in those that belong in all of them."""
        for rule in self.search.rules.values():
            by_kind: dict[str, list[Any]] = {}
            for choice in rule.choices(self.world):
                kind = rule.kind_of(self.world, choice)
                if not kind or label(rule, kind) in self.focus:
                    by_kind.setdefault(kind, []).append(choice)
            for kind, choices in by_kind.items():
                yield rule, kind, choices

    def _take(self, rule: Rule, step: Step) -> None:
        self.steps.append(step)
        self.world.age += 1
        self._attempt(lambda: self.seen.append(rule.play(self.api, self.world, step)))

    def _finish(self) -> None:
        for rule in self.search.rules.values():
            if self.search.over:
                return
            self._attempt(partial(rule.look, self.api, self.world))

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Mismatch as wrong:
            self.search.failing = self.search.failing or Scenario(tuple(self.steps), tuple(self.seen), wrong)
        except Outcome as other:
            self.search.ended = self.search.ended or other
