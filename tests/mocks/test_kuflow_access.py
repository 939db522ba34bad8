from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from conftest import Api

from conformance.mocks.kuflow.routes import OPERATIONS

ANY = "0b1f5a0e-6c1c-4c55-9f3f-5a5f2b3c4d5e"


def defective(reply: httpx.Response) -> list[str]:
    """What of the documented error shape a refusal lacks."""
    body = reply.json()
    wrong = [name for name in ("timestamp", "status", "message") if name not in body]
    return wrong + ([] if body.get("status") == reply.status_code else ["status differs"])


def test_there_are_33_operations() -> None:
    assert len({operation.id for operation in OPERATIONS}) == 33


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
@pytest.mark.parametrize("header", ["", "Basic bm9ib2R5OndyZw==", "Bearer nobody", "Basic %%%", "Digest x"])
def test_every_operation_wants_credentials_first(still: Api, operation: object, header: str) -> None:
    path, method = getattr(operation, "path", ""), getattr(operation, "method", "")
    reply = still(method, path.replace("{id}", "not-a-uuid"), "", headers={"authorization": header} if header else {})
    assert reply.status_code == 401
    assert defective(reply) == []


@pytest.mark.parametrize("scheme", ["Basic", "Bearer"])
def test_credentials_beyond_ascii_are_wrong(still: Api, scheme: str) -> None:
    reply = still("GET", "/robots", "", headers={"authorization": f"{scheme} clé".encode()})
    assert (reply.status_code, defective(reply)) == (401, [])


@pytest.mark.parametrize("identity", ["main", "bearer", "sdk", "colleague", "other"])
def test_known_credentials_open(still: Api, identity: str) -> None:
    assert still("GET", "/principals", identity).status_code == 200


def test_an_sdk_sends_its_client_as_a_bearer(still: Api) -> None:
    basic = still.auth("main")["authorization"].removeprefix("Basic ")
    assert base64.b64decode(basic).decode().count(":") == 1
    assert still("GET", "/principals", "", headers={"authorization": f"bearer {basic}"}).status_code == 200


HIDDEN = {
    "/principals/": "hidden_principal_id",
    "/tenant-users/": "hidden_tenant_user_id",
    "/processes/": "hidden_process_id",
    "/process-items/": "hidden_process_item_id",
    "/robots/": "hidden_robot_id",
}


@pytest.mark.parametrize("path", HIDDEN)
@pytest.mark.parametrize("status", ["404", "403"])
def test_what_is_hidden_is_refused_as_chosen(path: str, status: str) -> None:
    api = Api(choices={"hidden_resource": status})
    hidden = api("GET", path + api.fixtures[HIDDEN[path]])
    assert (hidden.status_code, defective(hidden)) == (int(status), [])
    assert api("GET", path + api.fixtures[HIDDEN[path]], "other").status_code == 200
    assert api("GET", path + ANY).status_code == 404


@pytest.mark.parametrize("path", ["/principals", "/tenant-users", "/processes", "/process-items", "/robots"])
def test_identities_see_different_things(still: Api, path: str) -> None:
    main, other = (
        {row["id"] for row in still("GET", path, identity, params={"size": 1000}).json()["content"]}
        for identity in ("main", "other")
    )
    assert main
    assert other
    assert main.isdisjoint(other)


def test_a_revoked_key_is_worthless_until_reset(api: Api) -> None:
    assert api.control("revoke_key", key=api.environment["auth"]["username"]).json() == {"revoked": 1}
    assert api("GET", "/robots").status_code == 401
    api.control("reset")
    assert api("GET", "/robots").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("DELETE", "/processes", 405), ("GET", "/processes/x", 400), ("HEAD", "/robots", 405)],
)
def test_refusals_have_one_shape(still: Api, method: str, path: str, status: int) -> None:
    reply = still(method, path)
    assert reply.status_code == status
    assert method == "HEAD" or defective(reply) == []


WORKER = {"identity": "i", "taskQueue": "q", "hostname": "h", "ip": "10.0.0.1"}
BROKEN: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/processes", {"json": {}}),
    ("POST", "/processes", {"json": {"processDefinitionId": "no"}}),
    ("POST", "/processes", {"json": {"processDefinitionId": 7}}),
    ("POST", "/processes", {"json": {"processDefinitionId": ANY}}),
    ("POST", "/processes", {"json": []}),
    ("POST", "/processes", {"content": b"{", "headers": {"content-type": "application/json"}}),
    ("POST", "/processes", {"content": b'{"id":NaN}', "headers": {"content-type": "application/json"}}),
    ("POST", "/processes", {}),
    ("POST", "/process-items", {"json": {"type": "OTHER", "processId": ANY}}),
    ("POST", "/process-items", {"json": {"type": "TASK", "processId": ANY}}),
    ("POST", "/workers", {"json": {**WORKER, "identity": ""}}),
    ("POST", "/workers", {"json": {**WORKER, "taskQueue": "q" * 256}}),
    ("POST", "/workers", {"json": {**WORKER, "ip": "::1"}}),
    ("POST", "/workers", {"json": {**WORKER, "robotIds": 1}}),
    ("POST", "/workers", {"json": {**WORKER, "workflowTypes": [""]}}),
    ("POST", "/authentications", {"json": {"type": "PASSWORD"}}),
    ("POST", "/authentications", {"json": {"type": "ENGINE_TOKEN", "tenantId": None}}),
    ("GET", "/principals", {"params": {"size": "1001"}}),
    ("GET", "/principals", {"params": {"size": "-1"}}),
    ("GET", "/principals", {"params": {"size": "1.0"}}),
    ("GET", "/principals", {"params": {"page": "-1"}}),
    ("GET", "/principals", {"params": {"type": "ROBOT"}}),
    ("GET", "/principals", {"params": {"groupId": "g"}}),
    ("GET", "/tenant-users", {"params": {"email": "nobody"}}),
    ("GET", "/process-items", {"params": {"taskState": "DONE"}}),
    ("GET", "/robots", {"params": {"filterContext": "ALL"}}),
    ("GET", f"/robots/{ANY}/~actions/download-asset", {"params": {"type": "PYTHON"}}),
]


@pytest.mark.parametrize(("method", "path", "options"), BROKEN)
def test_broken_input_is_refused_as_chosen(method: str, path: str, options: dict[str, Any]) -> None:
    for status in ("400", "422"):
        reply = Api(choices={"invalid_input": status})(method, path, **options)
        assert (reply.status_code, defective(reply)) == (int(status), [])
        assert reply.json()["errors"]


def test_another_media_type_is_refused(still: Api) -> None:
    reply = still("POST", "/processes", content=b"<a/>", headers={"content-type": "application/xml"})
    assert (reply.status_code, defective(reply)) == (415, [])


def test_what_nobody_knows_is_ignored(api: Api) -> None:
    body = {"processDefinitionId": api.fixtures["process_definition_id"], "colour": "red"}
    assert api("POST", "/processes", params={"colour": "red"}, json=body).status_code == 201
