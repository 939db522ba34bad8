"""A Smart Flows server is accused of nothing that its documents leave open."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.progress import Progress
from conformance.mocks.smartflows.records import Collection


def at_pace(spec: str) -> Callable[[Any], None]:
    """A server whose executions take that long."""

    def bend(server: Any) -> None:
        server.pace = Progress.of(spec)

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


@pytest.mark.parametrize("case", ["listed/select", "spares-others/select"])
def test_how_a_user_selects_a_flow_is_left_open(case: str) -> None:
    def in_the_panel(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=400, content=b"{}") if b'"flow"' in wire.content else reply

    line = judged(subject("smartflows", f"continueExecution/lifecycle/{case}"), answered=in_the_panel)
    assert (line.verdict, line.level) == ("INCONCLUSIVE", "observe")
    assert line.reason.startswith("the first select: expected a success")


def test_what_is_promised_of_a_command_is_blocked_without_it() -> None:
    def refused(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=400, content=b"{}") if wire.method == "DELETE" else reply

    line = judged(subject("smartflows", "cancelExecution/lifecycle/listed"), answered=refused)
    assert (line.verdict, line.level) == ("BLOCKED", "must")


def past_the_end(server: Any) -> None:
    """A page that nothing is on is refused."""
    honest = server.rules.lists.page_slice

    def page_slice(rows: list[Any], number: int, size: int) -> list[Any]:
        if number and number * size >= len(rows):
            raise Refusal(404, "There is no such page")
        return honest(rows, number, size)

    server.rules.lists.page_slice = page_slice


@pytest.mark.parametrize("case", ["union", "pages/one", "pages/three"])
def test_a_page_past_the_last_one_may_be_refused(case: str) -> None:
    line = judged(subject("smartflows", f"findFlows/pagination/{case}", past_the_end))
    assert line.verdict == "PASS", line.reason


def test_a_page_that_is_refused_before_the_last_one_is_missed() -> None:
    def refused(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=404, content=b"{}") if "page=4" in wire.url else reply

    line = judged(subject("smartflows", "findFlows/pagination/union"), answered=refused)
    assert (line.verdict, line.blame) == ("FAIL", "server")


@pytest.mark.parametrize(
    "path",
    [
        "cancelExecution/lifecycle/spares-others",
        "cancelExecution/lifecycle/reply",
        "getExecution/auth/without-credentials",
        "getExecution/contract/refuses/format-executionId",
        "execution/lifecycle/terminal/Success",
        "createExecution/job/end-stays",
        "startFlow/job/end-stays",
    ],
)
def test_a_message_and_a_model_may_tell_the_time(path: str) -> None:
    def telling_the_time(server: Any) -> None:
        honest = server.rules.views.outcome
        server.rules.views.message = lambda execution: f"{execution.status} at {server.clock.stamp()}"
        server.rules.views.outcome = lambda execution: {**honest(execution), "signed": str(server.clock.stamp())}

    line = judged(subject("smartflows", path, telling_the_time))
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("digits", [19, 23])
def test_a_moment_may_be_told_more_coarsely_in_the_detail_than_by_its_start(digits: int) -> None:
    def coarse(server: Any) -> None:
        honest = server.rules.views.execution

        def execution(server: Any, record: Any) -> Any:
            shown = honest(server, record)
            ended = record.status in ("Success", "Error")
            return {**shown, "createdAt": f"{shown['createdAt'][:digits]}Z"} if ended else shown

        server.rules.views.execution = execution

    line = judged(subject("smartflows", "startFlow/executions/stays-begun", coarse))
    assert line.verdict == "PASS", line.reason


def test_others_may_begin_executions_beside_a_create_that_is_refused() -> None:
    def busy(server: Any) -> None:
        honest = server.rules.lists.select

        def select(server: Any, listing: Any, rows: Any, parts: Any) -> Any:
            newcomer = copy(server.store.executions.rows[0])
            newcomer.key, newcomer.created_at = server.ids.fresh(), server.clock.stamp()
            server.store.executions.add(newcomer)
            return honest(server, listing, [*rows, newcomer], parts)

        server.rules.lists.select = select

    line = judged(subject("smartflows", "createExecution/executions/refused-begins-nothing", busy))
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize(
    "path", ["cancelExecution/lifecycle/spares-others", "cancelExecution/auth/without-credentials"]
)
def test_other_steps_may_go_on_while_an_execution_waits(path: str) -> None:
    def going_on(server: Any) -> None:
        honest = server.rules.pace.percentage
        server.rules.pace.percentage = lambda server, execution: (
            min(99, execution.percentage + 1) if execution.status == "Waiting" else honest(server, execution)
        )

    line = judged(subject("smartflows", path, going_on))
    assert line.verdict == "PASS", line.reason


def test_a_status_may_be_spelled_in_two_ways() -> None:
    def in_both_ways(wire: Wire, reply: Reply) -> Reply:
        spelled = reply.content.replace(b'"UserInput"', b'"User input"')
        return replace(reply, content=spelled) if wire.url.endswith("/progress") else reply

    line = judged(subject("smartflows", "getExecutionStatus/executions/agrees/UserInput"), answered=in_both_ways)
    assert line.verdict == "PASS", line.reason


@pytest.mark.parametrize("choice", ["capped", "refused"])
@pytest.mark.parametrize(
    "path",
    [
        "pagination/union",
        "pagination/pages/total",
        "sorting/order-over-pages/displayName-desc",
        "filtering/keeps/displayName",
    ],
)
def test_a_size_that_is_bounded_nowhere_in_writing_is_bounded_or_not(path: str, choice: str) -> None:
    def bend(server: Any) -> None:
        server.choices = {**server.choices, "large_page": choice}

    line = judged(subject("smartflows", f"findFlows/{path}", bend))
    assert line.verdict == "PASS", line.reason
