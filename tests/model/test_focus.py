"""What scenarios are about."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from conformance.checks.model import modelled
from conformance.contract.vendor import Vendor, find
from conformance.model.focus import covering, label, with_needed
from conformance.model.rule import rules_of
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


def test_a_command_brings_those_that_lead_to_it() -> None:
    vendor = Vendor.load(find("kuflow"))
    root = next(one for one in vendor.semantics.resources.values() if one.name == "process" and modelled(vendor, one))
    rules = rules_of(Family.of(vendor, root))
    focus = frozenset({label(rules["command"], "complete process-item")})
    assert with_needed(focus, rules.values()) == focus | {label(rules["command"], "claim process-item")}
