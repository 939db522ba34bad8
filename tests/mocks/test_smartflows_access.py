"""Keys, tokens, refusals and lists."""

from __future__ import annotations

from typing import Any

import pytest
from smartflows_api import Api

from conformance.mocks.smartflows.auth import OPEN
from conformance.mocks.smartflows.routes import OPERATIONS

GUARDED = [operation for operation in OPERATIONS if operation.id not in OPEN]
WRONG: list[dict[str, str]] = [
    {},
    {"X-API-Key": ""},
    {"X-API-Key": "nobody"},
    {"authorization": "Bearer nobody"},
    {"authorization": "Basic QWRhOkFkYQ=="},
]


@pytest.fixture(scope="module")
def still() -> Api:
    """A mock for tests that change nothing."""
    return Api()


def test_there_are_17_operations() -> None:
    assert len({operation.id for operation in OPERATIONS}) == 17


@pytest.mark.parametrize("operation", GUARDED, ids=lambda operation: operation.id)
@pytest.mark.parametrize("headers", WRONG, ids=str)
def test_every_operation_wants_a_key_first(still: Api, operation: Any, headers: dict[str, str]) -> None:
    assert still(operation.method, operation.path, "", headers=headers).status_code == 401


@pytest.mark.parametrize("identity", ["main", "colleague", "bearer"])
def test_known_callers_are_told_apart(still: Api, identity: str) -> None:
    user = still.fixtures["colleague_id" if identity == "colleague" else "user_id"]
    assert still("GET", "/users/me", identity).json()["id"] == user


def test_the_name_of_the_header_has_no_case(still: Api) -> None:
    key = still.environment["auth"]["token"]
    for name in ("X-API-KEY", "x-api-key", "X-Api-Key"):
        assert still("GET", "/users/me", "", headers={name: key}).status_code == 200


def test_a_revoked_key_is_worthless_until_reset() -> None:
    api = Api()
    key = api.environment["auth"]["token"]
    assert api.control("revoke_key", key=key) == {"revoked": 1}
    assert api.control("revoke_key", key=key) == {"revoked": 0}
    assert api("GET", "/users/me").status_code == 401
    assert api("GET", "/users/me", "colleague").status_code == 200
    api.control("reset")
    assert api("GET", "/users/me").status_code == 200


def test_a_login_gives_a_token_for_an_hour() -> None:
    api = Api()
    pair = {"username": api.fixtures["username"], "password": api.fixtures["password"]}
    assert api("GET", "/authenticate", "").json()["login"] == {"enabled": True}
    reply = api("POST", "/authenticate/login", "", json={**pair, "loginContext": None})
    assert reply.json()["user"]["id"] == api.fixtures["user_id"]
    headers = {"authorization": f"Bearer {reply.json()['tokens'][0]['token']}"}
    assert api("GET", "/users/me", "", headers=headers).status_code == 200
    api.control("advance_clock", seconds=3600)
    assert api("GET", "/users/me", "", headers=headers).status_code == 401
    assert api("POST", "/authenticate/login", "", json={**pair, "password": "x"}).status_code == 401
    assert api("POST", "/authenticate/login", "", json={"username": "x"}).status_code == 400
    assert api("POST", "/authenticate/login", "").status_code == 415


@pytest.mark.parametrize(
    ("shape", "media_type"), [("message", "application/json"), ("text", "text/plain"), ("none", "")]
)
def test_refusals_look_as_chosen(shape: str, media_type: str) -> None:
    api = Api(choices={"error_body": shape})
    for method, path, status in (
        ("GET", "/nothing", 404),
        ("PUT", "/flows", 405),
        ("GET", "/flows/nothing", 404),
        ("GET", "/flows?size=0", 400),
        ("GET", "/flows?page=-1", 400),
        ("GET", "/flows/executions/start", 404),
    ):
        reply = api(method, path)
        assert reply.status_code == status
        assert reply.headers.get("content-type", "").partition(";")[0] == media_type
        assert bool(reply.content) == (shape != "none")


LISTS = ("/flows", "/flows/executions", "/flows/Flow plain/executions")


def ids(reply: Any) -> list[str]:
    return [one["id"] for one in reply.json()]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("size", [1, 7, 20, 1000])
def test_pages_are_the_whole_list_once(still: Api, path: str, size: int) -> None:
    whole = ids(still("GET", path, params={"size": 1000}))
    walked: list[str] = []
    for page in range(len(whole) + 1):
        part = ids(still("GET", path, params={"page": page, "size": size}))
        walked += part
        if len(part) < size:
            break
    assert walked == whole
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize("path", LISTS[:2])
def test_a_page_holds_twenty_by_default(still: Api, path: str) -> None:
    assert ids(still("GET", path)) == ids(still("GET", path, params={"page": 0, "size": 20}))
    assert len(ids(still("GET", path))) == 20


@pytest.mark.parametrize("key", ["displayName", "description", "createdAt", "id"])
def test_flows_are_sorted(still: Api, key: str) -> None:
    up, down, plain = (
        [one[key] for one in still("GET", "/flows", params={"size": 99, "sort": f"{key}{way}"}).json()]
        for way in (",asc", ",desc", "")
    )
    assert up == plain == sorted(up)
    assert down == up[::-1]
    assert len(set(up)) > 2


def test_filters_keep_what_contains_their_texts(still: Api) -> None:
    def names(text: str) -> list[str]:
        return [one["displayName"] for one in still("GET", "/flows", params={"size": 99, "filter": text}).json()]

    assert len(names("displayName:Letter")) == 36
    assert len(names("displayName:Letter,description:yearly")) == 12
    assert names("displayName:letter") == []
    assert len(names("colour:red")) == 45
    statuses = {one["status"] for one in still("GET", "/flows/executions?filter=status:Cancel&size=99").json()}
    assert statuses == {"Canceled"}


def test_filters_and_order_as_chosen() -> None:
    api = Api(choices={"filter_case": "folded", "unknown_property": "refused", "list_order": "newest"})
    assert len(api("GET", "/flows?filter=displayName:letter&size=99").json()) == 36
    assert api("GET", "/flows?filter=colour:red").status_code == 400
    assert api("GET", "/flows?sort=colour,asc").status_code == 400
    assert ids(api("GET", "/flows?size=99")) == ids(Api()("GET", "/flows?size=99"))[::-1]


def test_a_large_page_is_a_choice() -> None:
    def rows(choice: str, size: int) -> int:
        found = Api(choices={"large_page": choice})("GET", "/flows", params={"size": size})
        return len(found.json()) if found.status_code == 200 else found.status_code

    assert [rows(choice, 31) for choice in ("whole", "capped", "refused")] == [31, 30, 400]
    assert [rows(choice, 30) for choice in ("whole", "capped", "refused")] == [30, 30, 30]


def test_a_flow_has_executions_of_its_own(still: Api) -> None:
    flow = still.fixtures["plain_flow_id"]
    runs = still("GET", f"/flows/{flow}/executions", params={"size": 99}).json()
    assert runs
    assert {one["flow"]["id"] for one in runs} == {flow}
    assert still("GET", "/flows/nothing/executions").status_code == 404


def test_a_flow_describes_what_it_takes(still: Api) -> None:
    flow = still("GET", f"/flows/{still.fixtures['flow_id']}").json()
    assert flow["input"]["dataset"]["displayName"] == "Customer"
    schema = still("POST", f"/flows/{flow['id']}/contract").json()["inputSchema"]
    assert schema["required"] == ["Name"]
    assert schema["properties"]["Order"]["type"] == "array"


def test_the_system_names_its_version(still: Api) -> None:
    assert still("GET", "/system/info").json()["version"]
