"""Every deviation shows in what a client sees, and the honest server keeps its contract under every choice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from smartflows_api import XML, Api, Asked

from conformance.contract.document import Document
from conformance.contract.message import Reply
from conformance.contract.validation import Validators
from conformance.mocks import catalogue
from conformance.mocks.smartflows.routes import OPERATIONS

MOCK = catalogue.find("smartflows")
CONTRACT = Path(__file__).parents[2] / "specs" / "smartflows" / "openapi.yaml"
FLOWS = ("plain", "waiting", "select", "warning", "error")


def tour(api: Api) -> list[Asked]:
    """Everything that a client does, once; what is refused on the way is part of it."""
    given = api.fixtures
    api("GET", "/authenticate", "")
    api("POST", "/authenticate/login", "", json={"username": "nobody", "password": given["password"]})
    for method, path in (("POST", "/authenticate/login"), ("GET", "/users/me"), ("GET", "/system/info")):
        for password in (given["password"], "wrong", given["password"][:-3]) if method == "POST" else ("",):
            body = {"json": {"username": given["username"], "password": password}} if password else {}
            reply = api(method, path, "" if password else "main", **body)
            if reply.status_code == 200 and password == given["password"]:
                bearer = "".join(one["token"] for one in reply.json()["tokens"])
                api("GET", "/users/me", "", headers={"authorization": f"Bearer {bearer}"})
    api("GET", "/users/me", "", headers={"authorization": f"Bearer {given['password']}"})
    _lists(api)
    _runs(api)
    _long_life(api)
    _doors(api)
    return api.asked


def _lists(api: Api) -> None:
    flow = api.fixtures["plain_flow_id"]
    for query in ("", "page=1", "page=1&size=7", "page=4&size=9", "sort=displayName,desc", "filter=displayName:Letter"):
        api("GET", f"/flows?{query}")
    api("GET", "/flows?filter=displayName:nobodys")
    api("GET", "/flows?filter=displayName:Letter,description:yearly")
    api("GET", f"/flows/{flow}")
    api("POST", f"/flows/{flow}/contract")
    for query in ("", "?filter=status:Succ"):
        api("GET", f"/flows/{flow}/executions{query}")
    for query in ("page=1", "page=x&page=x"):
        api("GET", f"/flows/executions?{query}")


def _runs(api: Api) -> None:
    given = api.fixtures
    for query, body in (
        ({"flowId": given["flow_id"]}, given["input_xml"]),
        ({"flowId": given["flow_id"]}, given["input_xml"]),
        ({"flowId": given["flow_id"]}, given["malformed_xml"]),
        ({"flowId": given["unknown_flow_id"]}, given["input_xml"]),
    ):
        _followed(api, api("POST", "/flows/executions", params=query, content=body.encode(), headers=XML))
    for flow in FLOWS:
        _followed(api, api("POST", "/flows/executions", params={"flowId": given[f"{flow}_flow_id"]}))
    for flow in (given["input_flow_id"], "Flow form", *(given["plain_flow_name"],) * 2, "Flow of nobody"):
        _followed(api, api("POST", "/flows/executions/start", params={"flow": flow}))
    _followed(api, api("POST", "/flows/executions", params={"flowId": given["input_flow_id"]}), given["input_values"])
    _followed(api, api("POST", "/flows/executions", params={"flowId": given["input_flow_id"]}), None)
    begun = api("POST", "/flows/executions", params={"flowId": given["waiting_flow_id"]}).json()
    if isinstance(begun, dict):
        path = f"/flows/executions/{begun.get('id')}"
        api("DELETE", f"{path}/progress", "colleague")
        api("GET", path)
    api("GET", "/flows/executions?sort=createdAt,desc&size=3")


def _long_life(api: Api) -> None:
    """Several executions are cancelled one after the other, several logins stand side by side."""
    given, paths, tokens = api.fixtures, [], []
    body = {"username": given["username"], "password": given["password"]}
    for number in range(4):
        begun = api("POST", "/flows/executions", params={"flowId": given["waiting_flow_id"]}).json()
        paths.append(f"/flows/executions/{begun.get('id') if isinstance(begun, dict) else ''}/progress")
        api("GET", f"{paths[-1]}?timeout=30")
        if number:
            api("DELETE", paths[-1])
        login = api("POST", "/authenticate/login", "", json=body)
        shown = login.json() if login.status_code == 200 else {}
        tokens += [one["token"] for one in shown.get("tokens", [])]
    api("DELETE", paths[-1])
    for path in paths:
        api("GET", path)
    for token in tokens:
        api("GET", "/users/me", "", headers={"authorization": f"Bearer {token}"})


def _followed(api: Api, begun: object, values: dict[str, str] | None = None) -> None:
    """Look at an execution until it has ended, and help it on where it halts."""
    body = begun.json() if getattr(begun, "status_code", 0) in (200, 201, 202) else {}  # type: ignore[attr-defined]
    execution = body.get("id") or body.get("executionId")
    if not execution:
        return
    path = f"/flows/executions/{execution}"
    for _ in range(2):
        api("GET", f"{path}/progress?timeout=5")
    for rest in ("/progress?timeout=1", "/status"):
        api("GET", path + rest)
    api.control("advance_clock", seconds=0)
    if values is not None:
        api("POST", f"{path}/progress", json=values)
    api.control("resume_job", job=execution)
    api("POST", f"{path}/progress", json={"flow": api.fixtures["plain_flow_id"]}) if values is None else None
    for _ in range(4):
        shown = api("GET", f"{path}/progress")
    model = shown.json().get("model", {}) if shown.status_code == 200 and isinstance(shown.json(), dict) else {}
    for block in model.values() if isinstance(model, dict) else ():
        api("GET", f"/documents/{block['document']['id']}/content")
    for rest in ("", "/status"):
        api("GET", path + rest)
    api("DELETE", f"{path}/progress")
    for reader in ("main", "colleague"):
        api("GET", path, reader)


def _doors(api: Api) -> None:
    execution = api("POST", "/flows/executions", params={"flowId": api.fixtures["input_flow_id"]}).json()
    path = f"/flows/executions/{execution['id']}" if isinstance(execution, dict) and "id" in execution else "/flows"
    api("DELETE", f"{path}/progress")
    for _ in range(3):
        api("GET", f"{path}/progress")
    api("GET", f"{path}/progress?timeout=1")
    for headers in ({}, {"X-API-Key": "wrong"}, {"X-API-Key": api.environment["auth"]["token"][:-3]}):
        for method, rest in (("GET", "/progress"), ("GET", ""), ("POST", "")):
            where = path + rest if method == "GET" else f"/flows/executions?flowId={api.fixtures['plain_flow_id']}"
            api(method, where, "", headers=headers)
    api.control("revoke_key", key=api.environment["auth"]["token"])
    api("DELETE", f"{path}/progress")
    for path in ("/users/me", "/flows"):
        api("GET", path)


Told = tuple[int, bytes]


class Seen(Exception):
    """A reply that the honest server does not give."""


def told(asked: Asked) -> Told:
    return asked.reply.status_code, asked.reply.content


def same_as(honest: list[Told]) -> Callable[[Asked], None]:
    """A watcher that stops a tour at the first reply that is not the honest one."""
    expected = iter(honest)

    def watch(asked: Asked) -> None:
        if told(asked) != next(expected, None):
            raise Seen

    return watch


@pytest.fixture(scope="module")
def honest() -> dict[str, list[Told]]:
    return {pace: [told(asked) for asked in tour(Api(progress=pace))] for pace in ("reads:1", "seconds:9")}


def compare(honest: dict[str, list[Told]], deviations: frozenset[str]) -> None:
    """Raise Seen when a server with ``deviations`` answers otherwise than an honest one."""
    for pace, replies in honest.items():
        api = Api(progress=pace, deviations=deviations)
        api.watch = same_as(replies)
        tour(api)


def test_a_server_that_keeps_its_rules_shows_nothing(honest: dict[str, list[Told]]) -> None:
    compare(honest, frozenset())


@pytest.mark.parametrize("name", MOCK.deviations())
def test_a_deviation_shows(name: str, honest: dict[str, list[Told]]) -> None:
    with pytest.raises(Seen):
        compare(honest, frozenset({name}))


def test_deviations_say_what_they_break() -> None:
    found = MOCK.deviations()
    assert len(found) >= 60
    for name, deviation in found.items():
        assert re.fullmatch(r"[A-Za-z0-9-]+", name)
        assert deviation.says.endswith(".")
        assert deviation.case.startswith("smartflows/")
        assert all(re.fullmatch(r"IN-\d{2}[a-z]?", clause) for clause in deviation.clauses)
        assert deviation.clauses or "/contract/" in deviation.case


SETTINGS: list[dict[str, Any]] = [
    *({"progress": pace} for pace in ("immediate", "reads:1", "seconds:9")),
    *({"choices": {one.key: setting}} for one in MOCK.CHOICES for setting in one.settings[1:]),
]


@pytest.fixture(scope="module")
def validators() -> Validators:
    return Validators(Document.load(CONTRACT))


def operation_of(asked: Asked) -> str:
    """The operation that a request was for; a request that none takes is a mistake of the tour."""
    path = asked.path.partition("?")[0]
    for operation in OPERATIONS:
        pattern = re.sub(r"\{\w+\}", "[^/]+", operation.path)
        if operation.method == asked.method and re.fullmatch(pattern, path):
            return operation.id
    raise LookupError(f"{asked.method} {path}")


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_honest_server_keeps_its_contract(validators: Validators, settings: dict[str, Any]) -> None:
    api = Api(**settings)
    seen: set[str] = set()
    for asked in (one for one in tour(api) if one.method != "CONTROL"):
        name = operation_of(asked)
        reply = Reply(asked.reply.status_code, dict(asked.reply.headers), asked.reply.content)
        assert validators.reply(validators.document.operations[name], reply) is None, (name, asked.reply.text)
        seen |= {name} if asked.reply.is_success else set()
    assert len(seen) >= 15


def test_the_mock_and_the_contract_have_the_same_operations(validators: Validators) -> None:
    written = {name: (one.method, one.path) for name, one in validators.document.operations.items()}
    assert written.keys() == {operation.id for operation in OPERATIONS}
    for operation in OPERATIONS:
        method, path = written[operation.id]
        assert method == operation.method
        assert re.sub(r"\{\w+\}", "{}", path) == re.sub(r"\{\w+\}", "{}", operation.path)
