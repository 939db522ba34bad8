from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet
from optimajet_api import API, DISCOVERY, WorkflowApi

from conformance.mocks.optimajet import jwts
from conformance.mocks.optimajet.routes import OPERATIONS

GUARDED = [operation for operation in OPERATIONS if operation.fields]


def path_of(path: str, api: WorkflowApi) -> str:
    return path.replace("{processId}", api.fixtures["process_id"]).replace("{name}", api.fixtures["flow_name"])


def refusals(api: WorkflowApi, **options: Any) -> list[httpx.Response]:
    return [api(operation.method, path_of(operation.path, api), **options) for operation in GUARDED]


def test_open_asks_for_nothing() -> None:
    api = WorkflowApi()
    assert api.environment["auth"] == {"kind": "none"}
    assert api.get("getschemelist")["success"] is True
    assert api.post("getschemelist", token=None)["success"] is True
    assert api.get("getschemelist", token="whatever")["success"] is True


@pytest.mark.parametrize("mode", ["token", "openid"])
def test_every_operation_is_guarded(mode: str) -> None:
    api = WorkflowApi(mode)
    for reply in refusals(api):
        assert reply.json()["success"] is False
        assert reply.json()["error"]
        assert reply.json()["message"]
    assert api("GET", DISCOVERY).status_code == 200


def test_the_token_is_a_field_of_the_query_the_body_or_a_form() -> None:
    api = WorkflowApi("token")
    right = {"token": api.access_token}
    assert api.get("inbox", **right)["success"] is True
    assert api.post("inbox", **right)["success"] is True
    assert api("POST", f"{API}/inbox", data=right).json()["success"] is True
    assert api("POST", f"{API}/inbox", params=right).json()["success"] is True
    assert api.get("inbox", Token=api.access_token)["success"] is True


@pytest.mark.parametrize("wrong", ["", "x", None, 1, True, [], {}])
def test_a_wrong_token_is_refused(wrong: object) -> None:
    assert WorkflowApi("token").post("inbox", token=wrong)["success"] is False


def test_a_token_by_its_place() -> None:
    api = WorkflowApi("token", choices={"token_place": "natural"})
    right = {"token": api.access_token}
    assert api("POST", f"{API}/inbox", params=right).json()["success"] is False
    assert api.post("inbox", **right)["success"] is True
    assert api.get("inbox", **right)["success"] is True


@pytest.mark.parametrize("status", ["200", "401", "403"])
def test_the_status_of_a_refusal_is_a_choice(status: str) -> None:
    token = WorkflowApi("token", choices={"refused_token": status})
    assert token("GET", f"{API}/inbox").status_code == int(status)
    bearer = WorkflowApi("openid", choices={"refused_bearer": status})
    assert bearer("GET", f"{API}/inbox").status_code == int(status)


def test_the_access_token_can_be_set() -> None:
    api = WorkflowApi()
    assert api.control("set_access_token", token="secret").status_code == 200
    assert api.get("inbox")["success"] is False
    assert api.get("inbox", token="secret")["success"] is True
    assert api.control("set_access_token", token="").status_code == 200
    assert api.get("inbox")["success"] is True


def test_openid_needs_an_access_token() -> None:
    api = WorkflowApi("openid")
    assert api.control("set_access_token", token="").status_code == 400
    assert api.control("set_access_token", token="other").status_code == 200
    assert api.grant().status_code == 400
    assert api.grant(client_secret="other").status_code == 200


def test_reset_restores_the_access_token() -> None:
    api = WorkflowApi("token")
    api.control("set_access_token", token="other")
    api.control("reset")
    assert api.get("inbox", token=api.access_token)["success"] is True


def test_discovery_leads_to_tokens_that_open_the_door() -> None:
    api = WorkflowApi("openid")
    found = api("GET", DISCOVERY)
    assert found.headers["content-type"] == "application/json"
    assert found.json()["token_endpoint"].endswith("/connect/token")
    assert api("GET", f"{API}/inbox").status_code == 401
    assert "Bearer" in api("GET", f"{API}/inbox").headers["www-authenticate"]
    api.log_in()
    assert api.get("inbox")["success"] is True


