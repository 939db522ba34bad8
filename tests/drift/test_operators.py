"""Each operator at every place where it fits in all five contracts: no verdict is wrong, and none is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.document import Document
from conformance.contract.pointer import join
from conformance.contract.source import load_yaml
from conformance.drift.change import verdict
from conformance.drift.comparison import compare
from tests.drift.operators import (
    METHODS,
    NARROWING,
    REPLACING,
    REWRITING,
    STRUCTURAL,
    Place,
    Variant,
    cut,
    places,
    variants,
)

ROOT = Path(__file__).parents[2]
CONTRACTS = {path.parent.name: load_yaml(path) for path in sorted((ROOT / "specs").glob("*/openapi.yaml"))}
OPERATIONS = [
    pytest.param(vendor, section, name, method, id=f"{vendor}: {method} {name}")
    for vendor, root in CONTRACTS.items()
    for section in ("paths", "x-webhooks")
    for name, item in root.get(section, {}).items()
    for method in METHODS
    if method in item
]


def told(old: dict[str, Any], new: dict[str, Any]) -> str:
    sides = (Document(Path(f"{name}.yaml"), root) for name, root in (("old", old), ("new", new)))
    return verdict(compare(*sides, today=date(2026, 1, 1)))


@cache
def known(vendor: str) -> dict[tuple[str, ...], set[Place]]:
    """The places that operations before an operation have too: one of them is enough."""
    found: dict[tuple[str, ...], set[Place]] = {}
    met: set[Place] = set()
    for parameter in OPERATIONS:
        name, *operation = parameter.values
        if name == vendor:
            found[tuple(operation)] = set(met)
            met |= set(places(cut(CONTRACTS[vendor], *operation), join(*operation)))
    return found


def changed(vendor: str, *operation: str) -> Iterator[Variant]:
    return variants(cut(CONTRACTS[vendor], *operation), join(*operation), known(vendor)[operation])


@pytest.mark.parametrize(("vendor", "section", "name", "method"), OPERATIONS)
def test_every_operator_gets_its_verdict_at_every_place(vendor: str, section: str, name: str, method: str) -> None:
    root = cut(CONTRACTS[vendor], section, name, method)
    wrong = []
    for variant in changed(vendor, section, name, method):
        found = (told(root, variant.root), told(variant.root, root))
        if found != (variant.forth, variant.back):
            wrong.append((variant.operator, variant.at, f"{variant.forth} and {variant.back}", found))
    assert not wrong


def test_every_operator_fits_somewhere_and_together_thousands_of_times() -> None:
    counts = Counter(variant.operator for one in OPERATIONS for variant in changed(*one.values))
    names = {one.__name__ for one in (*NARROWING, *REWRITING, *REPLACING, *STRUCTURAL)}
    assert names - counts.keys() == {"whole"}, "no contract has a number that is not an integer"
    assert 2 * sum(counts.values()) >= 15000
