from __future__ import annotations

import asyncio

import pytest
from optimajet_api import API, WorkflowApi

from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.settings import resolved_choices
from conformance.mocks.optimajet.access import OPEN
from conformance.mocks.optimajet.choices import CHOICES
from conformance.mocks.optimajet.routes import OPERATIONS
from conformance.mocks.optimajet.server import OptimaJet
from conformance.mocks.optimajet.views import SUMMARY


@pytest.fixture
def oj() -> WorkflowApi:
    return WorkflowApi()


def test_an_instance_has_the_id_of_the_path(oj: WorkflowApi) -> None:
    key = oj.fresh()
    assert oj.get(f"isexistprocess/{key}")["data"] is False
    assert set(oj.post(f"createinstance/{key}", schemeCode="TestScheme")) == {"success", "error", "message"}
    assert oj.get(f"isexistprocess/{key}")["data"] is True
    told = oj.info(key)
    assert (told["Id"], told["SchemeCode"], told["InstanceStatus"]) == (key, "TestScheme", 2)
    assert told == oj.post(f"getinstanceinfo/{key}")["data"]


def test_the_scheme_is_sent_in_body_query_or_form(oj: WorkflowApi) -> None:
    for options in (
        {"json": {"schemeCode": "TestScheme"}},
        {"params": {"schemeCode": "TestScheme"}},
        {"data": {"schemeCode": "TestScheme"}},
        {"params": {"schemeCode": "TestScheme"}, "json": {"anything": 1}},
    ):
        assert oj("POST", f"{API}/createinstance/{oj.fresh()}", **options).json()["success"] is True
    assert oj.get(f"createinstance/{oj.fresh()}", schemeCode="TestScheme")["success"] is True


@pytest.mark.parametrize(
    "body",
    [{}, {"schemeCode": None}, {"schemeCode": ""}, {"schemeCode": 1}, {"schemeCode": "Unknown"}],
)
def test_an_unknown_or_missing_scheme_makes_nothing(oj: WorkflowApi, body: dict[str, object]) -> None:
    key = oj.fresh()
    reply = oj.post(f"createinstance/{key}", **body)
    assert reply["success"] is False
    assert reply["error"]
    assert oj.get(f"isexistprocess/{key}")["data"] is False


@pytest.mark.parametrize("content", [b"{", b"[]", b"NaN", b"\xff", b'"x"'])
def test_a_body_that_is_no_object_is_refused(oj: WorkflowApi, content: bytes) -> None:
    reply = oj("POST", f"{API}/createinstance/{oj.fresh()}", content=content)
    assert reply.status_code == 200
    assert reply.json()["success"] is False


def test_an_id_that_is_no_guid_is_refused(oj: WorkflowApi) -> None:
    assert oj.post("createinstance/one", schemeCode="TestScheme")["success"] is False
    strict = WorkflowApi(choices={"refusal_status": "4xx"})
    assert strict("GET", f"{API}/getinstanceinfo/one").status_code == 400
    assert strict("GET", f"{API}/getinstanceinfo/{strict.fresh()}").status_code == 404


def test_an_id_counts_in_any_case(oj: WorkflowApi) -> None:
    key = oj.fresh()
    assert oj.post(f"createinstance/{key.upper()}", schemeCode="TestScheme")["success"] is True
    assert oj.info(key)["Id"] == key
    kept = WorkflowApi(choices={"id_case": "kept"})
    kept.post(f"createinstance/{key.upper()}", schemeCode="TestScheme")
    assert kept.info(key)["Id"] == key.upper()


def test_a_duplicate_is_refused_and_changes_nothing(oj: WorkflowApi) -> None:
    key = oj.created()
    oj.command(key, "submit")
    before = oj.info(key)
    for body in ({"schemeCode": "TestScheme"}, {"schemeCode": "TroubleScheme", "persist": "a", "a": 1}):
        assert oj.post(f"createinstance/{key}", **body)["success"] is False
    assert oj.info(key) == before


