"""The model: Hypothesis draws scenarios, the server plays them, and a failing one is shrunk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from random import Random

from conformance.contract.facets.token import Token
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.environment import Target
from conformance.engine.outcome import Mismatch, NotApplicable
from conformance.engine.weather import told, weather
from conformance.model.example import Search
from conformance.model.focus import Focus, covering, label, with_needed
from conformance.model.rule import Rule, rules_of
from conformance.model.scenario import play
from conformance.model.shrink import shrink
from conformance.model.world import Family

HANDFUL = 3
"""Scenarios that are played on a server elsewhere."""

FEW = 12
"""Plays of shorter scenarios there."""


@dataclass(frozen=True)
class Effort:
    """How much a machine does.

    At least ``base`` scenarios with each end, and as many as it takes for every two kinds of steps to meet in
    ``meetings`` of them, with half of the kinds in one, but no more than ``kinds``, and the ends in turn, one in each.
    Without ``meetings`` it is ``base`` scenarios. Each has ``steps`` at most; once one has failed, shorter ones are
    played ``shrinks`` times. ``more`` scenarios come on top.
    """

    base: int = 6
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
        count = max(self.base * turns, len(every)) if self.meetings else self.base
        return [every[at % len(every)] for at in range(count + self.more)]


def lives_as_modelled(api: Api, root: Resource | Token, effort: Effort) -> None:
    """Play scenarios with ``root``; ``Mismatch`` with the shortest failing one that was found in fair weather.

    ``Mismatch`` without a scenario where weather came too often.
    """
    from conformance.model.drawing import draw  # loads Hypothesis, which a plan without this facet can spare

    family = Family.of(api.vendor, root)
    rules = rules_of(family)
    if not rules:
        raise NotApplicable("nothing that the model knows is promised of it")
    effort, seed = effort.at(api.session.target, api.session.examples), _seed(api)
    foci = effort.foci(rules, seed)
    search = Search(family, rules, foci, spare=len(foci))
    apis = [api.beside() for _ in range(search.together(api.session.jobs))]
    try:
        draw(apis, search, effort.steps, seed)
    finally:
        for one in apis:
            api.history += one.history
    if search.failing is not None:
        found = shrink(lambda steps: play(api, family, rules, steps), search.failing, effort.shrinks)
        raise Mismatch(found.wrong.expected, found.wrong.actual, found.lines())
    if search.ended is not None:
        raise search.ended
    if (met := weather(api.history)) is not None:
        api.observe(weather=told(met))


def _seed(api: Api) -> int:
    """A seed of the case's own."""
    return int.from_bytes(sha256(f"{api.session.seed}/{api.case}".encode()).digest()[:8])
