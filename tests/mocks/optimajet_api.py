"""An OptimaJet mock asked in process, without sockets."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Iterator
from typing import Any

import httpx

from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import AsgiApp, Settings

ORIGIN, CONTROLS = "http://mock", "http://controls"
API = "/workflowapi"
DISCOVERY = "/.well-known/openid-configuration"


class WorkflowApi:
    """Calls of one mock, with whatever its mode asks for unless ``identity`` is empty."""

    def __init__(self, mode: str = "open", **settings: Any) -> None:
        self.mode = mode
        self.mock = catalogue.find("optimajet").build(Settings(mode=mode, **settings))
        self.environment = filled(self.mock.environment, ORIGIN, CONTROLS)
        self.fixtures: dict[str, Any] = self.environment["fixtures"]
        self.bearer = ""
        self.count = 0
        self.runner: asyncio.Runner | None = None

    def __call__(self, method: str, path: str, identity: str = "main", **options: Any) -> httpx.Response:
        return self.together([(method, path, identity, options)])[0]

    @staticmethod
    def _client(app: AsgiApp, base: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base)

    @contextlib.contextmanager
    def session(self) -> Iterator[None]:
        """Calls within share one event loop, which is quicker."""
        with asyncio.Runner() as self.runner:
            self.client = self._client(self.mock.app, ORIGIN)
            yield
            self.runner.run(self.client.aclose())
        self.runner = None

    def together(self, calls: list[tuple[str, str, str, dict[str, Any]]]) -> list[httpx.Response]:
        if self.runner is None:
            with self.session():
                return self.together(calls)

        async def every() -> list[httpx.Response]:
            return await asyncio.gather(*(self._one(*call) for call in calls))

        return self.runner.run(every())

    async def _one(self, method: str, path: str, identity: str, options: dict[str, Any]) -> httpx.Response:
        proof = {"authorization": f"Bearer {self.bearer}"} if self.bearer and identity else {}
        headers = proof | options.get("headers", {})
        return await self.client.request(method, path, **{**options, "headers": headers})

    @property
    def access_token(self) -> str:
        told = self.environment["auth"]
        return str(told.get("token") or told.get("client_secret"))

    def proven(self, fields: dict[str, Any]) -> dict[str, Any]:
        """``fields`` with the token field that the mode asks for."""
        return fields | ({"token": self.access_token} if self.mode == "token" else {})

    def reply(self, method: str, path: str, identity: str = "main", **options: Any) -> tuple[int, str, str]:
        """Status, media type and text; the main identity proves itself as the mode asks for."""
        place = "params" if method == "GET" else "json"
        if identity and self.mode == "token":
            options[place] = self.proven(options.get(place, {}))
        reply = self(method, path, identity, **options)
        return reply.status_code, reply.headers.get("content-type", ""), reply.text

    def control(self, control: str, **body: Any) -> httpx.Response:
        async def one() -> httpx.Response:
            async with self._client(self.mock.controls, CONTROLS) as client:
                return await client.post(f"/{control}", json=body)

        return self.runner.run(one()) if self.runner else asyncio.run(one())

    def grant(self, **changed: str | None) -> httpx.Response:
        told = self.environment["auth"]
        sent = {
            "client_id": told.get("client_id", "workflowapi"),
            "client_secret": told.get("client_secret", ""),
            "grant_type": "client_credentials",
        } | changed
        return self("POST", "/connect/token", "", data={name: text for name, text in sent.items() if text is not None})

    def log_in(self) -> str:
        self.bearer = self.grant().json()["access_token"]
        return self.bearer

    def get(self, path: str, **query: Any) -> Any:
        reply = self("GET", f"{API}/{path}", params=query)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def post(self, path: str, **body: Any) -> Any:
        reply = self("POST", f"{API}/{path}", json=body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def fresh(self) -> str:
        self.count += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"instance {self.count}"))

    def created(self, scheme: str = "", **body: Any) -> str:
        key = self.fresh()
        reply = self.post(f"createinstance/{key}", schemeCode=scheme or self.fixtures["scheme_code"], **body)
        assert reply["success"], reply
        return key

    def info(self, key: str) -> Any:
        return self.get(f"getinstanceinfo/{key}")["data"]

    def command(self, key: str, name: str, role: str = "") -> Any:
        identity = {"identityId": self.fixtures[f"{role}_id"]} if role else {}
        return self.post(f"executecommand/{key}", command=name, **identity)

    def names(self, key: str, **query: Any) -> list[str]:
        return [item["CommandName"] for item in self.get(f"getavailablecommands/{key}", **query)["data"]]
