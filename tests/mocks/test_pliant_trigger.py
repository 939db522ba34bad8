from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from pliant_api import ECHOED, Pliant

from conformance.errors import UsageError
from conformance.mocks import catalogue

LOG_KEYS = {
    *("id", "flowUri", "userName", "runner", "status", "success", "result", "error", "state"),
    *("timeStarted", "timeEnded", "timeQueued", "timePaused", "timeRan"),
    *("duration", "durationQueued", "durationPaused"),
}


@pytest.fixture
def pliant() -> Pliant:
    return Pliant()


def test_a_synchronous_run_answers_its_outputs(pliant: Pliant) -> None:
    reply = pliant.trigger(sync="true", inputs={**ECHOED, "colour": "red"}).json()
    assert reply.keys() == {"output", "$uuid", "$runner", "$status"}
    assert (reply["output"], reply["$status"]) == ("Hello Pliant!", "C")
    assert uuid.UUID(reply["$runner"])
    assert pliant.trigger(sync="true").json()["$uuid"] != reply["$uuid"]


@pytest.mark.parametrize("query", [{}, {"sync": "false"}])
def test_an_asynchronous_run_is_accepted_and_ends(pliant: Pliant, query: dict[str, str]) -> None:
    reply = pliant.trigger(**query).json()
    assert reply.keys() == {"$uuid", "$runner", "$status"}
    assert reply["$status"] == "R"
    log = pliant.log(reply["$uuid"]).json()
    assert log.keys() == LOG_KEYS
    assert (log["id"], log["runner"], log["status"]) == (reply["$uuid"], reply["$runner"], "COMPLETED")
    assert (log["flowUri"], log["userName"]) == ("admin/User/Test WorkFlows/ping", "admin")
    assert json.loads(log["result"]) == {"output": "Hello Pliant!"}
    assert (log["success"], log["error"], log["state"], log["timePaused"]) == (True, "", None, None)
    assert (log["duration"], log["durationQueued"], log["durationPaused"]) == (16, 16, 0)
    assert log["duration"] == log["timeEnded"] - log["timeRan"]
    assert log["durationQueued"] == log["timeRan"] - log["timeQueued"]
    assert log["timeStarted"] > 10**12


def test_a_synchronous_run_takes_its_time(pliant: Pliant) -> None:
    before = pliant.control("advance_clock", seconds=0).json()["now"]
    reply = pliant.trigger(name=pliant.fixtures["slow_workflow_name"], sync="true").json()
    log = pliant.log(reply["$uuid"]).json()
    assert log["duration"] == 1000 * pliant.fixtures["slow_workflow_seconds"]
    assert log["timeEnded"] - log["timeStarted"] >= 2000
    assert before < pliant.control("advance_clock", seconds=0).json()["now"]


def test_runs_do_not_put_a_clock_forward_that_runs() -> None:
    pliant = Pliant(clock="wall")
    for _ in range(5):
        log = pliant.log(pliant.trigger().json()["$uuid"]).json()
        assert log["timeQueued"] <= log["timeRan"] <= log["timeEnded"] <= 1000 * time.time()


def test_progress_by_reads() -> None:
    pliant = Pliant(progress="reads:2")
    key = pliant.trigger().json()["$uuid"]
    logs = [pliant.log(key).json() for _ in range(4)]
    assert [log["status"] for log in logs] == ["RUNNING", "RUNNING", "COMPLETED", "COMPLETED"]
    assert [log["result"] is None for log in logs] == [True, True, False, False]
    assert logs[2] == logs[3]


def test_progress_by_seconds() -> None:
    pliant = Pliant(progress="seconds:30")
    key = pliant.trigger().json()["$uuid"]
    assert pliant.log(key).json()["timeEnded"] is None
    pliant.control("advance_clock", seconds=29)
    assert pliant.log(key).json()["status"] == "RUNNING"
    pliant.control("advance_clock", seconds=2)
    assert pliant.log(key).json()["duration"] == 30_000


def test_a_run_is_finished_by_control() -> None:
    pliant = Pliant(progress="seconds:30", choices={"unfinished_log": "hidden"})
    key = pliant.trigger().json()["$uuid"]
    assert pliant.log(key).status_code == 404
    assert pliant.control("finish_job", id=key.upper()).status_code == 200
    assert pliant.log(key).json()["status"] == "COMPLETED"
    assert pliant.control("finish_job", id="nothing").status_code == 400


@pytest.mark.parametrize(("choice", "status"), [("shown", 200), ("400", 400), ("500", 500)])
def test_a_run_that_fails(choice: str, status: int) -> None:
    pliant = Pliant(choices={"failed_run": choice})
    failing = pliant.fixtures["failing_workflow_name"]
    assert pliant.trigger(name=failing, sync="true").status_code == status
    log = pliant.log(pliant.trigger(name=failing).json()["$uuid"]).json()
    assert (log["status"], log["success"], log["result"]) == ("FAILED", False, None)
    assert log["error"]


