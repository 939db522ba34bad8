from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from optimajet_api import API, DISCOVERY, WorkflowApi

from conformance.errors import UsageError
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.mocks.optimajet.access import MODES

DEVIATIONS = catalogue.find("optimajet").deviations()
EXECUTE = f"{API}/executecommand"


def facts(api: WorkflowApi) -> Iterator[Any]:
    """What a caller sees who does a little of everything; equal servers give equal facts."""
    if api.mode == "openid":
        yield from _tokens(api)
    if api.mode == "open":
        yield from _lists(api)
        yield from _lives(api)
        yield from _long_life(api)
        yield from _endings(api)
        yield from _nearly_right(api)
    else:
        yield from _doors(api)


def _doors(api: WorkflowApi) -> Iterator[Any]:
    key = api.fixtures["process_id"]
    yield api.reply("GET", DISCOVERY)
    for path in ("getschemelist", "inbox", f"getinstanceinfo/{key}"):
        yield api.reply("GET", f"{API}/{path}", "")
        right = api.access_token
        for token in ("", "0" * len(right), right[:-3], f"{right}0000", f"{right[:-3]}...", right.swapcase()):
            yield api.reply("GET", f"{API}/{path}", "", params={"token": token})
        yield api.reply("GET", f"{API}/{path}", "", headers={"authorization": "Bearer garbage"})
    yield api.reply("POST", f"{API}/createinstance/{api.fresh()}", "", json={"schemeCode": "TestScheme"})
    api.control("set_access_token", token="next")
    for path in ("getschemelist", "outbox"):
        yield api.reply("GET", f"{API}/{path}")
    api.control("set_access_token", token=api.access_token)
    if api.mode != "open":
        again, sent = f"{API}/createinstance/{api.fresh()}", {"schemeCode": "TestScheme"}
        for identity in ("", "main"):
            yield api.reply("POST", again, identity, json=sent)
        yield api.reply("GET", f"{API}/getavailablecommands/{key}")
        yield api.reply("POST", f"{API}/deleteinstance/{key}", "")
        yield api.reply("POST", f"{API}/createinstance/{api.fresh()}", json={"schemeCode": "TestScheme"})


def _tokens(api: WorkflowApi) -> Iterator[Any]:
    for changed in ({}, {"client_id": "x"}, {"client_secret": "x"}, {"grant_type": "password"}, *_nearly(api)):
        reply = api.grant(**changed)
        yield reply.status_code, reply.headers["content-type"], reply.text
    api.control("set_access_token", token="next")
    yield api.grant(client_secret="next").status_code
    api.control("set_access_token", token=api.access_token)
    try:
        api.log_in()
    except (KeyError, ValueError):
        yield "no token"
    for path in ("getschemelist", "inbox"):
        yield api.reply("GET", f"{API}/{path}")
    yield api.reply("GET", f"{API}/inbox", "", headers={"authorization": f"Bearer {api.access_token}"})
    head, claims, _ = api.bearer.split(".") if api.bearer else ("", "", "")
    yield api.reply("GET", f"{API}/inbox", "", headers={"authorization": f"Bearer {head}.{claims}."})


def _nearly(api: WorkflowApi) -> Iterator[dict[str, str]]:
    yield {"client_id": "WORKFLOWAPI"}
    yield {"client_secret": f"{api.access_token}0000"}


