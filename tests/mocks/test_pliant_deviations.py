from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from pliant_api import Pliant

from conformance.mocks import catalogue

WITHIN = {"B": None, "day": "2026-03-01", "text": "[1]", "big": 3_000_000_000}
ODD_INPUTS = (
    "e\u0301",
    "long" * 300,
    "a\tb\nc",
    "0042",
    "a\r\nb",
    "",
    0,
    False,
    0.125,
    [7],
    [*range(11)],
    WITHIN,
    "x" * 70_000,
    True,
    "%41&lt;\xa0",
)
UNKNOWN = ({"colour": {}}, {"input": "a", "colour": "red"}, {"input": "a", "sync": False}, {"input": "a", "$uuid": "x"})


def told(pliant: Pliant) -> list[Any]:
    """What a broad tour of the API hears; whatever a deviation breaks, something here is not as usual."""
    fixtures = pliant.fixtures
    asked = {"folder": fixtures["workflow_folder"], "name": fixtures["workflow_name"], "sync": "true"}
    token = pliant.token()
    pliant.tokens["main"] = token.json().get("access_token", "")
    tour = [
        token,
        pliant.token(scope=None),
        pliant.token(scope="read"),
        pliant.token(password="wrong"),
        pliant.token(password=""),
        pliant.token(password=pliant.told("other")["password"]),
        pliant.at_path(params={}, headers=bearer(token.json().get("refresh_token", "x"))),
        pliant.token(password=None),
        pliant.token("other", password=pliant.told("main")["password"]),
        pliant("POST", "/api/oauth/token", "", data=refreshing(token)),
        pliant.token(username="nobody"),
        pliant("POST", "/api/oauth/token", "", data={"grant_type": "password", "username": "admin"}),
        pliant("POST", "/api/v1/trigger/admin", "", params={"folder": fixtures["workflow_folder"], "name": "ping"}),
        pliant.trigger("reader", sync="true"),
        pliant.trigger("other", sync="true"),
        pliant.trigger(sync="true", inputs={"input": "a", "colour": "red"}),
        pliant.trigger(sync="true", inputs={"input": "a", "name": "red"}),
        pliant.trigger(sync=["null", "null"]),
        pliant.trigger(username="guest"),
        pliant.trigger(folder="Other WorkFlows"),
        pliant.trigger(name="pang"),
        pliant.trigger(name="ping pong"),
        pliant.trigger(name="pong ping"),
        pliant.trigger(name="pang", sync="true"),
        pliant("POST", "/api/v1/trigger/admin", "", params=dict(asked), json={}),
        pliant("POST", "/api/v1/trigger/admin", "", params=dict(asked), json={"input": "a"}, headers=bearer("x")),
        pliant.at_path(),
        pliant.at_path(params={"api_key": "wrong"}),
        pliant.at_path(params={"api_key": ""}),
        pliant.at_path(params={}),
        pliant.at_path(params={}, headers=bearer("x")),
        pliant.at_path("POST", "reader", params={}),
        pliant.at_path("POST", json={"input": "a"}),
        *(pliant.at_path("POST", "main", at=at, params={"sync": "true"}) for at in elsewhere(fixtures)),
    ]
    nearly = bearer(f"{pliant.tokens['main'][:-3]}...")
    tour.append(pliant("GET", "/api/v1/stats/log/x", "", headers=nearly))
    slow = fixtures["slow_workflow_name"]
    for query in ({"sync": "true"}, {"sync": "false"}, {}, {"name": slow}, {"name": slow, "sync": "true"}):
        run = pliant.trigger(**query)
        tour += [run, *(pliant.log(run.json().get("$uuid", "")) for _ in range(2))]
        pliant.control("advance_clock", seconds=3)
        tour.append(pliant.log(run.json().get("$uuid", ""), "reader"))
    tour += [pliant.log(str(uuid.UUID(int=0)), ""), pliant("GET", "/api/v1/stats/log/x", "", headers=bearer("x"))]
    wrong = pliant.client()["authorization"][:-8] + "AAAAAAA="
    tour.append(pliant("POST", "/api/oauth/token", "", data=form(pliant), headers={"authorization": wrong}))
    nobody = pliant.basic("nobody", pliant.told("main")["client_secret"])
    tour.append(pliant("POST", "/api/oauth/token", "", data=form(pliant), headers=nobody))
    pliant.control("advance_clock", seconds=2 * 3600)
    old, refresh = (bearer(token.json().get(f"{kind}_token", "x")) for kind in ("access", "refresh"))
    run = tour[-5].json().get("id", "x")
    tour.append(pliant.log(run))
    tour += [pliant("GET", f"/api/v1/stats/log/{run}", "", headers=headers) for headers in (old, refresh)]
    tour += _long_life(pliant)
    tour.append(pliant.trigger())
    pliant.control("advance_clock", seconds=24 * 3600)
    tour += [pliant.trigger(), pliant("GET", f"/api/v1/stats/log/{run}", "", headers=old)]
    return [(reply.status_code, reply.text) for reply in tour]


