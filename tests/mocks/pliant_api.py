"""A Pliant mock asked in process, with a token for each identity."""

from __future__ import annotations

from typing import Any

import httpx
from conftest import CONTROLS, ORIGIN, Api

from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import Settings

ECHOED = {"input": "Hello Pliant!"}


class Pliant(Api):
    """Calls of one Pliant mock, with a token for each identity."""

    def __init__(self, **settings: Any) -> None:
        self.mock = catalogue.find("pliant").build(Settings(**settings))
        self.environment = filled(self.mock.environment, ORIGIN, CONTROLS)
        self.fixtures = self.environment["fixtures"]
        self.tokens: dict[str, str] = {}

    def __call__(self, method: str, path: str, identity: str = "main", **options: Any) -> httpx.Response:
        if identity:
            self.auth(identity)
        return super().__call__(method, path, identity, **options)

    def told(self, identity: str) -> dict[str, str]:
        environment = self.environment
        told: dict[str, str] = environment["auth"] if identity == "main" else environment["identities"][identity]
        return told

    def token(self, identity: str = "main", **changed: str | None) -> httpx.Response:
        told = self.told(identity)
        form = {"grant_type": "password", **{name: told[name] for name in ("username", "password")}}
        form |= {"scope": told["scope"]} if "scope" in told else {}
        sent = {name: value for name, value in {**form, **changed}.items() if value is not None}
        return self("POST", "/api/oauth/token", "", data=sent, headers=self.client(identity))

    def client(self, identity: str = "main") -> dict[str, str]:
        return self.basic(self.told(identity)["client_id"], self.told(identity)["client_secret"])

    def basic(self, name: str, secret: str) -> dict[str, str]:
        basic = httpx.BasicAuth(name, secret)
        return {"authorization": next(basic.auth_flow(httpx.Request("GET", ORIGIN))).headers["authorization"]}

    def auth(self, identity: str) -> dict[str, str]:
        if identity not in self.tokens:
            self.tokens[identity] = self.token(identity).json().get("access_token", "")
        return {"authorization": f"Bearer {self.tokens[identity]}"}

    def trigger(self, identity: str = "main", name: str = "", inputs: Any = None, **query: Any) -> httpx.Response:
        fixtures = self.fixtures
        params = {"folder": fixtures["workflow_folder"], "name": name or fixtures["workflow_name"], **query}
        path = f"/api/v1/trigger/{params.pop('username', fixtures['workflow_owner'])}"
        return self("POST", path, identity, params=params, json=ECHOED if inputs is None else inputs)

    def log(self, key: str, identity: str = "main") -> httpx.Response:
        return self("GET", f"/api/v1/stats/log/{key}", identity)

    def at_path(self, method: str = "GET", identity: str = "", at: str = "", **options: Any) -> httpx.Response:
        owner, folder, name = (self.fixtures[f"workflow_{part}"] for part in ("owner", "folder_path", "name"))
        path = at or f"{owner}/User/{folder}/{name}"
        key = self.told("keyed")["token"]
        options.setdefault("params", {"sync": "true", "api_key": key, "worker_group": "default"})
        return self(method, f"/api/v1/trigger/{path}", identity, **options)