def _lives(api: WorkflowApi) -> Iterator[Any]:
    key, other, third = api.fresh(), api.fresh(), api.fresh()
    create, info = f"{API}/createinstance", f"{API}/getinstanceinfo/{key}"
    for body in ({"schemeCode": "Unknown"}, {}, {"schemeCode": "TestScheme", "schemeParameters": "{"}):
        yield api.reply("POST", f"{create}/{third}", json=body)
    sent = {"schemeCode": "TestScheme", "persist": "Amount,Who,None", "Amount": 3, "Who": "clerk", "None": 0}
    yield [reply.text for reply in api.together([("POST", f"{create}/{key}", "main", {"json": sent})] * 2)]
    yield api.reply("POST", f"{create}/{other}", json=sent)
    yield api.reply("POST", f"{API}/getinstanceinfo/{other}")
    yield api.reply("GET", f"{create}/{third}", params={"schemeCode": "TestScheme"})
    trouble = api.fresh()
    yield api.reply("POST", f"{create}/{trouble}", json={"schemeCode": "TroubleScheme"})
    yield api.reply("GET", f"{API}/getinstanceinfo/{trouble}")
    for told in ({"schemeCode": "TroubleScheme"}, {"schemeCode": "TestScheme"}):
        by_get = api.fresh()
        yield api.reply("GET", f"{create}/{by_get}", params=told)
        yield api.reply("GET", f"{API}/getinstanceinfo/{by_get}")
    queried = {"params": {"schemeCode": "TestScheme"}, "json": {"token": None}}
    yield api.reply("POST", f"{create}/{api.fresh()}", **queried)
    for token in (None, "idle"):
        yield api.reply("POST", f"{create}/{api.fresh()}", json={"schemeCode": "TestScheme", "token": token})
    for one in (key, other, third):
        yield api.reply("GET", f"{API}/isexistprocess/{one}")
    yield api.reply("GET", info)
    yield api.reply("POST", info)
    for command in ("approve", "submit", "nothing"):
        yield api.reply("GET", f"{API}/getavailablecommands/{key}")
        yield api.reply("GET", f"{EXECUTE}/{key}", params={"command": command, "identityId": "clerk"})
        yield api.reply("POST", f"{EXECUTE}/{key}", json={"command": command, "identityId": "clerk", "persist": ""})
        yield api.reply("POST", f"{EXECUTE}/{key}", json={"command": command, "persist": "Last", "Last": command})
        yield api.reply("GET", info)
    body = {"json": {"command": "approve", "identityId": api.fixtures["manager_id"]}}
    yield [reply.text for reply in api.together([("POST", f"{EXECUTE}/{key}", "main", body)] * 2)]
    yield api.reply("POST", f"{create}/{key}", json={"schemeCode": "TestScheme"})
    yield api.reply("GET", info)
    yield api.reply("GET", f"{API}/getavailablecommands/{key}")
    yield api.reply("GET", f"{API}/getavailablestatetoset/{key}")
    yield api.reply("POST", f"{API}/getavailablestatetoset/{key}")
    yield api.reply("GET", f"{API}/getformbyflow/DocumentFlow", params={"processId": key})
    for state in ("Review", "Approved", "nothing"):
        yield api.reply(
            "POST", f"{API}/setstate/{other}", json={"state": state, "persist": "Zero,Set", "Set": "by state"}
        )
        yield api.reply("GET", f"{API}/getinstanceinfo/{other}")
    for box in ("inbox", "outbox"):
        yield api.reply("GET", f"{API}/{box}", params={"processid": key})
        yield api.reply("GET", f"{API}/{box}", params={"identityid": api.fixtures["manager_id"]})
        yield api.reply("GET", f"{API}/{box}", params={"identityid": api.fixtures["manager_id"][:-1]})
        yield api.reply("GET", f"{API}/{box}", params={"identityid": api.fixtures["manager_id"], "processid": key})
    yield api.reply("POST", f"{API}/deleteinstance/{key}")
    yield api.reply("POST", f"{API}/deleteinstances/", json={"processids": [other, third]})
    for one in (key, other, third):
        yield api.reply("GET", f"{API}/isexistprocess/{one}")
    for path in ("getinstanceinfo", "getavailablecommands"):
        yield api.reply("GET", f"{API}/{path}/{api.fresh()}")


def _long_life(api: WorkflowApi) -> Iterator[Any]:
    """A process goes there and back again, and is asked for under its id time and again."""
    key = api.fresh()
    create, info = f"{API}/createinstance/{key}", f"{API}/getinstanceinfo/{key}"
    note = {"schemeCode": "TestScheme", "persist": "Note", "Note": "more than fits into a short column, " * 9}
    yield api.reply("POST", create, json=note)
    for command, role in (("submit", "author"), ("reject", "manager"), ("submit", "author")):
        given = {"command": command, "identityId": api.fixtures[f"{role}_id"]}
        yield api.reply("GET", f"{API}/getavailablecommands/{key}")
        yield api.reply("POST", f"{EXECUTE}/{key}", json=given)
        yield api.reply("GET", info)
        yield api.reply("GET", f"{API}/inbox", params={"processid": key})
    for _ in range(2):
        yield api.reply("POST", create, json={"schemeCode": "TestScheme", "persist": "Amount", "Amount": 4})
        yield api.reply("GET", info)
    yield api.reply("POST", f"{API}/deleteinstance/{key}")
    yield api.reply("GET", f"{API}/isexistprocess/{key}")
    yield api.reply("POST", create, json={"schemeCode": "TestScheme"})
    yield api.reply("GET", info)


def _nearly_right(api: WorkflowApi) -> Iterator[Any]:
    """Ids, codes and tags that begin as known ones do, what is asked for twice, and two commands at one instant."""
    key = api.created()
    near = f"{key[:-4]}ffff"
    yield api.reply("GET", f"{API}/isexistprocess/{near}")
    yield api.reply("POST", f"{API}/createinstance/{near}", json={"schemeCode": "TestScheme"})
    yield api.reply("POST", f"{API}/deleteinstance/{near}")
    yield api.reply("GET", f"{API}/isexistprocess/{key}")
    yield api.reply("POST", f"{API}/createinstance/{api.fresh()}", json={"schemeCode": "TestScheme-2"})
    yield api.reply("POST", f"{API}/getinstances", json={"take": 50, "status": 0})
    yield api.reply("GET", f"{API}/getschemelist", params={"tags": "approva"})
    asked = [f"{API}/getavailablecommands/{key}", f"{API}/getformbyflow/DocumentFlow?processId={key}"]
    for command, role in (("submit", "author"), ("submit", "author"), ("approve", "manager")):
        yield [api.reply("GET", path) for path in asked]
        note = {"identityId": api.fixtures[f"{role}_id"], "persist": "Note", "Note": command}
        yield api.reply("POST", f"{EXECUTE}/{key}", json={"command": command, **note})
        yield api.reply("GET", f"{API}/getinstanceinfo/{key}")
    other = api.created()
    api.command(other, "submit", "author")
    given = {"identityId": api.fixtures["manager_id"]}
    rivals = [
        ("POST", f"{EXECUTE}/{other}", "main", {"json": {"command": one, **given}}) for one in ("approve", "reject")
    ]
    yield [reply.text for reply in api.together(rivals)]


