"""A thousand creates at one instant over real sockets, two hundred of them replays of one id.

Usage: python benchmarks/concurrent_creates.py
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from uuid import uuid4

import httpx

from conformance.mocks.embedded import embedded
from conformance.mocks.kit.model import Settings

DISTINCT, REPLAYS = 800, 200


async def main() -> None:
    """Send, count what came back, and count what exists."""
    with embedded("kuflow", Settings(seed=1)) as running:
        environment = running.environment
        auth = httpx.BasicAuth(environment["auth"]["username"], environment["auth"]["password"])
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        async with httpx.AsyncClient(auth=auth, limits=limits, timeout=60, trust_env=False) as client:
            before = await total(client, running.url)
            ids = [str(uuid4()) for _ in range(DISTINCT)] + [str(uuid4())] * REPLAYS
            definition = environment["fixtures"]["process_definition_id"]
            started = time.perf_counter()
            replies = await asyncio.gather(
                *(
                    client.post(f"{running.url}/processes", json={"id": one, "processDefinitionId": definition})
                    for one in ids
                )
            )
            seconds = time.perf_counter() - started
            made = await total(client, running.url) - before
    statuses = Counter(reply.status_code for reply in replies)
    print(f"{len(replies)} replies in {seconds:.1f} s: {dict(statuses)}; {made} processes made")


async def total(client: httpx.AsyncClient, url: str) -> int:
    """How many processes there are."""
    reply = await client.get(f"{url}/processes", params={"size": 0})
    return int(reply.json()["metadata"]["totalElements"])


if __name__ == "__main__":
    asyncio.run(main())
