"""Labelled pairs: each label is proven beside the verdict, by a witness, or by a place that came, went or changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from conformance.contract import pointer
from conformance.contract.document import Document
from conformance.contract.pointer import ABSENT
from conformance.contract.schema import standalone
from conformance.drift import comparison
from conformance.drift.change import Change, verdict
from tests.drift.documents import edited, place_of, with_schema

PAIRS = Path(__file__).parent / "pairs"
BASE = yaml.safe_load((PAIRS / "base.yaml").read_text())
TODAY = date(2026, 1, 1)


def compare(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    sides = (Document(Path(f"{name}.yaml"), root) for name, root in (("old", old), ("new", new)))
    return comparison.compare(*sides, today=TODAY)


def pairs(folder: str) -> list[Any]:
    found = []
    for path in sorted((PAIRS / folder).glob("*.yaml")):
        found += [pytest.param(pair, id=f"{path.stem}: {pair['name']}") for pair in yaml.safe_load(path.read_text())]
    return found


def admits(root: dict[str, Any], schema: Any, direction: str, value: Any) -> bool:
    """What the contract's own reading of a schema, which the comparison does not use, says of a value."""
    form = standalone(Document(Path("made.yaml"), root), schema, direction)  # type: ignore[arg-type]
    return jsonschema_rs.Draft202012Validator(form, validate_formats=True).is_valid(value)


def worst(changes: tuple[Change, ...]) -> list[Change]:
    return [change for change in changes if change.level == verdict(changes)]


@pytest.mark.parametrize("pair", pairs("documents"))
def test_a_change_of_a_document(pair: dict[str, Any]) -> None:
    before = edited(BASE, {"set": pair.get("set_old", {})})
    after = edited(before, pair)
    changes = compare(before, after)
    assert verdict(changes) == pair["expects"], changes
    if "rule" in pair:
        assert pair["rule"] in {change.rule for change in worst(changes)}
    assert_proven(pair, before, after)


def assert_proven(pair: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """What breaks has a witness or a place that came, went or changed; what does not has a reason."""
    if pair["expects"] != "breaking" and "gone" not in pair:
        assert pair["why"]
        return
    if "witness" in pair:
        direction = pair.get("direction", "request")
        old = pointer.get(before, pair.get("at_old", pair["at"]))
        new = pointer.get(after, pair["at"])
        sides = [(before, old), (after, new)] if direction == "request" else [(after, new), (before, old)]
        verdicts = [admits(root, schema, direction, pair["witness"]) for root, schema in sides]
        assert verdicts == [True, False]
        return
    kinds = {
        "gone": lambda was, is_now: was is not ABSENT and is_now is ABSENT,
        "come": lambda was, is_now: was is ABSENT and is_now is not ABSENT,
        "changed": lambda was, is_now: ABSENT not in (was, is_now) and was != is_now,
    }
    (kind,) = kinds.keys() & pair.keys()
    assert kinds[kind](pointer.get(before, pair[kind]), pointer.get(after, pair[kind]))


@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("pair", pairs("schemas"))
def test_a_schema_that_admits_less(pair: dict[str, Any], direction: str) -> None:
    version, components = pair.get("version", "3.0.3"), pair.get("components")
    wide, narrow = (with_schema(pair[key], direction, version, components) for key in ("old", "new"))
    old, new = (wide, narrow) if direction == "request" else (narrow, wide)
    changes = compare(old, new)
    assert verdict(changes) == "breaking", changes
    assert all(change.counterexample is not ABSENT for change in worst(changes))
    if "reading" not in pair:  # else it goes beyond what a validator of plain schemas tells: docs/diff.md
        for value in (pair["witness"], *(change.counterexample for change in worst(changes))):
            assert [
                admits(root, pointer.get(root, place_of(direction)), direction, value) for root in (wide, narrow)
            ] == [
                True,
                False,
            ]
    back = verdict(compare(new, old))
    assert back == pair.get("back", "additive")
