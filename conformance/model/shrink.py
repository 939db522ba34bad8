"""A failing scenario made short: steps are left out as long as what is left still fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conformance.engine.outcome import Outcome
from conformance.model.rule import Step
from conformance.model.scenario import Scenario

Play = Callable[[Sequence[Step]], Scenario | None]


@dataclass
class _Shrinking:
    """One attempt to make a scenario shorter; ``left`` plays are allowed."""

    play: Play
    failing: Scenario
    left: int

    def without(self, start: int, end: int) -> bool:
        """Whether it still fails without these steps; then it goes on without them."""
        steps = self.failing.steps[:start] + self.failing.steps[end:]
        if not steps or not self.left:
            return False
        self.left -= 1
        try:
            found = self.play(steps)
        except Outcome:
            self.left = 0
            return False
        self.failing = found or self.failing
        return found is not None

    def round(self, size: int) -> bool:
        """Leave out every part of ``size`` steps that it fails without, the last one first; whether any was."""
        end, shorter = len(self.failing.steps), False
        while end > 0 and self.left:
            start = max(end - size, 0)
            shorter |= self.without(start, end)
            end = min(start, len(self.failing.steps))
        return shorter


def shrink(play: Play, failing: Scenario, most: int) -> Scenario:
    """The shortest failing scenario found in ``most`` plays: parts are left out, halves first, then single steps.

    What a shorter one fails by may differ from what the longer one did. What cannot be played any more ends it.
    """
    shrinking = _Shrinking(play, failing, most)
    size = max(len(failing.steps) // 2, 1)
    while shrinking.left:
        shorter = shrinking.round(size)
        if size == 1 and not shorter:
            break
        size = max(size // 2, 1)
    return _once_more(play, shrinking.failing) if most else failing


def _once_more(play: Play, failing: Scenario) -> Scenario:
    """The scenario played a last time, so that the last exchanges are its own."""
    try:
        return play(failing.steps) or failing
    except Outcome:
        return failing
