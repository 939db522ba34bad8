from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.checks.events import is_moment
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.engine.suite import Options, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process

KUFLOW = Path(__file__).parents[2] / "specs" / "kuflow"
ID = "497f6eca-6276-4993-bfeb-53cbbbba6f08"


@pytest.mark.parametrize(
    "text", ["2026-03-02T09:00:00Z", "2026-03-02T09:00:00.123Z", "2026-03-02T09:00:00+01:00", "2026-03-02t09:00:00z"]
)
def test_moments(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026-03-02T09:00:00",
        "2026-02-30T09:00:00Z",
        "2026-W10-1T09:00:00Z",
        "20260302T090000Z",
        "1772442000",
        "",
    ],
)
def test_no_moments(text: str) -> None:
    assert not is_moment(text)


def _event(kind: str, **data: Any) -> dict[str, Any]:
    return {"id": ID, "version": "1", "type": kind, "timestamp": "2026-03-02T09:00:00Z", "data": data}


def test_each_kind_of_event_is_held_against_its_own_schema() -> None:
    validators = Vendor.load(KUFLOW).validators
    process = {"processId": ID, "processState": "RUNNING"}
    item = {"processId": ID, "processItemId": ID, "processItemType": "TASK"}
    assert validators.event("events", _event("PROCESS.CREATED", **process)) is None
    assert validators.event("events", _event("PROCESS_ITEM.CREATED", **item)) is None
    assert validators.event("events", _event("PROCESS.CREATED", **item)) is not None
    assert validators.event("events", _event("PROCESS_ITEM.TASK_STATE_CHANGED", **item)) is not None


def test_ids_are_those_of_the_events_that_were_told_before() -> None:
    vendor = Vendor.load(find("kuflow"))
    cases = tuple(case for case in plan(vendor) if case.id.startswith("kuflow/api/events/"))
    lines = [one for one in execute([in_process(vendor, Settings(), cases)], Options(5)) if isinstance(one, CaseLine)]
    own = next(one for one in lines if one.case == "kuflow/api/events/own-ids")
    assert (own.verdict, own.requests) == ("OBSERVED", 0)
    alone = tuple(case for case in cases if case.id == own.case)
    (line,) = (one for one in execute([in_process(vendor, Settings(), alone)], Options(5)) if isinstance(one, CaseLine))
    assert line.verdict == "OBSERVED"
    assert line.requests > 0
