"""Scenarios are made as short as what makes them fail, within a bounded number of plays."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from conformance.engine.outcome import Mismatch, Skip
from conformance.model.rule import Step
from conformance.model.scenario import Scenario
from conformance.model.shrink import shrink

WRONG = Mismatch("this", "that")


def steps(count: int) -> tuple[Step, ...]:
    return tuple(Step("command", str(number), words=f"do {number}") for number in range(count))


def failing(taken: Sequence[Step]) -> Scenario:
    return Scenario(tuple(taken), (), WRONG)


class Server:
    """A server that fails once all of some steps were taken."""

    def __init__(self, needed: set[str], patience: int = 1000) -> None:
        self.needed, self.patience, self.plays = needed, patience, 0

    def play(self, taken: Sequence[Step]) -> Scenario | None:
        self.plays += 1
        if self.plays > self.patience:
            raise Skip("budget", "spent")
        return failing(taken) if self.needed <= {step.what for step in taken} else None


@given(st.sets(st.integers(0, 21), min_size=1, max_size=6))
def test_only_what_is_needed_is_left(needed: set[int]) -> None:
    server = Server(set(map(str, needed)))
    found = shrink(server.play, failing(steps(22)), 200)
    assert {step.what for step in found.steps} == server.needed


def test_no_more_plays_than_allowed_and_one_to_show() -> None:
    server = Server({"3", "11", "19"})
    shrink(server.play, failing(steps(22)), 10)
    assert server.plays == 11


def test_a_spent_budget_leaves_the_shortest_so_far() -> None:
    server = Server({"20"}, patience=1)
    found = shrink(server.play, failing(steps(22)), 80)
    assert 0 < len(found.steps) <= 22
    assert "20" in {step.what for step in found.steps}


def test_what_was_made_is_numbered_in_its_order() -> None:
    made = Step("create", "process", makes=3, words="create process 3")
    item = Step("create", "process-item", 3, makes=7, words="create process item 7 in process 3")
    wrong = Mismatch("process item 7 once", "0 times")
    lines = Scenario((made, item), ("201", "201"), wrong).lines()
    assert lines == (
        "1. create process 1: 201",
        "2. create process item 2 in process 1: 201",
        "3. look at everything again: expected process item 2 once, got 0 times",
    )
