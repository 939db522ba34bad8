from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from conftest import Api

from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.settings import resolved_choices
from conformance.mocks.kuflow.choices import CHOICES
from conformance.mocks.kuflow.routes import OPERATIONS
from conformance.mocks.kuflow.server import KuFlow

ID = "0B1F5A0E-6C1C-4C55-9F3F-5A5F2B3C4D5E"


def sent(api: Api, **more: Any) -> dict[str, Any]:
    return {"processDefinitionId": api.fixtures["process_definition_id"], **more}


def test_a_process_begins_running(api: Api) -> None:
    made = api.process(metadata={"value": api.fixtures["valid_metadata"]})
    assert made["state"] == "RUNNING"
    assert made["initiatorId"] == made["createdBy"] == api.fixtures["principal_id"]
    assert made["metadata"] == {"valid": True, "value": api.fixtures["valid_metadata"]}
    assert api("GET", f"/processes/{made['id']}").json() == made


def test_a_replay_returns_the_existing_process(api: Api) -> None:
    first = api("POST", "/processes", json=sent(api, id=ID))
    again = api("POST", "/processes", json=sent(api, id=ID.lower()))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["id"] == ID.lower()
    api("POST", f"/processes/{ID}/~actions/complete")
    late = api("POST", "/processes", json=sent(api, id=ID))
    assert (late.status_code, late.json()["state"]) == (200, "COMPLETED")
    assert api("GET", "/processes").json()["metadata"]["totalElements"] == 61


def test_concurrent_replays_make_one(api: Api) -> None:
    task = {"taskDefinitionCode": api.fixtures["task_definition_code"]}
    bodies = {
        "/processes": sent(api, id=ID),
        "/process-items": {"id": ID, "type": "TASK", "processId": api.process()["id"], "task": task},
        "/workers": {"identity": "i", "taskQueue": "q", "hostname": "h", "ip": "10.0.0.1"},
    }
    for path, body in bodies.items():
        replies = api.together([("POST", path, "main", {"json": body}) for _ in range(20)])
        assert sorted(reply.status_code for reply in replies) == [200] * 19 + [201]
        assert len({reply.json()["id"] for reply in replies}) == 1


def test_without_an_id_two_are_made(api: Api) -> None:
    assert api.process()["id"] != api.process()["id"]


@pytest.mark.parametrize(("setting", "status"), [("existing", 200), ("refused", 409)])
def test_the_same_id_with_another_body(setting: str, status: int) -> None:
    api = Api(choices={"other_body": setting})
    first = api.process(id=ID)
    other = {"value": {"customer": "Another"}}
    assert api("POST", "/processes", json=sent(api, id=ID, metadata=other)).status_code == status
    assert api("POST", "/processes", json=sent(api, id=ID)).status_code == 200
    assert api("GET", f"/processes/{ID}").json() == first


@pytest.mark.parametrize(("setting", "status"), [("conflict", 409), ("hidden", 404)])
def test_an_id_that_another_has(setting: str, status: int) -> None:
    api = Api(choices={"hidden_id": setting})
    body = sent(api, id=api.fixtures["hidden_process_id"])
    assert api("POST", "/processes", json=body).status_code == status


@pytest.mark.parametrize("setting", ["lower", "kept"])
def test_the_case_of_an_id(setting: str) -> None:
    api = Api(choices={"uuid_case": setting})
    assert api.process(id=ID)["id"] == (ID if setting == "kept" else ID.lower())
    assert api("GET", f"/processes/{ID.lower()}").status_code == 200


def test_initiators(api: Api) -> None:
    user, email = api.fixtures["user_principal_id"], api.fixtures["user_email"]
    application = api.fixtures["application_principal_id"]
    assert api.process(initiatorId=user.upper())["initiatorId"] == user
    made = api.process(initiatorEmail=email)
    assert made["initiatorId"] == user
    path = f"/processes/{made['id']}/~actions/change-initiator"
    assert api("POST", path, json={"initiatorId": application}).json()["initiatorId"] == application
    assert api("POST", path, json={"initiatorEmail": email}).json()["initiatorId"] == user
    for wrong in ("hidden_principal_id", "system_principal_id"):
        assert api("POST", path, json={"initiatorId": api.fixtures[wrong]}).status_code == 400
    assert api("POST", path, json={}).status_code == 400
    assert api("GET", f"/processes/{made['id']}").json()["initiatorId"] == user


