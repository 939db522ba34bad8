"""What Hypothesis draws of a scenario: where it starts from, and how many steps it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import cycle
from random import Random
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from conformance.engine.api import Api
from conformance.model.example import Example, Search
from conformance.model.focus import Focus
from conformance.model.scenario import world_of

BITS = 48
"""How much Hypothesis draws for a scenario: the seed of its steps."""


def draw(apis: Sequence[Api], search: Search, steps: int, seed: int) -> None:
    """Let Hypothesis draw scenarios until one fails; it neither shrinks nor stores anything.

    As many are played at a time as there are ``apis``. Once the search is over the machine does nothing more, which
    Hypothesis takes for flaky.
    """
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
    foci = cycle(search.foci)
    with ThreadPoolExecutor(len(apis)) as pool:
        begun: Any = hypothesis.seed(seed)(lambda: Machine(apis, search, foci, seed, pool))
        try:
            run_state_machine_as_test(begun, settings=limits)
        except Exception as wrong:
            if not search.over:
                raise _cause(wrong)  # noqa: B904 - what is flaky to Hypothesis tells nothing besides


def _cause(wrong: Exception) -> Exception:
    """What was raised first where Hypothesis tells that it was not raised again."""
    while isinstance(wrong, ExceptionGroup):
        wrong = wrong.exceptions[0]
    return wrong


class Machine(RuleBasedStateMachine):
    """A Hypothesis state machine: one rule takes whatever step makes sense, so that none is drawn in vain.

    Hypothesis stays in one thread; scenarios are played at the end, each in a thread of its own when there are several.
    """

    def __init__(self, apis: Sequence[Api], search: Search, foci: Iterator[Focus], seed: int, pool: Executor) -> None:
        super().__init__()
        self.apis, self.search, self.pool = apis, search, pool
        self.foci = [next(foci) for _ in apis]
        self.start, self.steps = seed, 0

    @initialize(data=st.data())
    def begin(self, data: Any) -> None:
        """Draw where the steps start from."""
        bits = data.draw(st.lists(st.booleans(), min_size=BITS, max_size=BITS))
        self.start ^= sum(bit << at for at, bit in enumerate(bits))

    @rule()
    def step(self) -> None:
        """One step more."""
        self.steps += 1

    def teardown(self) -> None:
        """Play what was drawn."""
        if len(self.apis) == 1:
            self.play(0)
        else:
            list(self.pool.map(self.play, range(len(self.apis))))

    def play(self, number: int) -> None:
        """Play the scenario of one of the threads, and another while weather cuts it short."""
        random = Random(self.start + number)  # noqa: S311 - it draws steps, no secrets
        cut_short = True
        while cut_short and not self.search.over:
            world = world_of(self.apis[number], self.search.family)
            example = Example(self.apis[number], self.search, world, self.foci[number])
            example.play(random.choice, self.steps)
            cut_short = example.cut_short
