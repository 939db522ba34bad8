from __future__ import annotations

import hashlib
import io
import time
import zipfile
from typing import Any

import pytest
from conftest import OCTETS, PATCH, Api

OPERATIONS = [
    {"op": "test", "path": "/tags/0", "value": "new"},
    {"op": "add", "path": "/tags/-", "value": "last"},
    {"op": "replace", "path": "/amount", "value": 3},
    {"op": "copy", "from": "/customer", "path": "/again"},
    {"op": "move", "from": "/again", "path": "/a~1b~0c"},
    {"op": "remove", "path": "/tags/0"},
]


def holders(api: Api) -> list[tuple[str, str, str, dict[str, Any], dict[str, Any]]]:
    """Where JSON data lives: resource, path, property, a value that keeps its schema and one that breaks it."""
    process = api.process()["id"]
    task = api.task(process)["id"]
    f = api.fixtures
    return [
        (f"/processes/{process}", "/metadata", "metadata", f["valid_metadata"], f["invalid_metadata"]),
        (f"/processes/{process}", "/entity", "entity", f["valid_entity"], f["invalid_entity"]),
        (f"/process-items/{task}", "/task/data", "data", f["valid_task_data"], f["invalid_task_data"]),
    ]


def test_saved_whole_and_marked(api: Api) -> None:
    for resource, path, name, good, bad in holders(api):
        saved = api("PUT", resource + path, json={name: {"value": good, "valid": False}}).json()
        assert saved.get("task", saved)[name] == {"valid": True, "value": good}
        broken = api("PUT", resource + path, json={name: {"value": bad}})
        assert broken.status_code == 200
        kept = api("GET", resource).json()
        data = kept.get("task", kept)[name]
        assert (data["valid"], data["value"]) == (False, bad)
        assert data["errors"]
        assert all(error["propertyPath"].startswith("/") and error["type"] for error in data["errors"])
        assert api("PUT", resource + path, json={}).status_code == 400
        assert api("PUT", resource + path, json={name: {"value": []}}).status_code == 400


def test_samples_break_their_schema_once_or_more_often(api: Api) -> None:
    errors = {}
    for resource, path, name, _, bad in holders(api):
        shown = api("PUT", resource + path, json={name: {"value": bad}}).json()
        errors[name] = len(shown.get("task", shown)[name]["errors"])
    assert errors == {"metadata": 1, "entity": 4, "data": 1}


def test_patched(api: Api) -> None:
    path = f"/processes/{api.process(metadata={'value': api.fixtures['valid_metadata']})['id']}/metadata"
    patched = api("PATCH", path, json=OPERATIONS, headers=PATCH)
    assert patched.json()["metadata"] == {
        "valid": True,
        "value": {"customer": "Northwind", "amount": 3, "tags": ["urgent", "last"], "a/b~c": "Northwind"},
    }
    removed = api("PATCH", path, json=[{"op": "remove", "path": "/customer"}], headers=PATCH).json()["metadata"]
    assert (removed["valid"], removed["errors"]) == (False, [{"propertyPath": "/customer", "type": "required"}])


@pytest.mark.parametrize(
    "wrong",
    [
        {"op": "test", "path": "/amount", "value": 1},
        {"op": "test", "path": "/customer", "value": None},
        {"op": "remove", "path": "/none"},
        {"op": "remove", "path": "/tags/-"},
        {"op": "replace", "path": "/none", "value": 1},
        {"op": "add", "path": "/tags/9", "value": 1},
        {"op": "add", "path": "/tags/01", "value": 1},
        {"op": "copy", "from": "/none", "path": "/x"},
        {"op": "copy", "from": "/tags/-", "path": "/x"},
        {"op": "move", "from": "/tags", "path": "/tags/0"},
        {"op": "replace", "path": "", "value": []},
    ],
)
def test_a_patch_that_does_not_apply_changes_nothing(wrong: dict[str, Any]) -> None:
    for setting in ("400", "409", "422"):
        api = Api(choices={"failed_patch": setting})
        process = api.process(metadata={"value": api.fixtures["valid_metadata"]})
        first = {"op": "add", "path": "/colour", "value": "red"}
        reply = api("PATCH", f"/processes/{process['id']}/metadata", json=[first, wrong], headers=PATCH)
        assert (reply.status_code, reply.json()["status"]) == (int(setting), int(setting))
        assert api("GET", f"/processes/{process['id']}").json() == process


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "operations",
    [
        [{"op": "copy", "from": "", "path": f"/c{number}"} for number in range(20)],
        [{"op": "add", "path": "/a" * 150 * number, "value": nested(150)} for number in range(2)],
        [{"op": "add", "path": "/a" * 150 * number, "value": nested(150)} for number in range(9)]
        + [{"op": "copy", "from": "", "path": "/again"}],
    ],
    ids=["wide", "deep", "copied"],
)
def test_a_patch_that_grows_beyond_measure_changes_nothing(api: Api, operations: list[Any]) -> None:
    process = api.process(metadata={"value": api.fixtures["valid_metadata"]})
    began = time.monotonic()
    reply = api("PATCH", f"/processes/{process['id']}/metadata", json=operations, headers=PATCH)
    assert (reply.status_code, reply.json()["status"]) == (400, 400)
    assert time.monotonic() - began < 5
    assert api("GET", f"/processes/{process['id']}").json() == process


