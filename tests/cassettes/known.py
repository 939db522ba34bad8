"""Vendors and mocks for the tests of cassettes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from conformance.contract.vendor import Vendor, find
from conformance.engine.scenario import Scenario, scenarios

ROOT = Path(__file__).parents[2]


@cache
def vendor(name: str) -> Vendor:
    return Vendor.load(find(name))


def scenario(name: str, of: str) -> Scenario:
    return next(one for one in scenarios(of) if one.name == name)