@pytest.mark.parametrize("wrong", [{"username": "guest"}, {"folder": "No WorkFlows"}, {"name": "pang"}])
@pytest.mark.parametrize("status", ["404", "400"])
def test_a_wrong_address_starts_nothing(wrong: dict[str, str], status: str) -> None:
    assert Pliant(choices={"unknown_workflow": status}).trigger(**wrong).status_code == int(status)


@pytest.mark.parametrize(("form", "statuses"), [("either", (200, 200)), ("bare", (200, 404)), ("rooted", (404, 200))])
def test_a_folder_is_named_as_chosen(form: str, statuses: tuple[int, int]) -> None:
    pliant = Pliant(choices={"folder_form": form})
    folders = ("Test WorkFlows", "User/Test WorkFlows")
    assert tuple(pliant.trigger(folder=folder).status_code for folder in folders) == statuses
    assert pliant.trigger().status_code == 200


@pytest.mark.parametrize(
    "options",
    [
        {"params": {"folder": "Test WorkFlows"}},
        {"params": {"name": "ping"}},
        {"params": {"folder": "Test WorkFlows", "name": "ping", "sync": "maybe"}},
        {"params": {"folder": "Test WorkFlows", "name": "ping"}, "json": []},
        {
            "params": {"folder": "Test WorkFlows", "name": "ping"},
            "content": b"{",
            "headers": {"content-type": "application/json"},
        },
    ],
)
def test_broken_input_is_refused(pliant: Pliant, options: dict[str, Any]) -> None:
    assert pliant("POST", "/api/v1/trigger/admin", **options).status_code == 400


@pytest.mark.parametrize("header", ["", "Bearer nobody", "Basic bm9ib2R5OndyZw=="])
@pytest.mark.parametrize("status", ["401", "403"])
def test_calls_need_a_token(header: str, status: str) -> None:
    pliant = Pliant(choices={"unauthorized": status})
    headers = {"authorization": header} if header else {}
    for method, path in (("POST", "/api/v1/trigger/admin"), ("GET", f"/api/v1/stats/log/{uuid.UUID(int=0)}")):
        reply = pliant(method, path, "", headers=headers)
        assert (reply.status_code, reply.json()["error"]) == (int(status), "invalid_token")


def test_logs_that_are_not_there(pliant: Pliant) -> None:
    key = pliant.trigger().json()["$uuid"]
    assert pliant.log(str(uuid.UUID(int=0))).status_code == 404
    assert pliant.log("17").status_code == 404
    assert pliant.log(key.upper(), "other").status_code == 200
    pliant.control("advance_clock", seconds=8 * 86_400)
    pliant.tokens.clear()
    assert pliant.log(key).status_code == 404


def test_a_log_may_be_hidden_from_others() -> None:
    pliant = Pliant(choices={"foreign_log": "hidden", "log_user": "caller"})
    key = pliant.trigger("other").json()["$uuid"]
    assert pliant.log(key).status_code == 404
    assert pliant.log(key, "other").json()["userName"] == "guest"


def test_the_address_of_a_workflow_takes_a_key(pliant: Pliant) -> None:
    assert pliant.at_path().json() == pliant.fixtures["default_outputs"]
    assert pliant.at_path("POST", json=ECHOED).json() == pliant.fixtures["workflow_outputs"]
    assert pliant.at_path("POST").json() == pliant.fixtures["default_outputs"]
    assert pliant.at_path(params={}).status_code == 401
    assert pliant.at_path(params={"api_key": "wrong"}).status_code == 401
    assert pliant.at_path(identity="main", params={"sync": "true"}).status_code == 200
    assert pliant.at_path(params={"api_key": pliant.told("keyed")["token"]}).json()["$status"] == "R"
    shown = Pliant(choices={"path_keys": "present"}).at_path().json()
    assert shown.keys() == {"output", "$uuid", "$runner", "$status"}


def test_every_choice_leaves_a_server_that_works() -> None:
    for choice in catalogue.find("pliant").CHOICES:
        for setting in choice.settings:
            pliant = Pliant(choices={choice.key: setting})
            assert pliant.trigger(sync="true").json()["$status"] == "C"
            assert pliant.log(pliant.trigger().json()["$uuid"]).status_code == 200


@pytest.mark.parametrize("settings", [{"mode": "open"}, {"choices": {"reissues": "same"}}])
def test_unknown_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"default|reissue"):
        Pliant(**settings)
