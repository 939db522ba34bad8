"""What scenarios are about: few kinds of steps each, so that they go deep, and every two kinds in some of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations
from random import Random

from conformance.model.rule import Rule

Focus = frozenset[str]


def covering(kinds: Sequence[str], size: int, meetings: int, random: Random) -> list[Focus]:
    """Sets of at most ``size`` of the ``kinds``, of which every two meet in at least ``meetings``.

    Each set starts from two that met least so far, and takes in whatever brings most of those together that still have
    to meet. One set is enough where all kinds go into it.
    """
    if len(kinds) <= size:
        return [frozenset(kinds)]
    met: Counter[Focus] = Counter()
    pairs = [frozenset(pair) for pair in combinations(kinds, 2)]
    found: list[Focus] = []
    while min(met[pair] for pair in pairs) < meetings:
        least = min(met[pair] for pair in pairs)
        chosen = set(random.choice([pair for pair in pairs if met[pair] == least]))
        while len(chosen) < size:
            chosen.add(_next(kinds, chosen, met, random))
        met.update(frozenset(pair) for pair in combinations(sorted(chosen), 2))
        found.append(frozenset(chosen))
    return found


def _next(kinds: Sequence[str], chosen: set[str], met: Counter[Focus], random: Random) -> str:
    """The kind that met those that are ``chosen`` least."""
    others = [one for one in kinds if one not in chosen]
    sums = {one: sum(met[frozenset((one, other))] for other in chosen) for one in others}
    return random.choice([one for one in others if sums[one] == min(sums.values())])


def label(rule: Rule, kind: str) -> str:
    """A kind of steps by a name that no other rule's kind has."""
    return f"{rule.name}: {kind}"


def with_needed(focus: Focus, rules: Collection[Rule]) -> Focus:
    """A focus with the kinds of steps without which some of its own have no place."""
    needed = [
        label(rule, other)
        for rule in rules
        for kind in rule.kinds()
        if label(rule, kind) in focus
        for other in rule.needed_for(kind)
    ]
    return focus | frozenset(needed)
