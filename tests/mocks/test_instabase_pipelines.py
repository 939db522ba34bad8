from __future__ import annotations

import uuid
from typing import Any

import pytest
from instabase_api import Instabase, refused

from conformance.errors import UsageError
from conformance.mocks import catalogue

PERMISSIONS = {f"flow_pipeline:{right}" for right in ("read", "execute", "delete", "manage_pipelines", "write")}


@pytest.fixture
def instabase() -> Instabase:
    return Instabase()


def test_pipelines_are_as_the_document_prints_them(instabase: Instabase) -> None:
    reply = instabase.pipelines()
    assert (reply.status_code, reply.json().keys()) == (200, {"status", "pipelines"})
    for one in reply.json()["pipelines"]:
        assert one.keys() == {"name", "id", "permissions", "is_manager"}
        assert uuid.UUID(one["id"])
        assert set(one["permissions"]) <= PERMISSIONS
        assert len(set(one["permissions"])) == len(one["permissions"])
        assert isinstance(one["is_manager"], bool)


def test_users_see_what_they_have_access_to(instabase: Instabase) -> None:
    main, other = (
        {one["id"]: one for one in instabase.pipelines(identity).json()["pipelines"]} for identity in ("main", "other")
    )
    shared = main.keys() & other.keys()
    assert (len(main), len(other), len(shared)) == (6, 5, 2)
    assert instabase.fixtures["hidden_pipeline_id"] in other.keys() - main.keys()
    assert instabase.fixtures["shared_pipeline_id"] in shared
    assert all(main[one]["is_manager"] != other[one]["is_manager"] for one in shared)


def test_an_update_replaces_the_whole_set(instabase: Instabase) -> None:
    first, second = instabase.fixtures["pipeline_ids"], instabase.fixtures["other_pipeline_ids"]
    names = {one["id"]: one["name"] for one in instabase.pipelines().json()["pipelines"]}
    for wanted in (first, second, second, [], first):
        reply = instabase.update(*wanted)
        expected = [{"flowPipelineName": names[one], "flowPipelineId": one} for one in wanted]
        assert (reply.status_code, reply.json()) == (200, {"status": "OK", "updated_pipelines": expected})
        assert instabase.members() == wanted


@pytest.mark.parametrize(
    "changed",
    [
        {"job": str(uuid.UUID(int=0))},
        {"job_id": 7},
        {"job_id": None},
        {"pipeline_ids": "one"},
        {"pipeline_ids": None},
        {"pipeline_ids": [7]},
        {"pipeline_ids": [str(uuid.UUID(int=0))]},
    ],
)
def test_a_refused_update_changes_nothing(instabase: Instabase, changed: dict[str, Any]) -> None:
    instabase.update(*instabase.fixtures["pipeline_ids"])
    assert refused(instabase.update(**changed))
    assert instabase.members() == instabase.fixtures["pipeline_ids"]


def test_a_hidden_job_or_pipeline_is_refused(instabase: Instabase) -> None:
    mine, hidden = instabase.fixtures["pipeline_id"], instabase.fixtures["hidden_pipeline_id"]
    assert refused(instabase.update(mine, job=instabase.fixtures["hidden_job_id"]))
    assert refused(instabase.update(mine, hidden))
    assert instabase.members() == []
    assert Instabase(choices={"foreign_job": "shown"}).update(mine, identity="main").json()["status"] == "OK"


@pytest.mark.parametrize("content", [b"[]", b'"text"', b"{", b"", b'{"job_id":NaN}', b"{}"])
def test_a_body_is_a_json_object(instabase: Instabase, content: bytes) -> None:
    assert refused(instabase("POST", "/api/v1/jobs/pipelines", content=content))


@pytest.mark.parametrize(
    ("choices", "members"),
    [({}, None), ({"unknown_pipeline": "ignored"}, 1)],
)
def test_an_unknown_pipeline_among_others(choices: dict[str, str], members: int | None) -> None:
    instabase = Instabase(choices=choices)
    reply = instabase.update(instabase.fixtures["pipeline_id"], str(uuid.UUID(int=0)))
    assert refused(reply) if members is None else len(reply.json()["updated_pipelines"]) == members


@pytest.mark.parametrize("choice", ["merged", "refused"])
def test_a_pipeline_that_comes_twice(choice: str) -> None:
    instabase = Instabase(choices={"duplicate_pipeline": choice})
    mine = instabase.fixtures["pipeline_id"]
    reply = instabase.update(mine, mine)
    assert refused(reply) if choice == "refused" else len(reply.json()["updated_pipelines"]) == 1


def test_upper_case_is_the_same_id_as_chosen() -> None:
    for choice, status in (("any", "OK"), ("exact", "ERROR")):
        instabase = Instabase(choices={"id_case": choice})
        assert instabase.update(instabase.fixtures["pipeline_id"].upper()).json()["status"] == status


@pytest.mark.parametrize("header", ["", "Bearer nobody", "Bearer", "Basic x"])
@pytest.mark.parametrize("status", ["200", "401"])
def test_every_operation_wants_a_token(header: str, status: str) -> None:
    instabase = Instabase(choices={"unauthorized": status})
    headers = {"authorization": header} if header else {}
    for method, path in (
        ("GET", "/flow/pipeline"),
        ("POST", "/jobs/pipelines"),
        ("GET", "/jobs/status"),
        ("POST", "/flow/run_flow_async"),
    ):
        reply = instabase(method, f"/api/v1{path}", "", headers=headers)
        assert (reply.status_code, reply.json()["status"]) == (int(status), "ERROR")


def test_a_revoked_token_is_worthless_until_reset(instabase: Instabase) -> None:
    assert instabase.control("revoke_key", key=instabase.environment["auth"]["token"]).json() == {"revoked": 1}
    assert refused(instabase.pipelines())
    assert refused(instabase("GET", "/api/v1/flow/pipeline", "", headers={"authorization": "Bearer "}))
    instabase.control("reset")
    assert instabase.pipelines().json()["status"] == "OK"


def test_there_is_no_way_to_make_a_pipeline(instabase: Instabase) -> None:
    assert instabase("POST", "/api/v1/flow/pipeline", json={"name": "new"}).status_code == 405
    assert instabase("GET", "/api/v1/jobs/pipelines").status_code == 405


@pytest.mark.parametrize(
    ("settings", "hint"),
    [({"mode": "open"}, "default"), ({"choices": {"foreign_jobs": "shown"}}, "foreign_job")],
)
def test_unknown_settings_are_refused(settings: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        Instabase(**settings)


def test_every_choice_leaves_a_server_that_works() -> None:
    for choice in catalogue.find("instabase").CHOICES:
        for setting in choice.settings:
            instabase = Instabase(choices={choice.key: setting})
            assert instabase.update(*instabase.fixtures["pipeline_ids"]).json()["status"] == "OK"
            job = instabase.run().json()["data"]["job_id"]
            assert instabase.status(job).json()["status"] == "OK"