def _endings(api: WorkflowApi) -> Iterator[Any]:
    """Processes that wait, and that were moved, are deleted, and lists are asked for them."""
    keys = [api.created() for _ in range(7)]
    for key in keys:
        api.command(key, "submit", "author")
    yield api.reply("POST", f"{API}/deleteinstance/{keys[0]}")
    yield api.reply(
        "POST", f"{EXECUTE}/{keys[0]}", json={"command": "approve", "identityId": api.fixtures["manager_id"]}
    )
    yield api.reply("POST", f"{API}/isexistprocess/{keys[0]}")
    ended, refused = api.created(), api.fresh()
    api.command(ended, "withdraw", "author")
    yield api.reply("GET", f"{API}/isexistprocess/{ended}")
    yield api.reply("GET", f"{API}/createinstance/{ended}", params={"schemeCode": "TestScheme"})
    yield api.reply("POST", f"{API}/createinstance/{ended}", json={"schemeCode": "TroubleScheme"})
    yield api.reply("GET", f"{API}/getinstanceinfo/{ended}")
    yield api.reply("POST", f"{API}/createinstance/{refused}", json={})
    yield api.reply("GET", f"{API}/isexistprocess/{refused}")
    yield api.reply("POST", f"{API}/getinstances", json={"take": 50})
    for box in ("inbox", "outbox"):
        yield api.reply("GET", f"{API}/{box}", params={"processid": keys[0]})
    yield api.reply("POST", f"{API}/deleteinstances/", json={"processids": keys[1:]})
    yield api.reply("GET", f"{API}/inbox", params={"processid": keys[1]})
    yield api.reply("POST", f"{API}/getinstances", json={"take": 50})
    for key in keys[1:]:
        yield api.reply("GET", f"{API}/isexistprocess/{key}")


def _lists(api: WorkflowApi) -> Iterator[Any]:
    for body in ({}, {"take": 3}, {"take": 3, "skip": 3}, {"take": 50, "status": 3}, {"take": [None]}, {"search": ""}):
        yield api.reply("POST", f"{API}/getinstances", json=body)
    yield api.reply("GET", f"{API}/getschemelist", params={"tags": "approval"})
    yield api.reply("POST", f"{API}/getschemelist", json={"tags": "approval"})
    yield api.reply("POST", f"{API}/inbox", json={"identityid": api.fixtures["manager_id"]})


def alike(mode: str, *deviations: str) -> bool:
    """Whether such a server gives the facts of an honest one; the first that differs settles it."""
    api = WorkflowApi(mode, deviations=frozenset(deviations))
    with api.session():
        return all(map(operator.eq, facts(api), honest(mode)))


@cache
def honest(mode: str) -> tuple[Any, ...]:
    api = WorkflowApi(mode)
    with api.session():
        return tuple(facts(api))


def mode_of(clause: str) -> str:
    """The mode that a clause is about: OJ-02 is about the token field, OJ-04 to OJ-11 are about OpenID."""
    number = int(clause[3:5])
    return "token" if number == 2 else "openid" if 4 <= number <= 11 else "open"


@pytest.mark.parametrize("mode", MODES)
def test_honest_servers_are_equal(mode: str) -> None:
    assert alike(mode)


@pytest.mark.parametrize("name", DEVIATIONS)
def test_every_deviation_can_be_seen_from_outside(name: str) -> None:
    mode = mode_of((*DEVIATIONS[name].clauses, "OJ-25")[0])
    assert not alike(mode, name)


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviations_say_what_they_break(name: str) -> None:
    deviation = DEVIATIONS[name]
    assert re.fullmatch(r"[a-zA-Z0-9-]+", name)
    assert deviation.says.endswith(".")
    assert re.fullmatch(r"optimajet/\w+/[a-z]+(/[\w-]+)+", deviation.case)
    assert deviation.clauses or "/contract/" in deviation.case
    assert all(re.fullmatch(r"OJ-\d{2}[a-z]?", clause) for clause in deviation.clauses)


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ({"deviations": frozenset({"skip-ignore"})}, "skip-ignored"),
        ({"choices": {"id_cas": "lower"}}, "id_case"),
        ({"choices": {"id_case": "upper"}}, "lower"),
        ({"mode": "opened"}, "open"),
    ],
)
def test_unknown_settings_name_the_nearest(settings: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        catalogue.find("optimajet").build(Settings(**settings))