def test_of_two_creates_at_one_instant_one_succeeds(oj: WorkflowApi) -> None:
    path = f"{API}/createinstance/{oj.fresh()}"
    calls = [("POST", path, "", {"json": {"schemeCode": "TestScheme"}}) for _ in range(8)]
    assert sorted(reply.json()["success"] for reply in oj.together(calls)) == [False] * 7 + [True]


def test_scheme_parameters_are_a_serialized_object(oj: WorkflowApi) -> None:
    path = f"createinstance/{oj.fresh()}"
    for broken in ("{", "[]", "1", '{"a": NaN}', "[" * 3000):
        reply = oj("POST", f"{API}/{path}", json={"schemeCode": "TestScheme", "schemeParameters": broken})
        assert reply.json()["success"] is False
    assert oj.get(path, schemeCode="TestScheme", schemeParameters='{"a": 1}')["success"] is True


def test_process_parameters_persist_when_they_are_to(oj: WorkflowApi) -> None:
    listed = [{"name": "a", "value": 1, "persist": True}, {"Name": "b", "Value": [2]}]
    key = oj.created(parameters=listed)
    assert oj.info(key)["ProcessParameters"] == {"a": 1}
    key = oj.created(persist="Amount, Who", Amount=3, Who=None, Other=4)
    assert oj.info(key)["ProcessParameters"] == {"Amount": 3, "Who": None}
    oj.post(f"executecommand/{key}", command="submit", persist="Amount", Amount=5)
    assert oj.info(key)["ProcessParameters"]["Amount"] == 5


def test_an_instance_of_a_tenant_is_of_no_other(oj: WorkflowApi) -> None:
    key = oj.created(tenantId="one")
    assert oj.get(f"getinstanceinfo/{key}", tenantId="one")["success"] is True
    assert oj.get(f"getinstanceinfo/{key}", tenantId="two")["success"] is False
    assert oj.get(f"isexistprocess/{key}", tenantId="two")["data"] is False
    assert oj.post(f"deleteinstance/{key}", tenantId="two")["success"] is False


def test_what_is_deleted_is_gone(oj: WorkflowApi) -> None:
    key = oj.created()
    assert oj.post(f"deleteinstance/{key}")["success"] is True
    assert oj.get(f"isexistprocess/{key}")["data"] is False
    assert oj.get(f"getinstanceinfo/{key}")["success"] is False
    assert oj.post(f"deleteinstance/{key}")["success"] is False
    assert oj.created() != key


def test_deleting_nothing_is_a_choice() -> None:
    lenient = WorkflowApi(choices={"delete_unknown": "ignored"})
    assert lenient.post(f"deleteinstance/{lenient.fresh()}")["success"] is True
    assert lenient.post("deleteinstances/", processids=[lenient.fresh()])["success"] is True


@pytest.mark.parametrize("name", ["processids", "processIds"])
@pytest.mark.parametrize("path", ["deleteinstances/", "deleteinstances"])
def test_several_are_deleted_or_none(oj: WorkflowApi, name: str, path: str) -> None:
    keys = [oj.created(), oj.created()]
    assert oj.post(path, **{name: [*keys, oj.fresh()]})["success"] is False
    assert all(oj.get(f"isexistprocess/{key}")["data"] for key in keys)
    assert oj.post(path, **{name: keys})["success"] is True
    assert not any(oj.get(f"isexistprocess/{key}")["data"] for key in keys)


def test_a_list_comes_in_parts(oj: WorkflowApi) -> None:
    made = [oj.created() for _ in range(3)]
    whole = [item["Id"] for item in oj.post("getinstances", take=100)["data"]]
    assert whole[-3:] == made
    assert len(oj.post("getinstances")["data"]) == 10
    walked = []
    while part := oj.post("getinstances", take=4, skip=len(walked))["data"]:
        walked += [item["Id"] for item in part]
    assert walked == whole
    assert oj.post("getinstances", take=0)["data"] == []


def test_odd_parts_are_a_choice(oj: WorkflowApi) -> None:
    assert oj.post("getinstances", take=-1)["success"] is False
    lenient = WorkflowApi(choices={"odd_page": "default"})
    assert len(lenient.post("getinstances", take=-1, skip=-1)["data"]) == 10


