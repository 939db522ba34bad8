from __future__ import annotations

import pytest
from conftest import Api

COMMANDS = {"complete": "COMPLETED", "cancel": "CANCELLED"}


@pytest.mark.parametrize(("command", "state"), COMMANDS.items())
def test_a_command_and_its_repeat(api: Api, command: str, state: str) -> None:
    process = api.process()["id"]
    path = f"/processes/{process}/~actions/{command}"
    done, again = api("POST", path), api("POST", path)
    assert (done.status_code, done.json()["state"], again.status_code) == (200, state, 200)
    assert done.json() == again.json() == api("GET", f"/processes/{process}").json()


@pytest.mark.parametrize("command", COMMANDS)
def test_undocumented_transitions_as_chosen(command: str) -> None:
    other = next(name for name in COMMANDS if name != command)
    for setting, status in (("refused", 409), ("ignored", 200)):
        api = Api(choices={"undocumented_transition": setting})
        process = api.process()["id"]
        api("POST", f"/processes/{process}/~actions/{command}")
        assert api("POST", f"/processes/{process}/~actions/{other}").status_code == status
        assert api("GET", f"/processes/{process}").json()["state"] == COMMANDS[command]


def test_cancel_takes_the_active_items(api: Api) -> None:
    process = api.process()["id"]
    ready, claimed, completed = (api.task(process)["id"] for _ in range(3))
    message = api.task(process, type="MESSAGE", message={"text": "Hello"})
    for item in (claimed, completed):
        api("POST", f"/process-items/{item}/task/~actions/claim")
    api("POST", f"/process-items/{completed}/task/~actions/complete")
    api("POST", f"/processes/{process}/~actions/cancel")
    states = [api("GET", f"/process-items/{item}").json()["task"]["state"] for item in (ready, claimed, completed)]
    assert states == ["CANCELLED", "CANCELLED", "COMPLETED"]
    assert api("GET", f"/process-items/{message['id']}").json() == message


def test_a_task_is_claimed_and_completed_by_its_owner(api: Api) -> None:
    path = f"/process-items/{api.task(api.process()['id'])['id']}"
    assert api("POST", f"{path}/task/~actions/complete").status_code == 409
    claimed = api("POST", f"{path}/task/~actions/claim").json()
    assert (claimed["task"]["state"], claimed["ownerId"]) == ("CLAIMED", api.fixtures["principal_id"])
    assert api("POST", f"{path}/task/~actions/claim").status_code == 409
    assert api("POST", f"{path}/task/~actions/complete", "colleague").status_code == 403
    done, again = (api("POST", f"{path}/task/~actions/complete") for _ in range(2))
    assert done.json()["task"]["state"] == "COMPLETED"
    assert done.json() == again.json() == api("GET", path).json()


def test_assigning(api: Api) -> None:
    path = f"/process-items/{api.task(api.process()['id'])['id']}"
    email, owner = api.fixtures["other_principal_email"], api.fixtures["other_principal_id"]
    assigned = api("POST", f"{path}/task/~actions/assign", json={"ownerEmail": email}).json()
    assert (assigned["task"]["state"], assigned["ownerId"]) == ("CLAIMED", owner)
    assert api("POST", f"{path}/task/~actions/complete").status_code == 403
    assert api("POST", f"{path}/task/~actions/complete", "colleague").json()["task"]["state"] == "COMPLETED"
    late = {"ownerId": api.fixtures["application_principal_id"]}
    assert api("POST", f"{path}/task/~actions/assign", json=late).status_code == 409
    assert api("POST", f"{path}/task/~actions/assign", json={}).status_code == 400


def test_choices_of_tasks() -> None:
    api = Api(choices={"assigned_state": "READY", "owned_state": "CLAIMED", "repeat_completion": "refused"})
    process, owner = api.process()["id"], api.fixtures["principal_id"]
    owned = api.task(process, ownerId=owner)
    assert owned["task"]["state"] == "CLAIMED"
    complete = f"/process-items/{owned['id']}/task/~actions/complete"
    assert [api("POST", complete).status_code for _ in range(2)] == [200, 409]
    assign = f"/process-items/{api.task(process)['id']}/task/~actions/assign"
    assert api("POST", assign, json={"ownerId": owner}).json()["task"]["state"] == "READY"


