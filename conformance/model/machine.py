"""The state machine: Hypothesis draws scenarios, the server plays them, and a failing one is shrunk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from random import Random
from typing import Any

from conformance.contract.facets.token import Token
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.environment import Target
from conformance.engine.outcome import Mismatch, NotApplicable, Outcome
from conformance.model.rule import Pick, Rule, Step, rules_of
from conformance.model.rules.creates import makeable
from conformance.model.scenario import Scenario, play, world_of
from conformance.model.shrink import shrink
from conformance.model.world import Family, World

BITS = 48
"""How much Hypothesis draws for a scenario: the seed of its steps."""


HANDFUL = 3
"""Scenarios that are played on a server elsewhere."""

FEW = 12
"""Plays of shorter scenarios there."""


@dataclass(frozen=True)
class Effort:
    """How much a machine does.

    ``base`` scenarios, and ``each`` more for every kind of step with every kind of resource that is made; ``steps`` in
    one at most; ``shrinks`` plays of shorter ones once one has failed.
    """

    base: int = 8
    each: int = 5
    steps: int = 22
    shrinks: int = 80

    def at(self, target: Target, asked: int) -> Effort:
        """What is done on ``target``: a server elsewhere is played with a little, unless more is asked for."""
        if target.is_loopback:
            return replace(self, base=self.base + asked)
        return replace(self, base=asked or HANDFUL, each=0, shrinks=self.shrinks if asked else FEW)

    def scenarios(self, search: Search) -> int:
        """How many scenarios are played."""
        return self.base + self.each * len(search.rules) * max(len(makeable(search.family)), 1)

    def together(self, search: Search, jobs: int) -> int:
        """How many of them go on at a time, of at most ``jobs``."""
        return 1 if any(rule.alone for rule in search.rules.values()) else min(jobs, self.scenarios(search))


@dataclass
class Search:
    """What has been found so far: the first failing scenario, or what ended the search otherwise."""

    family: Family
    rules: dict[str, Rule]
    failing: Scenario | None = None
    ended: Outcome | None = None

    @property
    def over(self) -> bool:
        """Whether there is nothing left to look for."""
        return self.failing is not None or self.ended is not None


@dataclass
class Example:
    """One scenario while it is drawn."""

    api: Api
    search: Search
    world: World
    steps: list[Step] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    moods: dict[str, int] = field(default_factory=dict)

    def play(self, pick: Pick, steps: int) -> None:
        """Draw ``steps`` steps that make sense when their turn comes, take them, and look at everything once more."""
        self._begin(pick)
        for _ in range(steps):
            self._step(pick)
        self._finish()

    def _begin(self, pick: Pick) -> None:
        """Draw what the scenario is to be about, and make the first thing."""
        for rule in self.search.rules.values():
            rule.begin(self.world, pick)
        makers = [name for name, rule in self.search.rules.items() if rule.choices(self.world)]
        self.moods = {name: pick(rule.moods) for name, rule in self.search.rules.items()}
        self._take(self.search.rules[pick(makers)], pick)

    def _step(self, pick: Pick) -> None:
        if self.search.over:
            return
        weights = {name: rule.weight_in(self.world) * self.moods[name] for name, rule in self.search.rules.items()}
        if not any(weights.values()):
            weights = {name: rule.weight_in(self.world) for name, rule in self.search.rules.items()}
        pool = [name for name in sorted(weights, key=lambda one: -weights[one]) for _ in range(weights[name])]
        if pool:
            self._take(self.search.rules[pick(pool)], pick)

    def _take(self, rule: Rule, pick: Pick) -> None:
        choices = rule.choices(self.world)
        if self.search.over or not choices:
            return
        step = rule.step(self.world, pick(choices), pick)
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


def lives_as_modelled(api: Api, root: Resource | Token, effort: Effort) -> None:
    """Play scenarios with ``root``; ``Mismatch`` with the shortest failing one that was found."""
    family = Family.of(api.vendor, root)
    rules = rules_of(family)
    if not rules:
        raise NotApplicable("nothing that the model knows is promised of it")
    search, effort = Search(family, rules), effort.at(api.session.target, api.session.examples)
    apis = [api.beside() for _ in range(effort.together(search, api.session.jobs))]
    try:
        _draw(apis, search, effort, _seed(api))
    finally:
        for one in apis:
            api.history += one.history
    if search.failing is not None:
        found = shrink(lambda steps: play(api, family, rules, steps), search.failing, effort.shrinks)
        raise Mismatch(found.wrong.expected, found.wrong.actual, found.lines())
    if search.ended is not None:
        raise search.ended


def _seed(api: Api) -> int:
    """A seed of the case's own."""
    return int.from_bytes(sha256(f"{api.session.seed}/{api.case}".encode()).digest()[:8])


def _draw(apis: Sequence[Api], search: Search, effort: Effort, seed: int) -> None:
    """Let Hypothesis draw scenarios until one fails; it neither shrinks nor stores anything.

    As many are played at a time as there are ``apis``. Once the search is over the machine does nothing more, which
    Hypothesis takes for flaky.
    """
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity, settings
    from hypothesis.stateful import run_state_machine_as_test

    limits = settings(
        max_examples=-(-effort.scenarios(search) // len(apis)),
        stateful_step_count=effort.steps,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    with ThreadPoolExecutor(len(apis)) as pool:
        machine = hypothesis.seed(seed)(_machine(apis, search, seed, pool))
        try:
            run_state_machine_as_test(machine, settings=limits)
        except Exception:
            if not search.over:
                raise


def _machine(apis: Sequence[Api], search: Search, seed: int, pool: Executor) -> Any:
    """A Hypothesis state machine: one rule takes whatever step makes sense, so that none is drawn in vain.

    Hypothesis draws where the scenarios start from and how many steps they have, and stays in one thread; each is
    played at the end, in a thread of its own when there are several.
    """
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.start, self.steps = seed, 0

        @initialize(data=st.data())
        def begin(self, data: Any) -> None:
            bits = data.draw(st.lists(st.booleans(), min_size=BITS, max_size=BITS))
            self.start = seed ^ sum(bit << at for at, bit in enumerate(bits))

        @rule()
        def step(self) -> None:
            self.steps += 1

        def teardown(self) -> None:
            if len(apis) == 1:
                self.play(0)
            else:
                list(pool.map(self.play, range(len(apis))))

        def play(self, number: int) -> None:
            random = Random(self.start + number)  # noqa: S311 - it draws steps, no secrets
            if not search.over:
                Example(apis[number], search, world_of(apis[number], search.family)).play(random.choice, self.steps)

    return Machine
