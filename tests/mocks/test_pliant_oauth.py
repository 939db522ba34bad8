from __future__ import annotations

import uuid
from typing import Any

import pytest
from pliant_api import Pliant


@pytest.fixture
def pliant() -> Pliant:
    return Pliant()


def test_a_token_is_as_the_document_prints_it(pliant: Pliant) -> None:
    reply = pliant.token()
    token = reply.json()
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    assert (token["token_type"], token["expires_in"], token["scope"]) == ("bearer", 43199, "execute read write")
    assert uuid.UUID(token["jti"])
    assert token["access_token"] != token["refresh_token"]


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"password": "wrong"}, 400, "invalid_grant"),
        ({"username": "nobody"}, 400, "invalid_grant"),
        ({"password": None}, 400, "invalid_grant"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "made up"}, 400, "invalid_grant"),
    ],
)
def test_what_proves_nothing_gets_no_token(pliant: Pliant, changed: dict[str, Any], status: int, error: str) -> None:
    reply = pliant.token(**changed)
    assert (reply.status_code, reply.json()["error"]) == (status, error)


@pytest.mark.parametrize("header", ["", "Basic bm9ib2R5OndyZw==", "Basic %%%", "Basic clé", "Bearer x"])
def test_a_client_proves_itself(pliant: Pliant, header: str) -> None:
    reply = pliant(
        "POST", "/api/oauth/token", "", data={}, headers={"authorization": header.encode()} if header else {}
    )
    assert (reply.status_code, reply.json()["error"]) == (401, "invalid_client")
    assert reply.headers["www-authenticate"].startswith("Basic")


def test_a_token_takes_a_form(pliant: Pliant) -> None:
    sent = {"grant_type": "password"}
    assert pliant("POST", "/api/oauth/token", "", json=sent, headers=pliant.client()).status_code == 415
    twice = {"content": "grant_type=password&grant_type=password"}
    headers = {**pliant.client(), "content-type": "application/x-www-form-urlencoded"}
    assert pliant("POST", "/api/oauth/token", "", headers=headers, **twice).status_code == 400


@pytest.mark.parametrize("identity", ["main", "other", "reader", "unscoped"])
def test_scopes_limit_nothing(pliant: Pliant, identity: str) -> None:
    assert pliant.trigger(identity, sync="true").json()["output"] == "Hello Pliant!"


def test_a_token_expires_and_is_refreshed(pliant: Pliant) -> None:
    first = pliant.token().json()
    pliant.tokens["main"] = first["access_token"]
    assert pliant.control("advance_clock", seconds=43198).status_code == 200
    assert pliant.trigger().status_code == 200
    pliant.control("advance_clock", seconds=1)
    assert pliant.trigger().status_code == 401
    second = pliant.token(grant_type="refresh_token", refresh_token=first["refresh_token"], username=None).json()
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] == first["refresh_token"]
    pliant.tokens["main"] = second["access_token"]
    assert pliant.trigger().status_code == 200


def test_a_refresh_token_may_be_good_once_only() -> None:
    pliant = Pliant(choices={"refresh_rotation": "rotated"})
    first = pliant.token().json()["refresh_token"]
    second = pliant.token(grant_type="refresh_token", refresh_token=first).json()["refresh_token"]
    assert second != first
    assert pliant.token(grant_type="refresh_token", refresh_token=first).status_code == 400


def test_a_live_token_may_be_given_again() -> None:
    pliant = Pliant(choices={"reissue": "same"})
    first = pliant.token().json()
    pliant.control("advance_clock", seconds=100)
    again = pliant.token().json()
    assert again["access_token"] == first["access_token"]
    assert again["expires_in"] == first["expires_in"] - 100
    assert pliant.token("other").json()["access_token"] != first["access_token"]


def test_a_revoked_token_is_worthless_until_reset(pliant: Pliant) -> None:
    assert pliant.trigger().status_code == 200
    assert pliant.control("revoke_key", key=pliant.tokens["main"]).json() == {"revoked": 1}
    assert pliant.trigger().status_code == 401
    pliant.control("reset")
    pliant.tokens.clear()
    assert pliant.trigger().status_code == 200


def test_the_address_of_the_prose() -> None:
    for choice, status in (("absent", 404), ("present", 200)):
        pliant = Pliant(choices={"prose_address": choice})
        told = pliant.told("main")
        form = {"grant_type": "password", "username": told["username"], "password": told["password"]}
        assert pliant("POST", "/api/token", "", data=form, headers=pliant.client()).status_code == status


def test_two_servers_of_one_seed_say_the_same() -> None:
    assert Pliant(seed=3).token().json() == Pliant(seed=3).token().json()
    assert Pliant(seed=3).token().json() != Pliant(seed=4).token().json()