@pytest.mark.parametrize("value", [b'{"x": "\\ud800"}', b'{"x":' * 260 + b"1" + b"}" * 260])
def test_what_cannot_be_kept_is_refused_and_keeps_no_document(api: Api, value: bytes) -> None:
    process = api.process()["id"]
    uri = upload(api, process)
    sent = b'{"entity": {"value": {"document": "%s", "odd": %s}}}' % (uri.encode(), value)
    reply = api("PUT", f"/processes/{process}/entity", content=sent, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    api.control("advance_clock", seconds=25 * 3600)
    assert "entity" not in api("GET", f"/processes/{process}").json()
    gone = api("GET", f"/processes/{process}/~actions/download-document", params={"documentUri": uri})
    assert gone.status_code == 404


@pytest.mark.parametrize(("setting", "status"), [("refused", 400), ("ignored", 200)])
def test_what_is_of_no_use_is_refused_or_ignored(setting: str, status: int) -> None:
    api = Api(choices={"needless_input": setting})
    path = f"/processes/{api.process()['id']}/metadata"
    assert api("PUT", path, json={"metadata": {"value": {}, "valid": "perhaps"}}).status_code == status
    needless = {"op": "add", "path": "/x", "value": 1, "from": 17}
    assert api("PATCH", path, json=[needless], headers=PATCH).status_code == status
    assert api("PATCH", path, json=[{"op": "move", "path": "/y", "from": 17}], headers=PATCH).status_code == 400


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {},
        [{"op": "add", "path": "/x"}],
        [{"op": "move", "path": "/x"}],
        [{"op": "insert", "path": "/x", "value": 1}],
        [{"op": "add", "path": "x", "value": 1}],
        [{"op": "add", "value": 1}],
        [{"op": "add", "path": "/x", "value": 1, "colour": "red"}],
    ],
)
def test_what_is_no_patch_is_refused(api: Api, broken: Any) -> None:
    path = f"/processes/{api.process()['id']}/entity"
    assert api("PATCH", path, json=broken, headers=PATCH).status_code == 400
    assert api("PATCH", path, json=OPERATIONS).status_code == 415


def test_true_is_not_one(api: Api) -> None:
    path = f"/processes/{api.process(metadata={'value': {'customer': 'x', 'n': 1}})['id']}/metadata"
    for value, status in ((True, 400), (1.0, 200)):
        patch = [{"op": "test", "path": "/n", "value": value}]
        assert api("PATCH", path, json=patch, headers=PATCH).status_code == status


def upload(api: Api, process: str, content: bytes = b"\x00\xffdata", name: str = "a b;c.bin") -> str:
    params = {"fileContentType": "image/png", "fileName": name}
    reply = api(
        "POST", f"/processes/{process}/~actions/upload-document", params=params, content=content, headers=OCTETS
    )
    assert reply.status_code == 200, reply.text
    uri: str = reply.json()["documentUri"]
    return uri


def download(api: Api, process: str, uri: str) -> Any:
    return api("GET", f"/processes/{process}/~actions/download-document", params={"documentUri": uri})


def test_documents_go_round(api: Api) -> None:
    process = api.process()["id"]
    uri = upload(api, process)
    assert uri.startswith("kuflow-file:uri=")
    assert uri.endswith(";type=image/png;size=6;name=a b%3Bc.bin;")
    got = download(api, process, uri)
    assert (got.status_code, got.headers["content-type"], got.content) == (
        200,
        "application/octet-stream",
        b"\x00\xffdata",
    )
    assert download(api, process, uri.split("=")[1].split(";")[0]).content == b"\x00\xffdata"
    assert download(api, api.process()["id"], uri).status_code == 404
    assert download(api, process, "kuflow-file:uri=none;").status_code == 404


def test_documents_expire_unless_linked_or_copied(api: Api) -> None:
    process = api.process()["id"]
    task = api.task(process)["id"]
    name = api.fixtures["document_property"]
    loose, in_metadata, in_entity, in_task, copied = (upload(api, process, bytes([n])) for n in range(5))
    api("PUT", f"/processes/{process}/metadata", json={"metadata": {"value": {"customer": "x", name: in_metadata}}})
    patch = [{"op": "add", "path": f"/{name}", "value": in_entity}]
    api("PATCH", f"/processes/{process}/entity", json=patch, headers=PATCH)
    api("PUT", f"/process-items/{task}/task/data", json={"data": {"value": {"list": [{"deep": in_task}]}}})
    code = api.fixtures["task_definition_code"]
    made = api.task(process, task={"taskDefinitionCode": code, "data": {"value": {name: copied}}})
    copy = made["task"]["data"]["value"][name]
    assert copy != copied
    assert download(api, process, copy).content == download(api, process, copied).content
    api.control("advance_clock", seconds=24 * 3600 - 60)
    assert download(api, process, loose).status_code == 200
    api.control("advance_clock", seconds=120)
    statuses = [
        download(api, process, uri).status_code for uri in (loose, copied, in_metadata, in_entity, in_task, copy)
    ]
    assert statuses == [404, 404, 200, 200, 200, 200]


