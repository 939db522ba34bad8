"""Scenarios: the steps that were taken, what each of them showed, and where the model was contradicted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.engine.api import Api
from conformance.engine.outcome import Mismatch
from conformance.engine.weather import weather
from conformance.model.rule import Rule, Step
from conformance.model.world import Family, World


@dataclass(frozen=True)
class Scenario:
    """Steps that end in ``wrong``: ``seen`` is what each showed; the last has none when it is the one that failed."""

    steps: tuple[Step, ...]
    seen: tuple[str, ...]
    wrong: Mismatch

    def lines(self) -> tuple[str, ...]:
        """The scenario for people: numbered steps with what was seen, the contradiction last."""
        pairs = zip(self.steps, self.seen, strict=False)
        told = [f"{number}. {step.words}: {seen}" for number, (step, seen) in enumerate(pairs, 1)]
        contradiction = f"expected {self.wrong.expected}, got {self.wrong.actual}"
        at_a_step = len(self.seen) < len(self.steps)
        last = self.steps[-1].words if at_a_step else "look at everything again"
        return self._renumbered((*told, f"{len(told) + 1}. {last}: {contradiction}"))

    def _renumbered(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines with what was made numbered in the order in which it was."""
        numbers = {step.makes: number for number, step in enumerate((s for s in self.steps if s.makes), 1)}
        kinds = "|".join(sorted({kind for step in self.steps if step.makes for kind in [_kind(step)]}, key=len)[::-1])
        if not kinds:
            return lines
        name = re.compile(rf"\b({kinds}) (\d+)\b")
        return tuple(name.sub(lambda m: f"{m[1]} {numbers.get(int(m[2]), m[2])}", line) for line in lines)


def _kind(step: Step) -> str:
    """What the words of a step call what it makes."""
    found = re.search(rf"(\w+) {step.makes}\b", step.words)
    return found[1] if found else step.what


def world_of(api: Api, family: Family) -> World:
    """A world in which nothing was made yet."""
    controls = {event.control for one in family.resources for event in one.nudges.values()} | {"advance_clock"}
    given = frozenset(one for one in controls if api.has_control(one))
    return World(family, given, elsewhere=not api.session.target.is_loopback)


def play(api: Api, family: Family, rules: dict[str, Rule], steps: Sequence[Step]) -> Scenario | None:
    """Play the steps that make sense in a new world; the scenario when the model is contradicted in fair weather."""
    world, taken, seen, since = world_of(api, family), list[Step](), list[str](), len(api.history)
    try:
        for step in steps:
            rule = rules[step.rule]
            if rule.stands(world, step):
                taken.append(step)
                seen.append(rule.play(api, world, step))
        for rule in rules.values():
            rule.look(api, world)
    except Mismatch as wrong:
        return None if weather(api.history[since:]) else Scenario(tuple(taken), tuple(seen), wrong)
    return None
