"""A Smart Flows server is accused of nothing that its documents leave open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.mocks.smartflows.pace import Pace
from conformance.mocks.smartflows.records import Collection


def at_pace(spec: str) -> Callable[[Any], None]:
    """A server whose executions take that long."""

    def bend(server: Any) -> None:
        server.pace = Pace.of(spec)

    return bend


@pytest.mark.parametrize(
    "path",
    ["createExecution/contract/valid-request", "startFlow/contract/valid-request", "startFlow/job/accepted/by-id"],
)
def test_a_start_is_answered_with_any_success(path: str) -> None:
    def accepted(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=202) if wire.method == "POST" and reply.status < 300 else reply

    assert judged(subject("smartflows", path), answered=accepted).verdict == "PASS"


def test_a_progress_is_read_with_any_success() -> None:
    def accepted(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=202) if wire.method == "GET" and reply.status == 200 else reply

    line = judged(subject("smartflows", "getExecutionProgress/contract/valid-request"), answered=accepted)
    assert line.verdict == "PASS"


def test_a_detail_is_read_with_the_status_of_the_contract() -> None:
    def accepted(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=202) if wire.method == "GET" and reply.status == 200 else reply

    line = judged(subject("smartflows", "getExecution/contract/valid-request"), answered=accepted)
    assert line.verdict == "FAIL"


@pytest.mark.parametrize("path", ["comes-to-rest/Waiting", "terminal/Interrupted"])
def test_an_execution_takes_its_time_to_come_to_rest(path: str) -> None:
    line = judged(subject("smartflows", f"execution/lifecycle/{path}", at_pace("reads:6")))
    assert line.verdict == "PASS", line.reason


def test_a_flow_that_never_ran_has_no_executions() -> None:
    def as_new(server: Any) -> None:
        server.store.executions = Collection()

    line = judged(subject("smartflows", "findFlowExecutions/pagination/belonging", as_new))
    assert (line.verdict, line.reason) == ("INCONCLUSIVE", "the list is empty")


@pytest.mark.parametrize("cancelled", ["ignored", "refused"])
def test_an_execution_that_ends_before_it_is_cancelled_tells_nothing(cancelled: str) -> None:
    def swift(server: Any) -> None:
        server.rules.executions.course = lambda *_: ("Success",)
        server.choices = {**server.choices, "cancel_ended": cancelled}

    line = judged(subject("smartflows", "cancelExecution/executions/stops/queued", swift))
    assert line.verdict == "INCONCLUSIVE"
    assert "was Success before" in line.reason


def test_a_form_may_have_more_than_its_fields() -> None:
    def with_an_intro(server: Any) -> None:
        honest = server.rules.views.parts

        def parts(server: Any, execution: Any) -> Any:
            shown = honest(server, execution)
            shown.get("schema", {}).get("properties", {})["intro"] = {"type": "null"}
            return shown

        server.rules.views.parts = parts

    assert judged(subject("smartflows", "getExecutionProgress/executions/asks", with_an_intro)).verdict == "PASS"


def test_a_contract_may_have_an_id_of_its_own() -> None:
    def numbered(server: Any) -> None:
        honest = server.rules.views.contract
        server.rules.views.contract = lambda server, flow: {**honest(server, flow), "id": "17"}

    assert judged(subject("smartflows", "getFlowContract/executions/of-its-own", numbered)).verdict == "PASS"