@pytest.mark.parametrize(("setting", "status"), [("refused", 409), ("accepted", 200)])
def test_changes_after_the_end(setting: str, status: int) -> None:
    api = Api(choices={"changes_after_end": setting})
    process = api.process()["id"]
    api("POST", f"/processes/{process}/~actions/complete")
    body = {"metadata": {"value": api.fixtures["valid_metadata"]}}
    assert api("PUT", f"/processes/{process}/metadata", json=body).status_code == status
    assert ("metadata" in api("GET", f"/processes/{process}").json()) == (status == 200)


def test_the_log_is_capped(api: Api) -> None:
    path = f"/process-items/{api.task(api.process()['id'])['id']}"
    for number in range(103):
        reply = api("POST", f"{path}/task/~actions/append-log", json={"message": f"{number}", "level": "WARN"})
        assert reply.status_code == 200
    logs = api("GET", path).json()["task"]["logs"]
    assert [entry["message"] for entry in logs] == [str(number) for number in range(3, 103)]
    assert len({entry["id"] for entry in logs}) == len({entry["timestamp"] for entry in logs}) == 100


def test_stamps_grow_and_the_clock_advances(api: Api) -> None:
    one, two = api.process(), api.process()
    assert one["createdAt"] < two["createdAt"]
    now = api.control("advance_clock", seconds=86400).json()["now"]
    assert now > two["createdAt"]
    assert api.process()["createdAt"] > now
    assert api.control("advance_clock", seconds="long").status_code == 400
    assert api.control("advance_clock", seconds=10**400).status_code == 400
    assert api.control("advance_cloc").status_code == 404


def test_a_clock_that_would_go_too_far_stays_where_it_is(api: Api) -> None:
    while (reply := api.control("advance_clock", seconds=1e9)).status_code == 200:
        now = reply.json()["now"]
    assert (reply.status_code, list(reply.json())) == (400, ["error", "hint"])
    assert now < api.process()["createdAt"] < "9000"


def test_only_urls_subscribe(api: Api) -> None:
    for url in ("ftp://mock", "http://[bad", ""):
        assert api.control("subscribe", url=url).status_code == 400
    assert api.control("subscribe", url="http://127.0.0.1:9/").json() == {"subscribers": 1}


def test_webhooks_tell_what_happened(api: Api) -> None:
    process = api.process()["id"]
    task = api.task(process)["id"]
    api("POST", f"/process-items/{task}/task/~actions/claim")
    api("POST", f"/processes/{process}/~actions/cancel")
    told = api.control("webhook_inbox").json()["deliveries"]
    assert [delivery["body"]["type"] for delivery in told] == [
        "PROCESS.CREATED",
        "PROCESS_ITEM.CREATED",
        "PROCESS_ITEM.TASK_STATE_CHANGED",
        "PROCESS.STATE_CHANGED",
        "PROCESS_ITEM.TASK_STATE_CHANGED",
    ]
    assert len({delivery["body"]["id"] for delivery in told}) == 5
    assert told[0]["body"]["data"] == {"processId": process, "processState": "RUNNING"}
    assert told[-1]["body"]["data"] == {
        "processId": process,
        "processItemId": task,
        "processItemType": "TASK",
        "processItemTaskCode": api.fixtures["task_definition_code"],
        "processItemState": "CANCELLED",
    }
    assert api.control("webhook_inbox", after=5).json() == {"deliveries": [], "count": 5}


def test_reset_forgets(api: Api) -> None:
    first = api.process()
    assert api.control("reset").json() == {}
    assert api("GET", f"/processes/{first['id']}").status_code == 404
    assert api.process() == first
