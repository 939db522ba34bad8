"""An Instabase mock asked in process."""

from __future__ import annotations

import json
from typing import Any

import httpx
from conftest import CONTROLS, ORIGIN, Api

from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import Settings


class Instabase(Api):
    """Calls of one Instabase mock as one of its identities."""

    def __init__(self, **settings: Any) -> None:
        self.mock = catalogue.find("instabase").build(Settings(**settings))
        self.environment = filled(self.mock.environment, ORIGIN, CONTROLS)
        self.fixtures = self.environment["fixtures"]

    def pipelines(self, identity: str = "main") -> httpx.Response:
        return self("GET", "/api/v1/flow/pipeline", identity)

    def update(self, *ids: str, job: str = "", identity: str = "main", **changed: Any) -> httpx.Response:
        body = {"job_id": job or self.fixtures["job_id"], "pipeline_ids": list(ids), **changed}
        return self("POST", "/api/v1/jobs/pipelines", identity, content=json.dumps(body))

    def members(self, job: str = "") -> list[str]:
        found: list[str] = self.control("job_members", id=job or self.fixtures["job_id"]).json()["members"]
        return found

    def run(self, identity: str = "main", **changed: Any) -> httpx.Response:
        body = {"input_dir": self.fixtures["input_dir"], **changed}
        return self("POST", "/api/v1/flow/run_flow_async", identity, json=body)

    def status(self, job: str, identity: str = "main", **query: str) -> httpx.Response:
        return self("GET", "/api/v1/jobs/status", identity, params={"job_id": job, "type": "flow", **query})


def refused(reply: httpx.Response) -> bool:
    """Whether a reply is a refusal in the vendor's envelope."""
    body = reply.json()
    return reply.status_code == 200 and body["status"] == "ERROR" and isinstance(body["msg"], str)
