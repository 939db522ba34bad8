"""Which states a resource can be brought to, and by whose commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.checks._moves import final_states, initial_state, other_states
from conformance.contract.facets.create import Create
from conformance.contract.vendor import Vendor
from conformance.engine.states import reachable

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="module")
def kuflow() -> Vendor:
    return Vendor.load(SPECS / "kuflow")


def test_a_child_is_cancelled_by_its_parent_only(kuflow: Vendor) -> None:
    item = kuflow.semantics.resources["process-item"]
    assert item.way_to("CANCELLED") is None
    assert reachable(kuflow, item, "CANCELLED")
    assert not reachable(kuflow, item, "NO_SUCH_STATE")


def test_commands_follow_one_another_until_none_leads_on(kuflow: Vendor) -> None:
    process, item = (kuflow.semantics.resources[name] for name in ("process", "process-item"))
    assert [one.name for one in item.way_on("READY")] == ["claim", "complete"]
    assert [one.name for one in item.way_on("CLAIMED")] == ["complete"]
    assert [one.name for one in process.way_on("RUNNING")] == ["complete"]
    assert item.way_on("COMPLETED") == ()


def test_every_reachable_terminal_state_is_a_case(kuflow: Vendor) -> None:
    assert list(final_states(kuflow, kuflow.semantics.resources["process-item"])) == ["COMPLETED", "CANCELLED"]


def test_a_command_is_observed_where_it_is_not_documented(kuflow: Vendor) -> None:
    process, item = (kuflow.semantics.resources[name] for name in ("process", "process-item"))
    assert list(other_states(kuflow, process.commands["complete"])) == ["CANCELLED"]
    assert list(other_states(kuflow, item.commands["claim"])) == ["CLAIMED", "COMPLETED", "CANCELLED"]


def test_only_what_has_states_starts_in_one(kuflow: Vendor) -> None:
    starts = {
        name: list(initial_state(kuflow, create))
        for name, call in kuflow.semantics.operations.items()
        if isinstance(create := call.facets.get("create"), Create)
    }
    assert starts["createProcess"] == ["RUNNING"]
    assert starts["createProcessItem"] == ["READY"]
    assert starts["createWorker"] == []
