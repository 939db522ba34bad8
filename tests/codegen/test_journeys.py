"""The README of a client includes the scenarios told on it, word for word."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from conformance.codegen.journeys import journeys
from conformance.engine.scenario import scenarios
from conformance.mocks import catalogue

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("vendor", catalogue.vendors())
def test_a_readme_includes_every_scenario(vendor: str) -> None:
    readme = (ROOT / "generated" / vendor / "README.md").read_text(encoding="utf-8")
    told = scenarios(vendor)
    assert told
    for scenario in told:
        assert inspect.getsource(scenario.function).rstrip() in readme
    assert readme.count("<details>") == readme.count("</details>") >= len(told)


def test_a_vendor_without_scenarios_has_no_such_section() -> None:
    assert journeys("nobody") == ""


@pytest.mark.parametrize("vendor", catalogue.vendors())
def test_a_readme_tells_what_stands_for_whatever_a_scenario_takes_of_the_suite(vendor: str) -> None:
    section = journeys(vendor)
    assert "pip install workflow-conformance" in section
    table, _, told = section.partition("<details>")
    for word in set(re.findall(r"\bjourney\.(\w+)\(", told)):
        assert f"journey.{word}(" in table
    assert all(f"journey.{word}(" in told for word in re.findall(r"\bjourney\.(\w+)\(", table))
