"""What scenarios are about."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from conformance.checks.model import modelled
from conformance.contract.vendor import Vendor, find
from conformance.model.focus import covering, label, with_needed
from conformance.model.machine import Effort
from conformance.model.rule import Rule, rules_of
from conformance.model.world import Family

KINDS = [f"kind {number}" for number in range(12)]


@pytest.mark.parametrize("meetings", [1, 3])
@pytest.mark.parametrize("size", [2, 3, 5])
def test_every_two_kinds_meet_as_often_as_asked_for(size: int, meetings: int) -> None:
    sets = covering(KINDS, size, meetings, Random(1))
    assert {len(one) for one in sets} == {size}
    for pair in combinations(KINDS, 2):
        assert sum(one.issuperset(pair) for one in sets) >= meetings


def test_the_sets_are_far_fewer_than_the_pairs() -> None:
    assert len(covering(KINDS, 5, 1, Random(1))) <= 14


def test_one_set_is_enough_for_few_kinds() -> None:
    assert covering(KINDS[:3], 5, 8, Random(1)) == [frozenset(KINDS[:3])]


def test_the_same_seed_draws_the_same_sets() -> None:
    assert covering(KINDS, 4, 2, Random(7)) == covering(KINDS, 4, 2, Random(7))
    assert covering(KINDS, 4, 2, Random(7)) != covering(KINDS, 4, 2, Random(8))


def _rules_of_processes() -> dict[str, Rule]:
    vendor = Vendor.load(find("kuflow"))
    root = next(one for one in vendor.semantics.resources.values() if one.name == "process" and modelled(vendor, one))
    return rules_of(Family.of(vendor, root))


def test_a_command_brings_those_that_lead_to_it() -> None:
    rules = _rules_of_processes()
    focus = frozenset({label(rules["command"], "complete process-item")})
    assert with_needed(focus, rules.values()) == focus | {label(rules["command"], "claim process-item")}


def test_every_scenario_has_one_end_and_every_two_other_kinds_meet_each_of_them() -> None:
    rules = _rules_of_processes()
    kinds = {label(rule, kind): rule.ends(kind) for rule in rules.values() for kind in rule.kinds()}
    ends = {kind for kind, is_end in kinds.items() if is_end}
    assert len(ends) == 2
    foci = Effort(meetings=4).foci(rules, 1)
    assert {len(one & ends) for one in foci} == {1}
    for first, second in combinations(kinds.keys() - ends, 2):
        for end in ends:
            assert sum(one.issuperset({first, second, end}) for one in foci) >= 2
