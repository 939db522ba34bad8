"""Wrong secrets may lock an account: on a server elsewhere none follows another."""

from __future__ import annotations

import pytest

from conformance.contract.facets.token import Token
from conformance.contract.vendor import Vendor, find
from conformance.model.rule import rules_of
from conformance.model.world import Family, World


@pytest.mark.parametrize(("elsewhere", "may"), [(True, False), (False, True)])
def test_a_wrong_secret_follows_another_on_this_machine_only(elsewhere: bool, may: bool) -> None:
    vendor = Vendor.load(find("pliant"))
    token = vendor.semantics.operations["issueToken"].facets["token"]
    assert isinstance(token, Token)
    family = Family.of(vendor, token)
    rule = rules_of(family)["token"]
    world = World(family, elsewhere=elsewhere)
    wrong = next(one for one in rule.choices(world) if one[0] == "fail")
    world.facts["failed"] = True
    assert (wrong in rule.choices(world)) is may
    assert rule.stands(world, rule.step(world, wrong, lambda some: some[0])) is may
    world.facts["failed"] = False
    assert wrong in rule.choices(world)
