"""The state machine: Hypothesis draws scenarios, the server plays them, and a failing one is shrunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import cycle
from random import Random
from typing import Any

from conformance.contract.facets.token import Token
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.environment import Target
from conformance.engine.outcome import Mismatch, NotApplicable
from conformance.model.example import Example, Search
from conformance.model.focus import Focus, covering, label, with_needed
from conformance.model.rule import Rule, rules_of
from conformance.model.scenario import play, world_of
from conformance.model.shrink import shrink
from conformance.model.world import Family

BITS = 48
"""How much Hypothesis draws for a scenario: the seed of its steps."""

HANDFUL = 3
"""Scenarios that are played on a server elsewhere."""

FEW = 12
"""Plays of shorter scenarios there."""


@dataclass(frozen=True)
class Effort:
    """How much a machine does.

    At least ``base`` scenarios, and as many as it takes for every two kinds of steps to meet in ``meetings`` of them,
    with half of the kinds in one, but no more than ``kinds``, and the ends in turn, one in each. Each has ``steps`` at
    most; once one has failed, shorter ones are played ``shrinks`` times. ``more`` scenarios come on top.
    """

    base: int = 12
    kinds: int = 5
    meetings: int = 6
    steps: int = 32
    shrinks: int = 80
    more: int = 0

    def at(self, target: Target, asked: int) -> Effort:
        """What is done on ``target``: a server elsewhere is played with a little, unless more is asked for."""
        if target.is_loopback:
            return replace(self, more=asked)
        return replace(self, base=asked or HANDFUL, meetings=0, shrinks=self.shrinks if asked else FEW)

    def foci(self, rules: Mapping[str, Rule], seed: int) -> Sequence[Focus]:
        """What the scenarios are about, as many as are played."""
        ends = [label(rule, kind) for rule in rules.values() for kind in rule.kinds() if rule.ends(kind)]
        kinds = [label(rule, kind) for rule in rules.values() for kind in rule.kinds() if not rule.ends(kind)]
        size, turns = min(self.kinds, len(kinds) // 2 + 1), max(len(ends), 1)
        sets = covering(kinds, size, max(self.meetings // turns, 1), Random(seed))  # noqa: S311 - no secrets
        every = [with_needed(one | frozenset(ends[at : at + 1]), rules.values()) for one in sets for at in range(turns)]
        count = max(self.base, len(every) if self.meetings else 0) + self.more
        return [every[at % len(every)] for at in range(count)]


def lives_as_modelled(api: Api, root: Resource | Token, effort: Effort) -> None:
    """Play scenarios with ``root``; ``Mismatch`` with the shortest failing one that was found."""
    family = Family.of(api.vendor, root)
    rules = rules_of(family)
    if not rules:
        raise NotApplicable("nothing that the model knows is promised of it")
    effort, seed = effort.at(api.session.target, api.session.examples), _seed(api)
    search = Search(family, rules, effort.foci(rules, seed))
    apis = [api.beside() for _ in range(search.together(api.session.jobs))]
    try:
        _draw(apis, search, effort.steps, seed)
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


def _draw(apis: Sequence[Api], search: Search, steps: int, seed: int) -> None:
    """Let Hypothesis draw scenarios until one fails; it neither shrinks nor stores anything.

    As many are played at a time as there are ``apis``. Once the search is over the machine does nothing more, which
    Hypothesis takes for flaky.
    """
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity, settings
    from hypothesis.stateful import run_state_machine_as_test

    limits = settings(
        max_examples=-(-len(search.foci) // len(apis)),
        stateful_step_count=steps,
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

    foci = cycle(search.foci)

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
            self.foci = [next(foci) for _ in apis]
            if len(apis) == 1:
                self.play(0)
            else:
                list(pool.map(self.play, range(len(apis))))

        def play(self, number: int) -> None:
            random = Random(self.start + number)  # noqa: S311 - it draws steps, no secrets
            if not search.over:
                world = world_of(apis[number], search.family)
                Example(apis[number], search, world, self.foci[number]).play(random.choice, self.steps)

    return Machine
