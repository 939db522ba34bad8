"""A Smart Flows mock asked in process, without sockets."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import AsgiApp, Settings

ORIGIN, CONTROLS = "http://mock", "http://controls"
XML = {"content-type": 'application/xml; charset="utf-8"'}

_LOOP = asyncio.new_event_loop()
atexit.register(_LOOP.close)


@dataclass(frozen=True)
class Asked:
    """One request and its reply; a control is one whose method is CONTROL."""

    method: str
    path: str
    reply: httpx.Response


class Api:
    """Calls of one mock as one of its identities; ``asked`` is everything that was asked so far, as
    long as nobody else watches."""

    def __init__(self, **settings: Any) -> None:
        self.mock = catalogue.find("smartflows").build(Settings(**settings))
        self.environment = filled(self.mock.environment, ORIGIN, CONTROLS)
        self.fixtures: dict[str, Any] = self.environment["fixtures"]
        self.asked: list[Asked] = []
        self.watch: Callable[[Asked], None] = self.asked.append

    def auth(self, identity: str) -> dict[str, str]:
        told = self.environment["auth"] if identity == "main" else self.environment["identities"][identity]
        if told["kind"] == "bearer":
            return {"authorization": f"Bearer {told['token']}"}
        return {told["header"]: told["token"]}

    def __call__(self, method: str, path: str, identity: str = "main", **options: Any) -> httpx.Response:
        headers = (self.auth(identity) if identity else {}) | options.pop("headers", {})
        reply = _asked(self.mock.app, self.environment["url"], method, path, headers, options)
        self.watch(Asked(method, path, reply))
        return reply

    def together(self, *calls: tuple[str, str]) -> list[httpx.Response]:
        """The replies to calls that are made at one instant."""
        base, headers = self.environment["url"], self.auth("main")
        requests = [httpx.Request(method, base + path, headers=headers) for method, path in calls]

        async def every() -> list[httpx.Response]:
            return await asyncio.gather(*(_answered(self.mock.app, request) for request in requests))

        return _LOOP.run_until_complete(every())

    def control(self, control: str, **body: Any) -> Any:
        reply = _asked(self.mock.controls, CONTROLS, "POST", f"/{control}", {}, {"json": body})
        self.watch(Asked("CONTROL", control, reply))
        return reply.json()

    def begin(self, flow: str, **options: Any) -> Any:
        """The progress of a new execution of the flow that a fixture names."""
        reply = self("POST", "/flows/executions", params={"flowId": self.fixtures[flow]}, **options)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def with_data(self, **options: Any) -> Any:
        """The progress of a new execution that was given XML."""
        return self.begin("flow_id", content=self.fixtures["input_xml"].encode(), headers=XML, **options)

    def progress(self, execution: str, **params: Any) -> Any:
        return self("GET", f"/flows/executions/{execution}/progress", params=params).json()

    def detail(self, execution: str) -> Any:
        return self("GET", f"/flows/executions/{execution}").json()

    def send(self, execution: str, **values: Any) -> httpx.Response:
        return self("POST", f"/flows/executions/{execution}/progress", json=values)

    def cancel(self, execution: str) -> httpx.Response:
        return self("DELETE", f"/flows/executions/{execution}/progress")


def _asked(
    app: AsgiApp, base: str, method: str, path: str, headers: dict[str, str], options: dict[str, Any]
) -> httpx.Response:
    request = httpx.Request(method, base + path, headers=headers, **options)
    return _LOOP.run_until_complete(_answered(app, request))


async def _answered(app: AsgiApp, request: httpx.Request) -> httpx.Response:
    """What ``app`` answers, called as a server calls it but without the detour of a client."""
    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.read(), "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    return httpx.Response(
        start["status"], headers=start["headers"], content=b"".join(part.get("body", b"") for part in parts)
    )
