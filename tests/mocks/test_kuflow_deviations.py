from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import OCTETS, PATCH, Api

from conformance.errors import UsageError
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings


def test_deviations_say_what_they_break() -> None:
    for name, deviation in catalogue.find("kuflow").deviations().items():
        assert re.fullmatch(r"[A-Za-z0-9-]+", name)
        assert deviation.says.endswith(".")
        assert deviation.case.startswith("kuflow/")
        assert deviation.clauses or "/contract/" in deviation.case
        assert all(re.fullmatch(r"KF-\d{3}[a-z]?", clause) for clause in deviation.clauses)


@pytest.mark.parametrize("name", catalogue.find("kuflow").deviations())
def test_every_deviation_leaves_a_server_that_answers(name: str) -> None:
    assert Api(deviations=frozenset({name}))("GET", "/principals").status_code in range(200, 500)


def test_replay_answers_201() -> None:
    api = Api(deviations=frozenset({"replay-answers-201"}))
    first = api.process()
    assert api.process(id=first["id"]) == first


def test_page_off_by_one() -> None:
    honest, wrong = Api(), Api(deviations=frozenset({"page-off-by-one"}))
    path = "/principals?size=2"
    assert wrong("GET", path).json()["content"][0] == honest("GET", path).json()["content"][1]


def test_sort_ignored() -> None:
    api = Api(deviations=frozenset({"sort-ignored"}))
    assert api("GET", "/principals?sort=name").json() == api("GET", "/principals").json()


def test_cascade_forgets_one() -> None:
    api = Api(deviations=frozenset({"cascade-forgets-one"}))
    process = api.process()["id"]
    tasks = [api.task(process)["id"] for _ in range(2)]
    api("POST", f"/processes/{process}/~actions/cancel")
    states = [api("GET", f"/process-items/{task}").json()["task"]["state"] for task in tasks]
    assert states == ["CANCELLED", "READY"]


def logged(api: Api, task: str) -> list[str]:
    return [entry["message"] for entry in api("GET", f"/process-items/{task}").json()["task"]["logs"]]


@pytest.mark.parametrize(
    ("name", "then", "honest"),
    [
        ("log-entry-said-once", "append", ["a", "a"]),
        ("log-shows-the-last-entry-twice", "append", ["a", "a"]),
        ("assignment-empties-the-log", "assign", ["a"]),
        ("cancellation-empties-the-log", "cancel", ["a"]),
    ],
)
def test_entries_that_are_lost(name: str, then: str, honest: list[str]) -> None:
    def entries(api: Api) -> list[str]:
        process = api.process()["id"]
        task = api.task(process)["id"]
        entry = {"message": "a", "level": "INFO"}
        action = f"/process-items/{task}/task/~actions"
        api("POST", f"{action}/append-log", json=entry)
        match then:
            case "append":
                api("POST", f"{action}/append-log", json=entry)
            case "assign":
                api("POST", f"{action}/assign", json={"ownerId": api.fixtures["principal_id"]})
            case _:
                api("POST", f"/processes/{process}/~actions/cancel")
        return logged(api, task)

    assert entries(Api()) == honest
    assert entries(Api(deviations=frozenset({name}))) != honest


def test_change_moves_the_creation() -> None:
    def moved(api: Api) -> bool:
        process = api.process()
        api("PUT", f"/processes/{process['id']}/metadata", json={"metadata": {"value": {"x": 1}}})
        return bool(api("GET", f"/processes/{process['id']}").json()["createdAt"] != process["createdAt"])

    assert not moved(Api())
    assert moved(Api(deviations=frozenset({"change-moves-the-creation"})))


def of_an_email(api: Api) -> Any:
    return api("GET", "/tenant-users", params={"email": api.fixtures["tenant_user_email"][:-1]}).json()["content"]


def of_no_version(api: Api) -> Any:
    asset = {name: api.fixtures[f"robot_asset_{name}"] for name in ("type", "platform", "architecture")}
    path = f"/robots/{api.fixtures['robot_id']}/~actions/download-asset"
    return api("GET", path, params={**asset, "version": "0.nothing"}).status_code


def of_forms(api: Api) -> Any:
    code, path = api.fixtures["form_task_definition_code"], api.fixtures["form_property_path"]
    data = {"value": api.fixtures["valid_form_task_data"]}
    task = api.task(api.process()["id"], task={"taskDefinitionCode": code, "data": data})["id"]
    action = f"/process-items/{task}/task/data/~actions/download-webforms-as-document"
    return len(api("GET", action, params={"propertyPath": path}).content)


