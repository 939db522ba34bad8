"""Creates at one instant over real sockets."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import uuid4

import httpx

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