def test_a_token_is_a_signed_jwt_of_an_hour() -> None:
    api = WorkflowApi("openid")
    keys = KeySet.import_key_set(api("GET", api("GET", DISCOVERY).json()["jwks_uri"]).json())
    assert all("d" not in key.as_dict() for key in keys.keys)
    token = jwt.decode(api.log_in(), keys, algorithms=["RS256"])
    assert token.header["typ"] == "at+jwt"
    assert token.claims["aud"] == "WorkflowApi"
    assert token.claims["client_id"] == "workflowapi"
    assert token.claims["scope"] == ["WorkflowApi"]
    assert token.claims["exp"] - token.claims["iat"] == 3600
    head, claims, signature = api.bearer.split(".")
    with pytest.raises(BadSignatureError):
        jwt.decode(f"{head}.{claims}.{signature[::-1]}", keys, algorithms=["RS256"])


def test_a_token_expires() -> None:
    api = WorkflowApi("openid")
    api.log_in()
    api.control("advance_clock", seconds=3590)
    assert api.get("inbox")["success"] is True
    api.control("advance_clock", seconds=10)
    assert api("GET", f"{API}/inbox").status_code == 401
    api.log_in()
    assert api.get("inbox")["success"] is True


def _unsigned(token: str) -> str:
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


def test_a_forged_token_is_refused() -> None:
    api = WorkflowApi("openid")
    token = api.log_in()
    head, claims, signature = token.split(".")
    other = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"exp": 4_000_000_000}
    longer = base64.urlsafe_b64encode(json.dumps(other).encode()).decode().rstrip("=")
    for forged in (f"{head}.{longer}.{signature}", _unsigned(token), f"{head}.{claims}", "garbage", "a.b.c"):
        api.bearer = forged
        assert api("GET", f"{API}/inbox").status_code == 401, forged
    assert jwts.verified("é.é.é") is None


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"client_id": None}, "invalid_client"),
        ({"client_secret": "other"}, "invalid_client"),
        ({"client_secret": ""}, "invalid_client"),
        ({"client_secret": None}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
    ],
)
def test_a_token_request_is_refused(changed: dict[str, str | None], error: str) -> None:
    reply = WorkflowApi("openid").grant(**changed)
    assert reply.status_code == 400
    assert reply.json() == {"error": error}


def test_a_token_request_is_a_form() -> None:
    api = WorkflowApi("openid")
    sent = {"client_id": "workflowapi", "client_secret": api.access_token, "grant_type": "client_credentials"}
    assert api("POST", "/connect/token", json=sent).json() == {"error": "invalid_request"}


def test_credentials_in_a_header_are_a_choice() -> None:
    for setting, status in (("refused", 400), ("accepted", 200)):
        api = WorkflowApi("openid", choices={"basic_client": setting})
        pair = base64.b64encode(f"workflowapi:{api.access_token}".encode()).decode()
        header = {"authorization": f"Basic {pair}"}
        form = {"grant_type": "client_credentials"}
        assert api("POST", "/connect/token", data=form, headers=header).status_code == status


def test_credentials_beyond_ascii_are_nobodys() -> None:
    api = WorkflowApi("openid", choices={"basic_client": "accepted"})
    header = {"authorization": "Basic clé".encode()}
    reply = api("POST", "/connect/token", data={"grant_type": "client_credentials"}, headers=header)
    assert reply.json() == {"error": "invalid_client"}


def test_nobody_gets_a_token_while_no_access_token_is_set() -> None:
    assert WorkflowApi().grant(client_secret="").json() == {"error": "invalid_client"}


def test_equal_seeds_grant_equal_tokens() -> None:
    first, second, other = (WorkflowApi("openid", seed=seed).log_in() for seed in (1, 1, 2))
    assert first == second != other
