"""Every documented status is reached, at every pace, by the mock's clock alone."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from smartflows_api import Api

PACES = ("immediate", "reads:1", "reads:3", "seconds:7.5")
ENDINGS = {
    "plain_flow_id": "Success",
    "queued_flow_id": "Success",
    "warning_flow_id": "Warning",
    "error_flow_id": "Error",
    "interrupted_flow_id": "Interrupted",
}
HALTS = {"input_flow_id": "UserInput", "waiting_flow_id": "Waiting", "select_flow_id": "SelectFlow"}


def poll(api: Api, execution: str, until: set[str]) -> list[Any]:
    """Every progress up to the first whose status is in ``until``."""
    seen: list[Any] = []
    while not seen or seen[-1]["status"] not in until:
        seen.append(api.progress(execution))
        assert len(seen) < 20, [one["status"] for one in seen]
    return seen


def statuses(seen: list[Any]) -> list[str]:
    return list(dict.fromkeys(one["status"] for one in seen))


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("flow", ENDINGS)
def test_flows_end_as_they_are_known_to(flow: str, pace: str) -> None:
    api = Api(progress=pace)
    begun = api.begin(flow)
    assert begun["status"] == ("Queued" if flow == "queued_flow_id" else "Running")
    assert begun["percentage"] == 0
    seen = [begun, *poll(api, begun["id"], {ENDINGS[flow]})]
    percentages = [one["percentage"] for one in seen]
    assert percentages == sorted(percentages)
    assert percentages[-1] == 100
    assert {one["id"] for one in seen} == {begun["id"]}
    assert api.progress(begun["id"]) == seen[-1]
    assert api.detail(begun["id"])["status"] == ENDINGS[flow]


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("flow", HALTS)
def test_halts_last_until_somebody_acts(flow: str, pace: str) -> None:
    api = Api(progress=pace)
    execution = api.begin(flow)["id"]
    halted = poll(api, execution, {HALTS[flow]})[-1]
    api.control("advance_clock", seconds=1e6)
    assert api.progress(execution) == halted
    assert halted["percentage"] < 100


@pytest.mark.parametrize("pace", PACES)
def test_input_is_asked_for_and_goes_on(pace: str) -> None:
    api = Api(progress=pace)
    execution = api.begin("input_flow_id")["id"]
    asked = poll(api, execution, {"UserInput"})[-1]
    values = api.fixtures["input_values"]
    assert set(asked["schema"]["properties"]) == set(asked["model"]) == {field["key"] for field in asked["form"]}
    assert set(values) == set(asked["model"])
    reply = api.send(execution, **values)
    assert (reply.status_code, reply.json()["status"]) == (200, "Running")
    ended = poll(api, execution, {"Success"})[-1]
    assert ended["model"]["document_block"]["answers"] == values


def test_fields_that_are_not_sent_stay_empty() -> None:
    api = Api()
    execution = api.begin("input_flow_id")["id"]
    api.progress(execution)
    (first, value), *others = api.fixtures["input_values"].items()
    assert api.send(execution, **{first: value}, stranger=1).status_code == 200
    answers = api.progress(execution)["model"]["document_block"]["answers"]
    assert answers == {first: value} | {key: "" for key, _ in others}


@pytest.mark.parametrize("pace", PACES)
def test_an_event_resumes(pace: str) -> None:
    api = Api(progress=pace)
    execution = api.begin("waiting_flow_id")["id"]
    assert api.control("resume_job", job=execution)["status"] == "Running"
    poll(api, execution, {"Waiting"})
    assert api.control("resume_job", job=execution)["status"] == "Running"
    assert statuses(poll(api, execution, {"Success"}))[-1] == "Success"


@pytest.mark.parametrize("pace", PACES)
def test_a_selected_flow_runs(pace: str) -> None:
    api = Api(progress=pace)
    begun = api.begin("select_flow_id")
    assert begun["status"] == "SelectFlow"
    assert begun["schema"]["properties"]["flow"]["enum"][0] == api.fixtures["flow_id"]
    assert api.send(begun["id"]).status_code == 400
    assert api.send(begun["id"], flow=api.fixtures["unknown_flow_id"]).status_code == 404
    assert api.send(begun["id"], flow=api.fixtures["warning_flow_id"]).json()["status"] == "Running"
    poll(api, begun["id"], {"Warning"})
    assert api.detail(begun["id"])["flow"]["id"] == api.fixtures["warning_flow_id"]


@pytest.mark.parametrize("flow", [*HALTS, "plain_flow_id", "queued_flow_id"])
def test_what_is_active_can_be_cancelled_and_stays_so(flow: str) -> None:
    api = Api(progress="reads:1")
    execution = api.begin(flow)["id"]
    reply = api.cancel(execution)
    assert (reply.status_code, reply.json()["status"], reply.json()["percentage"]) == (200, "Canceled", 100)
    assert api.progress(execution) == reply.json()
    assert api.send(execution).status_code == 409
    assert api.cancel(execution).json() == reply.json()
    assert api.control("resume_job", job=execution)["status"] == "Canceled"


def test_what_is_active_can_be_interrupted() -> None:
    api = Api(progress="reads:9")
    execution = api.begin("plain_flow_id")["id"]
    assert api.control("interrupt_job", job=execution)["status"] == "Interrupted"
    assert api.progress(execution)["status"] == "Interrupted"
    assert api.control("interrupt_job", job=execution)["status"] == "Interrupted"


def test_a_job_can_be_finished() -> None:
    api = Api(progress="seconds:1000000")
    execution = api.begin("input_flow_id")["id"]
    assert api.control("finish_job", job=execution)["status"] == "UserInput"
    assert "there is no" in api.control("finish_job", job="nothing")["error"]


def test_reads_count_and_lists_do_not() -> None:
    api = Api(progress="reads:2")
    execution = api.begin("plain_flow_id")["id"]
    newest = {"sort": "createdAt,desc", "size": 1}
    seen = []
    for read in (api.progress, api.detail, api.progress):
        assert api("GET", "/flows/executions", params=newest).json()[0]["status"] == "Running"
        seen.append(read(execution)["status"])
    assert seen == ["Running", "Running", "Success"]


def now(api: Api) -> str:
    return str(api.control("advance_clock", seconds=0)["now"])


def test_a_long_poll_ends_with_the_change_or_with_its_timeout() -> None:
    api = Api(progress="seconds:50")
    execution = api.begin("plain_flow_id")["id"]
    assert api.progress(execution, timeout=0)["percentage"] == 0
    assert now(api) == "2026-03-02T09:00:00.001Z"
    assert api.progress(execution, timeout=5)["percentage"] == 10
    assert now(api) == "2026-03-02T09:00:05.001Z"
    assert api.progress(execution)["percentage"] == 70
    assert now(api) == "2026-03-02T09:00:35.001Z"
    assert api.progress(execution, timeout=1000)["status"] == "Success"
    assert now(api) == "2026-03-02T09:00:50.001Z"
    api.progress(execution, timeout=1000)
    assert now(api) == "2026-03-02T09:00:50.001Z"


@pytest.mark.parametrize("timeout", ["-1", "x", "1.5", ""])
def test_a_timeout_is_a_number_of_seconds(timeout: str) -> None:
    api = Api()
    execution = api.begin("plain_flow_id")["id"]
    assert api("GET", f"/flows/executions/{execution}/progress?timeout={timeout}").status_code == 400


def test_the_detail_says_what_went_in_and_came_out() -> None:
    api = Api()
    execution = api.with_data()["id"]
    api.progress(execution)
    detail = api.detail(execution)
    assert detail["createdBy"]["id"] == detail["modifiedBy"]["id"] == api.fixtures["user_id"]
    assert detail["flow"] == {"id": api.fixtures["flow_id"], "displayName": "Flow echo", "type": "flow"}
    assert detail["state"]["inputData"]["Customer"]["Name"] == "Adèle & Co"
    assert [stage["status"] for stage in detail["state"]["stages"]] == ["Running", "Success"]
    assert len(detail["state"]["report"]) == 1
    document = detail["state"]["output"]["model"]["document_block"]["document"]
    reply = api("GET", f"/documents/{document['id']}/content")
    assert (reply.headers["content-type"], reply.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_flow_is_started_by_id_or_name_without_questions() -> None:
    api = Api()
    for flow in (api.fixtures["input_flow_id"], "Flow form"):
        begun = api("POST", "/flows/executions/start", params={"flow": flow}).json()
        assert (begun["status"], begun["mode"]) == ("Running", "batch")
        ended = api.progress(begun["id"])
        assert ended["status"] == "Success"
        assert "Gent" in ended["model"]["document_block"]["answers"].values()
    assert api("POST", "/flows/executions/start", params={"flow": "Flow"}).status_code == 404
    assert api("POST", "/flows/executions/start").status_code == 400


def test_every_create_begins_an_execution_of_its_own() -> None:
    api = Api()
    before = len(api("GET", "/flows/executions", params={"size": 1000}).json())
    ids = {api.with_data()["id"] for _ in range(5)}
    after = api("GET", "/flows/executions", params={"size": 1000}).json()
    assert len(ids) == 5
    assert len(after) == before + 5
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in ids)


def test_a_reset_brings_the_first_day_back() -> None:
    api = Api(progress="reads:1")
    first = api.with_data()
    api.control("advance_clock", seconds=60)
    api.control("reset")
    assert api("GET", f"/flows/executions/{first['id']}").status_code == 404
    assert api.with_data() == first


def test_ids_are_read_in_any_case() -> None:
    api = Api()
    execution = api.begin("plain_flow_id")["id"]
    assert api.progress(execution.upper())["id"] == execution
    upper = api.fixtures["plain_flow_id"].upper()
    assert api("POST", "/flows/executions", params={"flowId": upper}).status_code == 200


@pytest.mark.parametrize("path", ["/progress", "", "/status"])
@pytest.mark.parametrize("execution", ["0b1f5a0e-6c1c-4c55-9f3f-5a5f2b3c4d5e", "nothing"])
def test_unknown_executions_are_refused(path: str, execution: str) -> None:
    assert Api()("GET", f"/flows/executions/{execution}{path}").status_code == 404


def test_status_shows_the_output_when_it_is_wanted() -> None:
    api = Api()
    execution = api.begin("plain_flow_id")["id"]
    plain = api("GET", f"/flows/executions/{execution}/status").json()
    whole = api("GET", f"/flows/executions/{execution}/status", params={"output": "true"}).json()
    assert whole == api.detail(execution)
    assert plain == {key: value for key, value in whole.items() if key != "state"}


def test_a_poll_is_held_back_as_long_as_the_status_lasts() -> None:
    api = Api(progress="seconds:0.3", clock="wall")
    execution, began = api.begin("plain_flow_id")["id"], time.monotonic()
    assert api.progress(execution, timeout=0)["status"] == "Running"
    assert time.monotonic() - began < 0.2
    assert api.progress(execution, timeout=30)["status"] == "Success"
    assert 0.25 < time.monotonic() - began < 5


def test_polls_do_not_put_a_clock_forward_that_runs() -> None:
    api = Api(progress="seconds:7200", clock="wall")
    execution = api.begin("plain_flow_id")["id"]
    assert [api.progress(execution, timeout=1)["status"] for _ in range(2)] == ["Running"] * 2
    later = api("GET", f"/flows/executions/{api.begin('plain_flow_id')['id']}/status").json()["createdAt"]
    assert datetime.fromisoformat(later) < datetime.now(UTC) + timedelta(seconds=1)


def test_a_poll_is_not_held_back_after_somebody_cancelled() -> None:
    api = Api(progress="seconds:7200", clock="wall")
    path = f"/flows/executions/{api.begin('plain_flow_id')['id']}/progress"
    began = time.monotonic()
    held, _ = api.together(("GET", path), ("DELETE", path))
    assert held.json()["status"] == "Canceled"
    assert time.monotonic() - began < 5
