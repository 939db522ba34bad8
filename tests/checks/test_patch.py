"""The patches of the check are held against a library that the check itself does not use."""

from __future__ import annotations

import copy

import jsonpatch
import pytest
from jsonpointer import JsonPointerException

from conformance.checks._patches import FAILING, PATCHES, START
from conformance.engine.outcome import same


@pytest.mark.parametrize("name", PATCHES)
def test_the_outcome_written_out_is_that_of_rfc_6902(name: str) -> None:
    operations, outcome = PATCHES[name]
    assert same(jsonpatch.apply_patch(copy.deepcopy(START), copy.deepcopy(operations)), outcome)


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_that_is_passed_over_would_show(name: str) -> None:
    assert not same(PATCHES[name][1], START)


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_patch_fails_after_its_first_operation(name: str) -> None:
    first, *rest = FAILING[name]
    begun = jsonpatch.apply_patch(copy.deepcopy(START), [first])
    assert not same(begun, START)
    with pytest.raises((jsonpatch.JsonPatchException, JsonPointerException)):
        jsonpatch.apply_patch(begun, rest)


@pytest.mark.parametrize("operation", ["add", "remove", "replace", "move", "copy", "test"])
def test_every_operation_of_rfc_6902_is_used(operation: str) -> None:
    assert any(one["op"] == operation for operations, _ in PATCHES.values() for one in operations)
