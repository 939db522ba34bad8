"""Every check that judges has a wrong server that it catches; conformance selftest holds both to their word."""

from __future__ import annotations

from conformance.contract.vendor import Vendor, find, folders
from conformance.engine.plan import Case, plan
from conformance.mocks import catalogue


def test_every_check_that_judges_is_named_by_a_deviation() -> None:
    judging: set[tuple[str, str]] = set()
    named: set[tuple[str, str]] = set()
    for vendor in sorted(folders([])):
        cases: dict[str, Case] = {case.id: case for case in plan(Vendor.load(find(vendor)))}
        judging |= {_key(case) for case in cases.values() if case.level != "observe"}
        named |= {_key(cases[one.case]) for one in catalogue.find(vendor).deviations().values()}
    assert sorted(judging - named) == []


def _key(case: Case) -> tuple[str, str]:
    return case.check.facet, case.check.name
