"""A KuFlow mock asked in process, without sockets."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import AsgiApp, Settings

ORIGIN, CONTROLS = "http://mock", "http://controls"
PATCH = {"content-type": "application/json-patch+json"}
OCTETS = {"content-type": "application/octet-stream"}


class Api:
    """Calls of one mock as one of its identities."""

    def __init__(self, **settings: Any) -> None:
        self.mock = catalogue.find("kuflow").build(Settings(**settings))
        self.environment = filled(self.mock.environment, ORIGIN, CONTROLS)
        self.fixtures: dict[str, Any] = self.environment["fixtures"]

    def auth(self, identity: str) -> dict[str, str]:
        told = self.environment["auth"] if identity == "main" else self.environment["identities"][identity]
        if told["kind"] == "bearer":
            return {"authorization": f"Bearer {told['token']}"}
        basic = httpx.BasicAuth(told["username"], told["password"])
        return {"authorization": next(basic.auth_flow(httpx.Request("GET", ORIGIN))).headers["authorization"]}

    def __call__(self, method: str, path: str, identity: str = "main", **options: Any) -> httpx.Response:
        return self.together([(method, path, identity, options)])[0]

    def together(self, calls: list[tuple[str, str, str, dict[str, Any]]]) -> list[httpx.Response]:
        async def one(client: httpx.AsyncClient, call: tuple[str, str, str, dict[str, Any]]) -> httpx.Response:
            method, path, identity, options = call
            headers = (self.auth(identity) if identity else {}) | options.pop("headers", {})
            return await client.request(method, path, headers=headers, **options)

        async def every() -> list[httpx.Response]:
            async with self._client(self.mock.app, self.environment["url"]) as client:
                return await asyncio.gather(*(one(client, call) for call in calls))

        return asyncio.run(every())

    def control(self, control: str, **body: Any) -> httpx.Response:
        async def one() -> httpx.Response:
            async with self._client(self.mock.controls, CONTROLS) as client:
                return await client.post(f"/{control}", json=body)

        return asyncio.run(one())

    @staticmethod
    def _client(app: AsgiApp, base: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base)

    def process(self, **body: Any) -> Any:
        reply = self("POST", "/processes", json={"processDefinitionId": self.fixtures["process_definition_id"], **body})
        assert reply.status_code == 201, reply.text
        return reply.json()

    def task(self, process: str, **body: Any) -> Any:
        sent = {
            "type": "TASK",
            "processId": process,
            "task": {"taskDefinitionCode": self.fixtures["task_definition_code"]},
            **body,
        }
        reply = self("POST", "/process-items", json=sent)
        assert reply.status_code == 201, reply.text
        return reply.json()


@pytest.fixture
def api() -> Api:
    """An honest mock of its own."""
    return Api()


@pytest.fixture(scope="session")
def still() -> Api:
    """An honest mock for tests that change nothing."""
    return Api()