def of_a_create(api: Api) -> Any:
    return api.process()["createdAt"]


def of_a_long_line(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    entry = {"message": "long " * 100, "level": "INFO"}
    api("POST", f"/process-items/{task}/task/~actions/append-log", json=entry)
    return logged(api, task)


def of_a_full_log(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    for number in range(101):
        entry = {"message": str(number), "level": "INFO" if number else "ERROR"}
        api("POST", f"/process-items/{task}/task/~actions/append-log", json=entry)
    return logged(api, task)


def of_a_moment(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    api("POST", f"/process-items/{task}/task/~actions/append-log", json={"message": "a", "level": "INFO"})
    return api("GET", f"/process-items/{task}").json()["task"]["logs"][0]["timestamp"]


def of_two_updates(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    path = f"/process-items/{task}/task/data"
    return [api("PUT", path, json={"data": {"value": one}}).json()["task"]["data"] for one in ({"x": 0, "y": 1}, {})]


ODD = {
    "texts": ["007", "two\r\nlines"],
    "numbers": [1.234567],
    "lists": [[1], [2]],
    "many": list(range(11)),
    "deep": {"a": {"b": {"c": {"d": 1}}}},
    "a/b": " ½ ",
}
"""What a careless server changes, each in its own way."""


def of_an_odd_put(name: str) -> Any:
    def tell(api: Api) -> Any:
        task = api.task(api.process()["id"])["id"]
        shown = api("PUT", f"/process-items/{task}/task/data", json={"data": {"value": {"odd": ODD}}}).json()
        return shown["task"]["data"]["value"]["odd"].get(name)

    return tell


def of_a_keyword(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    return api("PUT", f"/process-items/{task}/task/data", json={"data": {"value": {"text": "a"}}}).json()["task"]


def of_an_odd_create(api: Api) -> Any:
    process = api.process(metadata={"value": ODD})
    task = {"taskDefinitionCode": api.fixtures["task_definition_code"], "data": {"value": ODD}}
    return process["metadata"]["value"], api.task(process["id"], task=task)["task"]["data"]["value"]


def of_invalid_creates(api: Api) -> Any:
    process = api.process(metadata={"value": api.fixtures["invalid_metadata"]})
    data = {"value": api.fixtures["invalid_task_data"]}
    task = {"taskDefinitionCode": api.fixtures["task_definition_code"], "data": data}
    told = {"text": "a", "dataStructureDataDefinitionCode": api.fixtures["data_structure_code"]}
    message = api("POST", "/process-items", json={"type": "MESSAGE", "processId": process["id"], "message": told})
    valid = process["metadata"]["valid"], api.task(process["id"], task=task)["task"]["data"]["valid"]
    return *valid, message.json()["message"]


def of_two_lines(api: Api) -> Any:
    process = api.process()["id"]
    told = {"type": "MESSAGE", "processId": process, "message": {"text": "a\nb"}}
    task = api.task(process)["id"]
    api("POST", f"/process-items/{task}/task/~actions/append-log", json={"message": "a\nb", "level": "INFO"})
    return api("POST", "/process-items", json=told).json()["message"], logged(api, task)


def of_a_worker(api: Api) -> Any:
    worker = {"identity": "w", "taskQueue": "q", "hostname": "h", "ip": "192.0.2.1"}
    replies = [api("POST", "/workers", json=worker).json() for _ in range(2)]
    return [(one["createdAt"], one["createdBy"]) for one in replies]


def of_a_varied_cascade(api: Api) -> Any:
    process, form = api.process()["id"], {"taskDefinitionCode": api.fixtures["form_task_definition_code"]}
    tasks = [api.task(process, ownerId=api.fixtures["user_principal_id"]), api.task(process, task=form)]
    tasks.append(api.task(process))
    log = f"/process-items/{tasks[-1]['id']}/task/~actions/append-log"
    api("POST", log, json={"message": "a", "level": "INFO"})
    api("POST", f"/processes/{process}/~actions/cancel")
    return [api("GET", f"/process-items/{one['id']}").json()["task"]["state"] for one in tasks]


def of_a_definition(api: Api) -> Any:
    sent = {"processDefinitionId": api.fixtures["other_process_definition_id"]}
    return api("POST", "/processes", json=sent).json()["processDefinition"]


def of_creators(api: Api) -> Any:
    user = api.fixtures["user_principal_id"]
    process = api.process(initiatorId=user)
    return process["createdBy"], api.task(process["id"], ownerId=user)["createdBy"]


def of_states(api: Api) -> Any:
    process = api.process()["id"]
    task = api.task(process)["id"]
    api("POST", f"/process-items/{task}/task/~actions/claim")
    query = {"processId": process, "taskState": ["READY", "COMPLETED", "CLAIMED"]}
    return api("GET", "/process-items", params=query).json()["metadata"]["totalElements"]


def of_a_listed_message(api: Api) -> Any:
    process = api.process()["id"]
    told = {"text": "a message of some length"}
    api("POST", "/process-items", json={"type": "MESSAGE", "processId": process, "message": told})
    return api("GET", "/process-items", params={"processId": process}).json()["content"][0]["message"]


def of_a_code(api: Api) -> Any:
    process = api.process()["id"]
    api.task(process)
    query = {"processId": process, "taskDefinitionCode": api.fixtures["task_definition_code"][:-1]}
    return api("GET", "/process-items", params=query).json()["metadata"]["totalElements"]


def of_a_user_action(api: Api) -> Any:
    process = api.process(metadata={"value": api.fixtures["valid_metadata"]})["id"]
    query = {
        "fileContentType": "text/plain",
        "fileName": "a",
        "userActionValueId": api.fixtures["user_action_value_id"],
    }
    path = f"/processes/{process}/~actions/upload-user-action-document"
    return api("POST", path, params=query, content=b"a", headers=OCTETS).json()["metadata"]


def of_a_refusal(api: Api) -> Any:
    return api("GET", "/principals/x").json()["timestamp"]


def of_replies(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    action = f"/process-items/{task}/task/~actions"
    api("POST", f"{action}/append-log", json={"message": "a", "level": "INFO"})
    patch = [{"op": "add", "path": "/x", "value": 1}]
    replies = [
        api("PATCH", f"/process-items/{task}/task/data", json=patch, headers=PATCH),
        api("POST", f"{action}/claim"),
        api("POST", f"{action}/assign", json={"ownerId": api.fixtures["principal_id"]}),
    ]
    return [len(reply.json()["task"]["logs"]) for reply in replies]


def of_lists(api: Api) -> Any:
    told = {"taskDefinitionCode": api.fixtures["task_definition_code"], "data": {"value": {"tags": ["a", "b"]}}}
    action = f"/process-items/{api.task(api.process()['id'], task=told)['id']}/task/~actions"
    return [api("POST", f"{action}/{name}").json()["task"]["data"]["value"] for name in ("claim", "complete")]


def of_two_items(api: Api) -> Any:
    process = api.process()["id"]
    task = api.task(process, ownerId=api.fixtures["principal_id"])
    message = api("POST", "/process-items", json={"type": "MESSAGE", "processId": process, "message": {"text": "a"}})
    return message.json()["type"], task["tenantId"]


def of_two_owners(api: Api) -> Any:
    task = api.task(api.process()["id"])
    for owner in ("user_principal_id", "application_principal_id"):
        api("POST", f"/process-items/{task['id']}/task/~actions/assign", json={"ownerId": api.fixtures[owner]})
    listed = api("GET", "/process-items", params={"processId": task["processId"]}).json()["content"]
    return listed[0]["ownerId"], listed[0]["lastModifiedAt"]


def of_two_initiators(api: Api) -> Any:
    path = f"/processes/{api.process()['id']}"
    for name in ("user_principal_id", "application_principal_id"):
        initiator = {"initiatorId": api.fixtures[name]}
        api("POST", f"{path}/~actions/change-initiator", json=initiator)
    saved = api("PUT", f"{path}/entity", json={"entity": {"value": {}}}).json()
    listed = api("GET", "/processes", params={"sort": "createdAt,desc", "size": 1}).json()["content"]
    return listed[0]["initiatorId"], saved["lastModifiedAt"]


def of_a_repeated_create(api: Api) -> Any:
    sent = {"type": "TASK", "processId": api.process()["id"], "id": "0d3b3ec8-8f0e-4f5e-9f5b-6f6d4a1f7c11"}
    sent["task"] = {"taskDefinitionCode": api.fixtures["task_definition_code"]}
    task = api("POST", "/process-items", json=sent).json()["id"]
    api("POST", f"/process-items/{task}/task/~actions/append-log", json={"message": "a", "level": "INFO"})
    return api("POST", "/process-items", json=sent).json()["task"]["logs"]


def of_a_new_item(api: Api) -> Any:
    return api.task(api.process()["id"])["createdAt"]


def of_a_claim(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    return api("POST", f"/process-items/{task}/task/~actions/claim", "colleague").json()["ownerId"]


def of_a_colleague(api: Api) -> Any:
    task = api.task(api.process()["id"])["id"]
    shown = api("PUT", f"/process-items/{task}/task/data", "colleague", json={"data": {"value": {}}}).json()
    return shown["lastModifiedBy"]


def of_a_cascade(api: Api) -> Any:
    process = api.process()["id"]
    for _ in range(2):
        api.task(process)
    api("POST", f"/processes/{process}/~actions/cancel")
    told = [one["body"] for one in api.control("webhook_inbox", after=0).json()["deliveries"]]
    return [one["type"] for one in told]


def of_repeats(api: Api) -> Any:
    process = api.process(id="0d3b3ec8-8f0e-4f5e-9f5b-6f6d4a1f7c10")
    sent = {"type": "TASK", "processId": process["id"], "id": "0d3b3ec8-8f0e-4f5e-9f5b-6f6d4a1f7c11"}
    sent["task"] = {"taskDefinitionCode": api.fixtures["task_definition_code"]}
    for _ in range(2):
        api("POST", "/process-items", json=sent)
        again = {"id": process["id"], "processDefinitionId": api.fixtures["process_definition_id"]}
        api("POST", "/processes", json=again)
    for _ in range(2):
        api("POST", f"/processes/{process['id']}/~actions/cancel")
    return [one["body"]["type"] for one in api.control("webhook_inbox", after=0).json()["deliveries"]]


def uploaded(api: Api, process: str, name: str = "note.txt") -> str:
    params, path = {"fileContentType": "text/plain", "fileName": name}, f"/processes/{process}/~actions/upload-document"
    return str(api("POST", path, params=params, content=b"a", headers=OCTETS).json()["documentUri"])


def downloads(api: Api, process: str, *documents: str) -> list[int]:
    path = f"/processes/{process}/~actions/download-document"
    return [api("GET", path, params={"documentUri": one}).status_code for one in documents]


def of_a_list_of_documents(api: Api) -> Any:
    process = api.process()["id"]
    documents = [uploaded(api, process) for _ in range(2)]
    value = {"metadata": {"value": {"attachments": documents}}}
    api("PUT", f"/processes/{process}/metadata", json=value)
    api.control("advance_clock", seconds=25 * 3600)
    return downloads(api, process, *documents)


def of_patched_links(api: Api) -> Any:
    process = api.process()["id"]
    task, documents = api.task(process)["id"], [uploaded(api, process) for _ in range(2)]
    for path, one in zip((f"/processes/{process}/entity", f"/process-items/{task}/task/data"), documents, strict=True):
        api("PATCH", path, json=[{"op": "add", "path": "/attachment", "value": one}], headers=PATCH)
    api.control("advance_clock", seconds=25 * 3600)
    return downloads(api, process, *documents)


def of_an_old_process(api: Api) -> Any:
    process = api.process()["id"]
    api.control("advance_clock", seconds=3600)
    document = uploaded(api, process)
    api.control("advance_clock", seconds=23 * 3600 + 60)
    return downloads(api, process, document)


def of_an_odd_name(api: Api) -> Any:
    process = api.process()["id"]
    return downloads(api, process, uploaded(api, process, "1 + 1.txt"))


def of_a_patch(path: str) -> Any:
    def tell(api: Api) -> Any:
        patch = [{"op": "add", "path": path, "value": "v"}]
        metadata = f"/processes/{api.process(metadata={'value': {'tags': {}}})['id']}/metadata"
        return api("PATCH", metadata, json=patch, headers=PATCH).json().get("metadata")

    return tell


@pytest.mark.parametrize(
    ("name", "tell"),
    [
        ("upsert-moves-the-creation", of_a_worker),
        ("workers-create-themselves", of_a_worker),
        ("workers-created-in-local-time", of_a_worker),
        ("initiators-create", of_creators),
        ("owners-create", of_creators),
        ("codes-by-their-beginnings", of_a_code),
        ("two-filter-values-at-most", of_states),
        ("list-shows-parts-of-messages", of_a_listed_message),
        ("user-action-tells-first-items", of_a_user_action),
        ("errors-in-local-time", of_a_refusal),
        ("claim-tells-no-log", of_replies),
        ("patch-tells-no-log", of_replies),
        ("assignment-tells-no-log", of_replies),
        ("claim-answers-lists-backwards", of_lists),
        ("completion-answers-lists-backwards", of_lists),
        ("new-messages-answer-a-task", of_two_items),
        ("owned-items-answer-the-owner", of_two_items),
        ("assignment-keeps-the-moment", of_two_owners),
        ("list-keeps-the-first-owner", of_two_owners),
        ("entity-keeps-the-moment", of_two_initiators),
        ("list-keeps-the-first-initiator", of_two_initiators),
        ("replay-renumbers-the-log", of_a_repeated_create),
        ("replay-tells-the-log-in-local-time", of_a_repeated_create),
        ("new-metadata-marked-valid", of_invalid_creates),
        ("new-task-data-marked-valid", of_invalid_creates),
        ("messages-lose-their-structure", of_invalid_creates),
        ("messages-on-one-line", of_two_lines),
        ("log-on-one-line", of_two_lines),
        ("items-created-in-local-time", of_a_new_item),
        ("item-modifier-is-the-creator", of_a_colleague),
        ("creators-claim", of_a_claim),
        ("cascade-tells-of-one", of_a_cascade),
        ("cascade-spares-owned-tasks", of_a_varied_cascade),
        ("cascade-spares-logged-tasks", of_a_varied_cascade),
        ("cascade-spares-forms", of_a_varied_cascade),
        ("one-definition-for-all", of_a_definition),
        ("replay-tells-of-the-start", of_repeats),
        ("replay-tells-of-the-item", of_repeats),
        ("repeated-cancellation-told", of_repeats),
        ("links-in-lists-overlooked", of_a_list_of_documents),
        ("one-link-a-list", of_a_list_of_documents),
        ("links-by-entity-patch-overlooked", of_patched_links),
        ("links-by-task-patch-overlooked", of_patched_links),
        ("documents-as-old-as-their-process", of_an_old_process),
        ("names-lead-astray", of_an_odd_name),
        ("put-reads-texts", of_an_odd_put("texts")),
        ("put-unifies-line-ends", of_an_odd_put("texts")),
        ("put-rounds", of_an_odd_put("numbers")),
        ("put-unwraps", of_an_odd_put("lists")),
        ("put-flattens", of_an_odd_put("lists")),
        ("put-cuts-lists", of_an_odd_put("many")),
        ("put-keeps-few-levels", of_an_odd_put("deep")),
        ("put-loses-odd-names", of_an_odd_put("a/b")),
        ("put-loses-keywords", of_a_keyword),
        ("new-task-data-trimmed", of_an_odd_create),
        ("new-metadata-normalised", of_an_odd_create),
        ("patch-dots-are-steps", of_a_patch("/tags.x")),
        ("patch-paths-decoded", of_a_patch("/50%25")),
        ("patch-digits-are-places", of_a_patch("/tags/0")),
        ("email-by-a-part", of_an_email),
        ("asset-of-another-version", of_no_version),
        ("form-without-its-data", of_forms),
        ("created-in-local-time", of_a_create),
        ("log-messages-of-255-letters", of_a_long_line),
        ("log-in-local-time", of_a_moment),
        ("full-log-keeps-errors", of_a_full_log),
        ("empty-put-is-none", of_two_updates),
        ("put-drops-nothings", of_two_updates),
    ],
)
def test_a_wrong_server_tells_otherwise(name: str, tell: Any) -> None:
    assert tell(Api()) == tell(Api())
    assert tell(Api(deviations=frozenset({name}))) != tell(Api())


def strange(api: Api) -> dict[str, int]:
    """What another tenant gets of a process, a task and a robot."""
    process = api.process()["id"]
    task, document = api.task(process)["id"], uploaded(api, process)
    in_process, in_task = f"/processes/{process}", f"/process-items/{task}/task"
    value: dict[str, Any] = {"value": {"x": 1}}
    patch = [{"op": "add", "path": "/x", "value": 1}]
    new = {"type": "TASK", "processId": process, "task": {"taskDefinitionCode": api.fixtures["task_definition_code"]}}
    asset = {name: api.fixtures[f"robot_asset_{name}"] for name in ("type", "version", "platform", "architecture")}
    robot = f"/robots/{api.fixtures['robot_id']}/~actions/download-asset"
    file = {"fileContentType": "text/plain", "fileName": "a"}
    mine = {"initiatorId": api.fixtures["principal_id"]}
    calls: dict[str, tuple[str, str, dict[str, Any]]] = {
        "updateProcessMetadata": ("PUT", f"{in_process}/metadata", {"json": {"metadata": value}}),
        "patchProcessItemTaskData": ("PATCH", f"{in_task}/data", {"json": patch, "headers": PATCH}),
        "changeProcessInitiator": ("POST", f"{in_process}/~actions/change-initiator", {"json": mine}),
        "downloadProcessDocument": (
            "GET",
            f"{in_process}/~actions/download-document",
            {"params": {"documentUri": document}},
        ),
        "uploadProcessDocument": (
            "POST",
            f"{in_process}/~actions/upload-document",
            {"params": file, "content": b"a", "headers": OCTETS},
        ),
        "createProcessItem": ("POST", "/process-items", {"json": new}),
        "retrieveProcessItem": ("GET", f"/process-items/{task}", {}),
        "claimProcessItemTask": ("POST", f"{in_task}/~actions/claim", {}),
        "downloadRobotAsset": ("GET", robot, {"params": asset}),
        "cancelProcess": ("POST", f"{in_process}/~actions/cancel", {}),
    }
    return {name: api(method, path, "other", **sent).status_code for name, (method, path, sent) in calls.items()}


def test_each_serves_strangers_in_one_operation() -> None:
    honest = strange(Api())
    assert set(honest.values()) <= {400, 404}
    for name in honest:
        served = strange(Api(deviations=frozenset({f"{name}-serves-strangers"})))
        assert [other for other, status in served.items() if status < 300] == [name]


def test_refusals_come_late() -> None:
    api = Api(deviations=frozenset({"refusals-come-late"}))
    task = api.task(api.process()["id"])["id"]
    owner = {"ownerId": api.fixtures["user_principal_id"]}
    path = f"/process-items/{task}"
    assert api("POST", f"{path}/task/~actions/assign", "other", json=owner).status_code == 404
    assert api("GET", path).json()["ownerId"] == owner["ownerId"]


def test_modifier_is_the_creator() -> None:
    def names(api: Api) -> set[str]:
        path = f"/processes/{api.process()['id']}"
        api("PUT", f"{path}/metadata", "colleague", json={"metadata": {"value": {"x": 1}}})
        shown = api("GET", path).json()
        return {shown["createdBy"], shown["lastModifiedBy"]}

    assert len(names(Api())) == 2
    assert len(names(Api(deviations=frozenset({"modifier-is-the-creator"})))) == 1


def test_token_expired_when_issued() -> None:
    def lives(api: Api) -> bool:
        issued = api("POST", "/authentications", json={"type": "ENGINE_TOKEN"}).json()
        return bool(issued["engineToken"]["expiredAt"] > issued["createdAt"])

    assert lives(Api())
    assert not lives(Api(deviations=frozenset({"token-expired-when-issued"})))


def test_no_authentication_on_retrieve_robot() -> None:
    api = Api(deviations=frozenset({"no-authentication-on-retrieveRobot"}))
    assert api("GET", f"/robots/{api.fixtures['robot_id']}", "").status_code == 200
    assert api("GET", "/robots", "").status_code == 401


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({"deviations": frozenset({"replay-answer-201"})}, "replay-answers-201"),
        ({"choices": {"hidden_resourc": "404"}}, "hidden_resource"),
        ({"choices": {"hidden_resource": "405"}}, "40[34]"),
        ({"mode": "defaults"}, "default"),
        ({"clock": "walls"}, "wall"),
        ({"progress": "reads"}, "reads:N"),
    ],
)
def test_unknown_settings_name_the_nearest(settings: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        catalogue.find("kuflow").build(Settings(**settings))


def test_every_choice_has_a_default_and_another() -> None:
    for choice in catalogue.find("kuflow").CHOICES:
        assert len(set(choice.settings)) >= 2
        assert choice.says.endswith(".")
        for setting in choice.settings:
            assert Api(choices={choice.key: setting})("GET", "/robots").status_code == 200


def test_the_catalogue_is_scanned() -> None:
    assert "kuflow" in catalogue.vendors()
    assert "kit" not in catalogue.vendors()
    with pytest.raises(UsageError, match="kuflow"):
        catalogue.find("kuflo")
