"""One scenario while it is drawn: steps that make sense when their turn comes, and a look at everything at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from conformance.engine.api import Api
from conformance.engine.outcome import Inconclusive, Mismatch, Outcome
from conformance.engine.weather import weather
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

    ``foci`` are what the scenarios are about, one after another; ``spare`` is how many more can be drawn in place of
    those that weather cut short.
    """

    family: Family
    rules: dict[str, Rule]
    foci: Sequence[Focus]
    spare: int = 0
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
    cut_short: bool = False
    _since: int = field(init=False)

    def __post_init__(self) -> None:
        self._since = len(self.api.history)

    @property
    def _over(self) -> bool:
        """Whether no step is taken any more."""
        return self.cut_short or self.search.over

    def play(self, pick: Pick, steps: int) -> None:
        """Draw ``steps`` steps that make sense when their turn comes, take them, and look at everything once more.

        Where the scenario is about an end, that comes late, and what is left of it is about what has ended. Weather
        that contradicts the model cuts it short, as long as another can be drawn in its place.
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
        if self._over:
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
            if self._over:
                return
            self._attempt(partial(rule.look, self.api, self.world))

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Outcome as outcome:
            in_fair_weather = weather(self.api.history[self._since :]) is None
            if isinstance(outcome, Mismatch) and in_fair_weather:
                self.search.failing = self.search.failing or Scenario(tuple(self.steps), tuple(self.seen), outcome)
            elif isinstance(outcome, Mismatch | Inconclusive) and not in_fair_weather and self.search.spare:
                self.search.spare -= 1
                self.cut_short = True
            else:
                self.search.ended = self.search.ended or outcome
