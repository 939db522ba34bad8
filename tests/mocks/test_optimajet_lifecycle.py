from __future__ import annotations

import pytest
from optimajet_api import API, WorkflowApi

IDLED, FINALIZED, TERMINATED, ERROR = 2, 3, 4, 5


@pytest.fixture
def oj() -> WorkflowApi:
    return WorkflowApi()


def test_commands_lead_to_the_end(oj: WorkflowApi) -> None:
    key = oj.created()
    assert oj.names(key) == ["submit", "withdraw"]
    reply = oj.command(key, "submit", "author")
    assert reply["data"]["WasExecuted"] is True
    assert reply["data"]["ProcessInstance"]["StateName"] == "Review"
    assert oj.names(key) == ["approve", "reject"]
    oj.command(key, "reject", "manager")
    assert oj.info(key)["StateName"] == "Draft"
    oj.command(key, "submit", "author")
    oj.command(key, "approve", "manager")
    told = oj.info(key)
    assert (told["StateName"], told["InstanceStatus"]) == ("Approved", FINALIZED)
    assert oj.names(key) == []


def test_the_way_is_remembered(oj: WorkflowApi) -> None:
    key = oj.created()
    oj.command(key, "submit", "author")
    oj.command(key, "reject", "manager")
    oj.post(f"setstate/{key}", state="Approved")
    told = oj.info(key)
    assert [item["Order"] for item in told["History"]] == [1, 2, 3]
    assert [item["Command"] for item in told["History"]] == ["submit", "reject", None]
    assert [item["TransitionClassifier"] for item in told["Transitions"]] == ["Direct", "Reverse", "NotSpecified"]
    assert [item["IsFinalised"] for item in told["Transitions"]] == [False, False, True]
    moments = [item["TransitionTime"] for item in told["Transitions"]]
    assert moments == sorted(set(moments))
    assert told["PreviousState"] == "Draft"
    assert told["PreviousStateForDirect"] == "Draft"
    assert told["PreviousStateForReverse"] == "Review"


def test_an_unavailable_command_is_refused_and_changes_nothing(oj: WorkflowApi) -> None:
    key = oj.created()
    before = oj.info(key)
    for command in ("approve", "nothing", ""):
        reply = oj.command(key, command)
        assert reply["success"] is False
        assert reply["error"]
    assert oj.info(key) == before


def test_a_command_is_for_those_who_may_give_it(oj: WorkflowApi) -> None:
    key, author, manager = oj.created(), oj.fixtures["author_id"], oj.fixtures["manager_id"]
    assert oj.names(key, identityId=manager) == []
    assert oj.command(key, "submit", "manager")["success"] is False
    assert oj.names(key, identityId="clerk", impersonatedIdentityId=author) == ["submit", "withdraw"]
    sent = {"command": "submit", "identityId": "clerk", "impersonatedIdentityId": author}
    assert oj.get(f"executecommand/{key}", **sent)["success"] is True
    step = oj.info(key)["Transitions"][0]
    assert (step["ExecutorIdentityId"], step["ActorIdentityId"]) == ("clerk", author)


def test_commands_without_identity_are_a_choice() -> None:
    strict = WorkflowApi(choices={"anonymous_commands": "unrestricted"})
    assert strict.names(strict.created()) == []
    assert strict.names(strict.created("TroubleScheme")) == ["fail", "stop"]


def test_a_command_given_twice_at_one_instant_is_executed_once(oj: WorkflowApi) -> None:
    key = oj.created()
    calls = [("POST", f"{API}/executecommand/{key}", "", {"json": {"command": "submit"}}) for _ in range(6)]
    assert sum(reply.json()["success"] for reply in oj.together(calls)) == 1
    assert len(oj.info(key)["History"]) == 1


@pytest.mark.parametrize(("command", "status"), [("fail", ERROR), ("stop", TERMINATED)])
def test_a_process_may_end_badly(oj: WorkflowApi, command: str, status: int) -> None:
    key = oj.created("TroubleScheme")
    oj.command(key, command)
    assert oj.info(key)["InstanceStatus"] == status
    assert oj.names(key) == []


def test_states_that_are_listed_can_be_set(oj: WorkflowApi) -> None:
    key = oj.created()
    listed = [item["Name"] for item in oj.get(f"getavailablestatetoset/{key}")["data"]]
    assert listed == ["Draft", "Review", "Approved"]
    for state in reversed(listed):
        assert oj.get(f"setstate/{key}", state=state)["success"] is True
        assert oj.info(key)["StateName"] == state
    for state in ("Withdrawn", "nothing", ""):
        assert oj.post(f"setstate/{key}", state=state)["success"] is False
    assert oj.info(key)["StateName"] == "Draft"


def test_setting_a_state_after_the_end_is_a_choice() -> None:
    strict = WorkflowApi(choices={"set_state_after_end": "refused"})
    key = strict.created()
    strict.command(key, "withdraw")
    assert strict.post(f"setstate/{key}", state="Draft")["success"] is False


def test_a_process_moves_from_box_to_box(oj: WorkflowApi) -> None:
    key, author, manager = oj.created(), oj.fixtures["author_id"], oj.fixtures["manager_id"]

    def boxes() -> tuple[list[str], list[str]]:
        waiting, moved = (oj.get(box, processid=key)["data"] for box in ("inbox", "outbox"))
        return [item["IdentityId"] for item in waiting], [item["ExecutorIdentityId"] for item in moved]

    assert boxes() == ([author], [])
    oj.command(key, "submit", "author")
    assert boxes() == ([manager], [author])
    assert key in [item["ProcessId"] for item in oj.get("inbox", identityid=manager)["data"]]
    assert {item["IdentityId"] for item in oj.post("inbox", identityid=manager)["data"]} == {manager}
    oj.command(key, "approve", "manager")
    assert boxes() == ([], [author, manager])
    assert oj.post("inboxrecalc", processids=[key])["success"] is True
    assert oj.post("inboxrecalc", processids=[oj.fresh()])["success"] is False
    assert oj.post("inboxrecalc")["success"] is False


def test_progress_by_reads() -> None:
    api = WorkflowApi(progress="reads:3")
    key = api.created()
    assert [api.info(key)["InstanceStatus"] for _ in range(4)] == [0, 1, 1, IDLED]
    api.command(key, "withdraw")
    assert [api.info(key)["InstanceStatus"] for _ in range(4)] == [1, 1, 1, FINALIZED]


def test_progress_by_seconds() -> None:
    api = WorkflowApi(progress="seconds:60")
    key = api.created()
    assert api.info(key)["InstanceStatus"] == 0
    api.control("advance_clock", seconds=30)
    assert api.info(key)["InstanceStatus"] == 1
    assert api.command(key, "submit")["success"] is False
    assert api.names(key) == []
    api.control("advance_clock", seconds=30)
    assert api.info(key)["InstanceStatus"] == IDLED
    assert api.command(key, "submit")["success"] is True
    assert api.info(key)["InstanceStatus"] == 1
