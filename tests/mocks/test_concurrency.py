"""Creates at one instant over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx
import pytest

from conformance.mocks.embedded import Running, embedded
from conformance.mocks.kit.model import Settings


def test_a_thousand_creates_with_two_hundred_replays_of_one_id_make_801_processes() -> None:
    with embedded("kuflow", Settings(seed=1)) as running:
        statuses, made = asyncio.run(create_at_once(running))
    assert statuses == {201: 801, 200: 199}
    assert made == 801


async def create_at_once(running: Running) -> tuple[Counter[int], int]:
    auth = httpx.BasicAuth(running.environment["auth"]["username"], running.environment["auth"]["password"])
    ids = [str(uuid4()) for _ in range(800)] + [str(uuid4())] * 200
    definition = running.environment["fixtures"]["process_definition_id"]
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(auth=auth, limits=limits, timeout=60, trust_env=False) as client:

        async def create(process: str) -> int:
            body = {"id": process, "processDefinitionId": definition}
            return (await client.post(f"{running.url}/processes", json=body)).status_code

        async def total() -> int:
            reply = await client.get(f"{running.url}/processes", params={"size": 0})
            return int(reply.json()["metadata"]["totalElements"])

        before = await total()
        statuses = Counter(await asyncio.gather(*map(create, ids)))
        return statuses, await total() - before


@pytest.mark.parametrize(
    ("name", "path", "method", "bodies"),
    [
        (
            "patches-lost-in-a-race",
            "processes/{process}/entity",
            "PATCH",
            [[{"op": "add", "path": f"/x{number}", "value": 1}] for number in range(4)],
        ),
        (
            "log-entries-lost-in-a-race",
            "process-items/{task}/task/~actions/append-log",
            "POST",
            [{"message": f"line {number}", "level": "INFO"} for number in range(4)],
        ),
    ],
)
def test_what_comes_at_one_instant_is_all_there_unless_it_is_lost_on_purpose(
    name: str, path: str, method: str, bodies: list[Any]
) -> None:
    def kept(deviations: frozenset[str]) -> int:
        with embedded("kuflow", Settings(seed=1, deviations=deviations)) as running:
            return asyncio.run(sent_at_once(running, path, method, bodies))

    assert kept(frozenset()) == len(bodies)
    assert kept(frozenset({name})) < len(bodies)


async def sent_at_once(running: Running, path: str, method: str, bodies: list[Any]) -> int:
    """How many members, or entries, a read shows after all bodies were sent at one instant."""
    fixtures = running.environment["fixtures"]
    auth = httpx.BasicAuth(running.environment["auth"]["username"], running.environment["auth"]["password"])
    async with httpx.AsyncClient(auth=auth, timeout=60, trust_env=False) as client:

        async def create(kind: str, **body: Any) -> str:
            return str((await client.post(f"{running.url}/{kind}", json=body)).json()["id"])

        process = await create("processes", processDefinitionId=fixtures["process_definition_id"])
        task_of = {"taskDefinitionCode": fixtures["task_definition_code"]}
        task = await create("process-items", type="TASK", processId=process, task=task_of)
        url = f"{running.url}/{path.format(process=process, task=task)}"
        kind = {"Content-Type": "application/json-patch+json" if method == "PATCH" else "application/json"}
        sent = [client.request(method, url, content=json.dumps(body), headers=kind) for body in bodies]
        assert {reply.status_code for reply in await asyncio.gather(*sent)} == {200}
        entity = (await client.get(f"{running.url}/processes/{process}")).json().get("entity", {"value": {}})
        logs = (await client.get(f"{running.url}/process-items/{task}")).json()["task"]["logs"]
        return len(entity["value"]) + len(logs)