def test_a_large_page_is_a_choice() -> None:
    for choice, shown in (("whole", 31), ("capped", 30), ("refused", None)):
        api = WorkflowApi(choices={"large_page": choice})
        for _ in range(32):
            api.created()
        reply = api.post("getinstances", take=31)
        assert (len(reply["data"]) if reply["success"] else None) == shown
        assert len(api.post("getinstances", take=30)["data"]) == 30


def test_a_list_is_narrowed_and_sorted(oj: WorkflowApi) -> None:
    key = oj.created("TroubleScheme")
    oj.command(key, "fail")
    assert [item["Id"] for item in oj.post("getinstances", status=5)["data"]] == [key]
    assert [item["Id"] for item in oj.post("getinstances", status="error")["data"]] == [key]
    assert [item["Id"] for item in oj.post("getinstances", search="trouble")["data"]] == [key]
    names = [item["SchemeCode"] for item in oj.post("getinstances", sort="SchemeCode desc", take=99)["data"]]
    assert names == sorted(names, reverse=True)
    assert len(set(names)) == 2
    assert oj.post("getinstances", sort="Nothing")["success"] is False
    listed = oj.post("getinstances")["data"]
    assert listed[0].keys() == SUMMARY


def test_a_list_is_sorted_by_what_some_lack() -> None:
    api = WorkflowApi(choices={"absent_properties": "absent"})
    whole = api.post("getinstances", take=30)["data"]
    for sort in SUMMARY:
        assert len(api.post("getinstances", take=30, sort=sort)["data"]) == len(whole)
    names = [one.get("PreviousState") for one in api.post("getinstances", take=30, sort="PreviousState")["data"]]
    assert len(set(names)) > 1
    assert names == sorted(names, key=str)


def test_schemes_forms_and_logs(oj: WorkflowApi) -> None:
    assert oj.get("getschemelist")["data"] == ["TestScheme", "TroubleScheme"]
    assert oj.get("getschemelist", tags="approval,nothing")["data"] == ["TestScheme"]
    assert oj.post("getschemelist", tags="nothing")["data"] == []
    key, flow = oj.created(), oj.fixtures["flow_name"]
    first = oj.get(f"getformbyflow/{flow}")["data"]
    assert oj.get(f"getformbyflow/{flow}", processId=key)["data"] == first
    oj.command(key, "submit")
    assert oj.post(f"getformbyflow/{flow}", processId=key)["data"]["Name"] == "ReviewForm"
    assert oj.get("getformbyflow/None")["success"] is False
    assert oj.get(f"getformbyflow/{flow}", processId=oj.fresh())["success"] is False
    for level in ("info", "error", "debug"):
        assert oj("POST", f"{API}/log{level}", params={"message": level}).json()["success"] is True
        assert oj.post(f"log{level}")["success"] is False
    lines = oj.control("log_lines").json()["lines"]
    assert [line["level"] for line in lines] == [line["message"] for line in lines] == ["info", "error", "debug"]


def test_what_nobody_answers_comes_in_the_envelope(oj: WorkflowApi) -> None:
    assert oj("GET", f"{API}/nothing").status_code == 404
    assert oj("DELETE", f"{API}/inbox").status_code == 405
    assert oj("DELETE", f"{API}/inbox").json()["success"] is False


def test_a_create_that_a_reset_meets_leaves_nothing_behind() -> None:
    server = OptimaJet(Settings(), OPEN, resolved_choices({}, CHOICES))
    before = list(server.store.instances)

    async def pause(_: str) -> None:
        server.reset()

    server.rules.instances.pause = pause
    create = next(operation for operation in OPERATIONS if operation.id.startswith("createInstance"))
    path = {"processId": "0b1f5a0e-6c1c-4c55-9f3f-5a5f2b3c4d5e"}
    reply = asyncio.run(server.answer(create, Received({}, path, (("schemeCode", "TestScheme"),), b"")))
    assert reply.body["success"] is True
    assert list(server.store.instances) == before