def test_uploads_want_octets_and_parameters(api: Api) -> None:
    path = f"/processes/{api.process()['id']}/~actions/upload-document"
    params = {"fileContentType": "image/png", "fileName": "a"}
    assert api("POST", path, params=params, content=b"x", headers={"content-type": "image/png"}).status_code == 415
    assert api("POST", path, params={"fileName": "a"}, content=b"x", headers=OCTETS).status_code == 400


def test_a_user_action_document_is_saved_once(api: Api) -> None:
    process = api.process()["id"]
    path = f"/processes/{process}/~actions/upload-user-action-document"
    params = {
        "fileContentType": "text/plain",
        "fileName": "a.txt",
        "userActionValueId": api.fixtures["user_action_value_id"],
    }

    def save(content: bytes) -> Any:
        return api("POST", path, params=params, content=content, headers=OCTETS)

    first, again, other = save(b"1"), save(b"1"), save(b"2")
    assert [reply.status_code for reply in (first, again, other)] == [200, 304, 200]
    assert first.json()["id"] == process
    assert again.content == b""
    assert "content-type" not in again.headers
    params["userActionValueId"] = process
    assert save(b"3").status_code == 404


def test_forms_are_rendered(api: Api) -> None:
    f = api.fixtures
    data = {"taskDefinitionCode": f["form_task_definition_code"], "data": {"value": f["valid_form_task_data"]}}
    process = api.process()["id"]

    def render(item: str, path: str) -> Any:
        action = f"/process-items/{item}/task/data/~actions/download-webforms-as-document"
        return api("GET", action, params={"propertyPath": path})

    task = api.task(process, task=data)["id"]
    single, several = render(task, f["form_property_path"]), render(task, f["multiple_form_property_path"])
    assert (single.status_code, single.headers["content-type"]) == (200, "application/pdf")
    assert single.content.startswith(b"%PDF-1.4")
    assert b"(name: Ada) Tj" in single.content
    assert several.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(several.content)) as archive:
        pages = [archive.read(name) for name in archive.namelist()]
    assert [b"Bruno" in pages[0], b"Clara" in pages[1], len(pages)] == [True, True, 2]
    assert render(task, "/forms/1").content == pages[1]
    for path in ("/decision", "/forms/9", "/none", "form", ""):
        assert render(task, path).status_code == 400
    assert render(api.task(process)["id"], "/form").status_code == 400


def test_robots_are_what_they_say(api: Api) -> None:
    f = api.fixtures
    robot = api("GET", f"/robots/{f['robot_id']}").json()
    source = api("GET", f"/robots/{f['robot_id']}/~actions/download-source-code")
    assert source.headers["content-type"] == "application/octet-stream"
    assert robot["sourceFile"]["contentLength"] == len(source.content)
    assert robot["sourceFile"]["contentHash"] == hashlib.sha256(source.content).hexdigest()
    params = {name: f[f"robot_asset_{name}"] for name in ("type", "version", "platform", "architecture")}
    path = f"/robots/{f['robot_id']}/~actions/download-asset"
    assert len(api("GET", path, params=params).content) == 128
    assert api("GET", path, params={**params, "version": "0"}).status_code == 404


def test_authentications_of_both_kinds(api: Api) -> None:
    token, other = (api("POST", "/authentications", json={"type": "ENGINE_TOKEN"}).json() for _ in range(2))
    certificate = api("POST", "/authentications", json={"type": "ENGINE_CERTIFICATE"}).json()
    assert set(token) ^ set(certificate) == {"engineToken", "engineCertificate"}
    assert token["engineToken"]["token"] != other["engineToken"]["token"]
    assert set(certificate["engineCertificate"]["tls"]) == {
        "serverRootCaCertificate",
        "clientCertificate",
        "clientPrivateKey",
    }
    assert token["tenantId"] == api.fixtures["tenant_id"]


def test_oauth2_callers_name_their_tenant(api: Api) -> None:
    body = {"type": "ENGINE_TOKEN"}
    assert api("POST", "/authentications", "colleague", json=body).status_code == 400
    named = {**body, "tenantId": api.fixtures["other_tenant_id"]}
    assert api("POST", "/authentications", "colleague", json=named).json()["tenantId"] == named["tenantId"]
    hidden = {**body, "tenantId": api.fixtures["hidden_tenant_id"]}
    assert api("POST", "/authentications", json=hidden).status_code == 400


@pytest.mark.parametrize("setting", ["absent", "empty"])
def test_errors_of_valid_data(setting: str) -> None:
    api = Api(choices={"valid_errors": setting})
    data = api.process(metadata={"value": api.fixtures["valid_metadata"]})["metadata"]
    assert data.get("errors") == ([] if setting == "empty" else None)
