from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from conftest import Api

LISTS = ("/principals", "/tenant-users", "/processes", "/process-items", "/robots")


def rows(api: Api, path: str, **params: Any) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = api("GET", path, params={"size": 1000, **params}).json()["content"]
    return content


def test_there_is_enough_to_page_through(still: Api) -> None:
    totals = [still("GET", path).json()["metadata"]["totalElements"] for path in LISTS]
    assert totals == [1000, 300, 60, 180, 120]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("size", [7, 25, 999])
def test_pages_add_up(still: Api, path: str, size: int) -> None:
    whole = [row["id"] for row in rows(still, path)]
    walked: list[str] = []
    for page in range(-(-len(whole) // size)):
        body = still("GET", path, params={"size": size, "page": page}).json()
        walked += [row["id"] for row in body["content"]]
        assert body["metadata"] == {
            "size": size,
            "page": page,
            "totalElements": len(whole),
            "totalPages": -(-len(whole) // size),
        }
    assert walked == whole
    assert len(set(whole)) == len(whole)
    assert still("GET", path, params={"size": size, "page": 9999}).json()["content"] == []


def test_defaults(still: Api) -> None:
    assert still("GET", "/principals").json() == still("GET", "/principals", params={"size": 25, "page": 0}).json()


@pytest.mark.parametrize("pages", ["0", "1"])
def test_a_page_of_size_zero(pages: str) -> None:
    body = Api(choices={"pages_of_size_zero": pages})("GET", "/principals", params={"size": 0}).json()
    assert body["content"] == []
    assert body["metadata"] == {"size": 0, "page": 0, "totalElements": 1000, "totalPages": int(pages)}


def test_sorted_by_several_keys(still: Api) -> None:
    found = rows(still, "/principals", sort=["name,desc", "id"])
    assert len({row["name"] for row in found}) < len(found) / 2
    assert all(
        one["name"] > next_["name"] or (one["name"] == next_["name"] and one["id"] < next_["id"])
        for one, next_ in pairwise(found)
    )


@pytest.mark.parametrize("path", LISTS[1:])
def test_sorted_by_moments(still: Api, path: str) -> None:
    created = [row["createdAt"] for row in rows(still, path, sort="createdAt")]
    assert created == sorted(set(created))
    assert [row["createdAt"] for row in rows(still, path, sort="createdAt,desc")] == created[::-1]
    pairs = [
        (row["lastModifiedAt"], row["createdAt"]) for row in rows(still, path, sort=["lastModifiedAt", "createdAt"])
    ]
    assert pairs == sorted(pairs)
    assert len({modified for modified, _ in pairs}) <= 12


@pytest.mark.parametrize("place", ["last", "first"])
def test_items_without_the_moment_go_where_chosen(place: str) -> None:
    api = Api(choices={"absent_moment": place})
    for sort in ("completedAt", "completedAt,desc"):
        states = [row.get("task", {}).get("state") == "COMPLETED" for row in rows(api, "/process-items", sort=sort)]
        assert states == sorted(states, reverse=place == "last")


@pytest.mark.parametrize("sort", ["colour", "name,up", "", "id,desc,asc"])
def test_unknown_sorts_are_treated_as_chosen(sort: str) -> None:
    assert Api()("GET", "/principals", params={"sort": sort}).status_code == 400
    ignoring = Api(choices={"unknown_sort": "ignored"})
    assert ignoring("GET", "/principals", params={"sort": sort}).json() == ignoring("GET", "/principals").json()


def test_principals_filtered(still: Api) -> None:
    group, tenant = still.fixtures["group_id"], still.fixtures["other_tenant_id"]
    everyone = {row["id"] for row in rows(still, "/principals")}
    users = {row["id"] for row in rows(still, "/principals", type="USER")}
    members = {row["id"] for row in rows(still, "/principals", groupId=group)}
    local = {row["id"] for row in rows(still, "/principals", tenantId=tenant)}
    assert users < everyone
    assert members < everyone
    assert local < everyone
    assert members & local
    assert still.fixtures["group_member_id"] in members
    both = rows(still, "/principals", type="USER", groupId=group, tenantId=tenant)
    assert {row["id"] for row in both} == users & members & local
    either = rows(still, "/principals", groupId=[group, still.fixtures["other_group_id"]])
    assert len(either) > len(members)


def test_tenant_users_filtered(still: Api) -> None:
    fixtures = still.fixtures
    by_email = rows(still, "/tenant-users", email=fixtures["tenant_user_email"].upper())
    assert [row["id"] for row in by_email] == [fixtures["tenant_user_id"]]
    assert {row["principalId"] for row in by_email} == {fixtures["user_principal_id"]}
    members = {row["id"] for row in rows(still, "/tenant-users", groupId=fixtures["group_id"])}
    assert fixtures["tenant_user_group_member_id"] in members
    assert len(members) < 300
    local = rows(still, "/tenant-users", tenantId=fixtures["tenant_id"].upper())
    assert {row["tenantId"] for row in local} == {fixtures["tenant_id"]}


def test_items_filtered(still: Api) -> None:
    process = rows(still, "/processes")[0]["id"]
    assert {row["processId"] for row in rows(still, "/process-items", processId=process)} == {process}
    assert {row["type"] for row in rows(still, "/process-items", type="MESSAGE")} == {"MESSAGE"}
    active = rows(still, "/process-items", taskState=["READY", "CLAIMED"])
    assert {row["task"]["state"] for row in active} == {"READY", "CLAIMED"}
    coded = rows(still, "/process-items", taskDefinitionCode="FORM", taskState="READY")
    assert {(row["task"]["taskDefinition"]["code"], row["task"]["state"]) for row in coded} == {("FORM", "READY")}


def test_ready_robots_are_some_of_all(still: Api) -> None:
    ready, default = (
        {row["id"] for row in rows(still, "/robots", filterContext=context)} for context in ("READY", "DEFAULT")
    )
    assert ready < default
    assert default == {row["id"] for row in rows(still, "/robots")}


@pytest.mark.parametrize(
    ("path", "absent"),
    [
        ("/principals", {"user", "application"}),
        ("/tenant-users", {"principal", "metadata"}),
        ("/processes", {"metadata", "entity", "processRelated"}),
        ("/robots", {"sourceFile", "environmentVariables"}),
    ],
)
def test_lists_project(still: Api, path: str, absent: set[str]) -> None:
    listed = rows(still, path)
    shown = set().union(*listed)
    assert shown.isdisjoint(absent)
    whole = still("GET", f"{path}/{listed[0]['id']}").json()
    shared = whole.keys() & listed[0].keys()
    assert "id" in shared
    assert {name: whole[name] for name in shared} == {name: listed[0][name] for name in shared}


def test_seeds_differ() -> None:
    one, same, other = (rows(Api(seed=seed), "/principals") for seed in (1, 1, 2))
    assert one == same
    assert one != other