def _long_life(pliant: Pliant) -> list[Any]:
    """Tokens outlive others and wrong passwords, and logs the runs that come after."""
    pliant.tokens["main"] = pliant.token().json().get("access_token", "")
    tour = [pliant.token(password="wrong"), pliant.token(password="wrong"), pliant.trigger()]
    run = pliant.trigger(sync="true", inputs={"input": "first"})
    for _ in range(3):
        pliant.trigger(sync="true", inputs={"input": "later"})
    odd = pliant.trigger(sync="true", inputs={"input": f" {'odd ' * 30} "})
    tour += [one for each in (run, odd) for one in (each, pliant.log(each.json().get("$uuid", "")))]
    tour += [pliant.trigger(sync="true", inputs={"input": text}) for text in ODD_INPUTS]
    tour += [pliant.trigger(sync="true", inputs=sent) for sent in UNKNOWN]
    tour.append(pliant.at_path("POST", "main", params={"sync": "true"}, json={"input": 0.5}))
    unwaited = [pliant.trigger(sync="false", inputs={"input": value}) for value in (" a ", 0.5, False)]
    tour += [one for run in unwaited for one in (run, pliant.log(run.json().get("$uuid", "")))]
    both = pliant.together([_waiting(pliant, text) for text in ("one", "other")])
    tour += [one for run in both for one in (run, pliant.log(run.json().get("$uuid", "")))]
    foreign = pliant.trigger("other", sync="true")
    return [*tour, foreign, pliant.log(foreign.json().get("$uuid", ""), "other")]


def _waiting(pliant: Pliant, text: str) -> tuple[str, str, str, dict[str, Any]]:
    """A trigger that waits, to be sent beside others."""
    fixtures = pliant.fixtures
    query = {"folder": fixtures["workflow_folder"], "name": fixtures["workflow_name"], "sync": "true"}
    options = {"params": query, "json": {"input": text}}
    return "POST", f"/api/v1/trigger/{fixtures['workflow_owner']}", "main", options


def elsewhere(fixtures: dict[str, str]) -> list[str]:
    """Addresses each of which has one wrong part."""
    owner, folder, name = (fixtures[f"workflow_{part}"] for part in ("owner", "folder_path", "name"))
    wrong = [f"nobody/User/{folder}/{name}", f"{owner}/User/nowhere/{name}", f"{owner}/User/{folder}/nothing"]
    return [*wrong, f"{owner}/User/x{folder}/{name}"]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def refreshing(token: Any) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": token.json().get("refresh_token", "x")}


def form(pliant: Pliant) -> dict[str, str]:
    told = pliant.told("main")
    return {"grant_type": "password", "username": told["username"], "password": told["password"]}


@pytest.fixture(scope="module")
def honest() -> list[Any]:
    return told(Pliant())


def test_the_tour_is_the_same_twice(honest: list[Any]) -> None:
    assert told(Pliant()) == honest


@pytest.mark.parametrize("name", catalogue.find("pliant").deviations())
def test_every_deviation_is_seen_from_outside(name: str, honest: list[Any]) -> None:
    deviation = catalogue.find("pliant").deviations()[name]
    assert told(Pliant(deviations=frozenset({name}))) != honest
    assert deviation.says.endswith(".")
    assert deviation.case.startswith("pliant/")
    assert all(re.fullmatch(r"PL-\d\d[a-z]?", clause) for clause in deviation.clauses)