def test_initiators_as_chosen() -> None:
    api = Api(choices={"default_initiator": "absent", "both_options": "refused", "no_option": "ignored"})
    made = api.process()
    assert "initiatorId" not in made
    path = f"/processes/{made['id']}/~actions/change-initiator"
    assert api("POST", path, json={}).json() == made
    both = {"initiatorId": api.fixtures["user_principal_id"], "initiatorEmail": api.fixtures["user_email"]}
    assert api("POST", path, json=both).status_code == 400


def test_items(api: Api) -> None:
    process = api.process()["id"]
    task = api.task(process)
    assert (task["type"], task["task"]["state"], task["task"]["logs"]) == ("TASK", "READY", [])
    assert "ownerId" not in task
    code, value = api.fixtures["data_structure_code"], api.fixtures["valid_message_data"]
    message = {"text": "Hello", "data": {"value": value}, "dataStructureDataDefinitionCode": code}
    made = api.task(process, type="MESSAGE", message=message, task={"taskDefinitionCode": "ignored"})
    assert made["message"] == {"text": "Hello", "data": {"valid": True, "value": value}} | {
        "dataStructureDataDefinitionCode": code
    }
    owned = api.task(process, ownerEmail=api.fixtures["other_principal_email"])
    assert owned["ownerId"] == api.fixtures["other_principal_id"]
    assert api("GET", f"/process-items/{owned['id']}").json() == owned


def test_items_of_nothing(api: Api) -> None:
    task = {"taskDefinitionCode": api.fixtures["task_definition_code"]}
    wrong: list[dict[str, Any]] = [
        {"processId": ID, "task": task},
        {"processId": api.fixtures["hidden_process_id"], "task": task},
        {"processId": api.process()["id"], "task": {"taskDefinitionCode": "NONE"}},
        {"processId": api.process()["id"]},
    ]
    for body in wrong:
        assert api("POST", "/process-items", json={"type": "TASK", **body}).status_code == 400
    assert api("GET", "/process-items").json()["metadata"]["totalElements"] == 180


def test_workers_are_upserted(api: Api) -> None:
    body = {"identity": "w", "taskQueue": "q", "hostname": "h", "ip": "10.0.0.1", "workflowTypes": ["A"]}
    first = api("POST", "/workers", json=body)
    again = api("POST", "/workers", json={**body, "taskQueue": "r", "workflowTypes": []})
    elsewhere = api("POST", "/workers", json={**body, "tenantId": api.fixtures["other_tenant_id"]})
    assert [reply.status_code for reply in (first, again, elsewhere)] == [201, 200, 201]
    assert again.json()["id"] == first.json()["id"] != elsewhere.json()["id"]
    assert (again.json()["taskQueue"], again.json()["workflowTypes"]) == ("r", [])
    assert again.json()["createdAt"] == first.json()["createdAt"] < again.json()["lastModifiedAt"]
    hidden = {**body, "tenantId": api.fixtures["hidden_tenant_id"]}
    assert api("POST", "/workers", json=hidden).status_code == 400


def test_a_create_that_a_reset_meets_leaves_nothing_behind(api: Api) -> None:
    server = KuFlow(Settings(), resolved_choices({}, CHOICES))
    before = len(server.store.processes.rows)

    async def pause(_: str) -> None:
        server.reset()

    server.rules.creates.pause = pause
    create = next(operation for operation in OPERATIONS if operation.id == "createProcess")
    headers = {"content-type": "application/json", **api.auth("main")}
    reply = asyncio.run(server.answer(create, Received(headers, {}, (), json.dumps(sent(api)).encode())))
    assert reply.status == 201
    assert len(server.store.processes.rows) == before
    assert list(server.outbox.inbox) == []
