from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import InstanceRequest, StatesResult


def _get_kwargs(process_id: UUID, *, body: InstanceRequest | MISSING = MISSING) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": _wire.path("/workflowapi/getavailablestatetoset/{process_id}", process_id=process_id),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> StatesResult | None:
    if response.status_code == 200:
        reply_200: StatesResult = _wire.success(StatesResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[StatesResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    process_id: UUID, *, client: _client.Client, body: InstanceRequest | MISSING = MISSING
) -> _types.Response[StatesResult | None]:
    """List the states that a process can be set to

    Args:
        process_id (UUID):
        body (InstanceRequest | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(process_id, body=body)))


def sync(
    process_id: UUID, *, client: _client.Client, body: InstanceRequest | MISSING = MISSING
) -> StatesResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(process_id, client=client, body=body).parsed


async def asyncio_detailed(
    process_id: UUID, *, client: _client.Client, body: InstanceRequest | MISSING = MISSING
) -> _types.Response[StatesResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(process_id, body=body))
    )


async def asyncio(
    process_id: UUID, *, client: _client.Client, body: InstanceRequest | MISSING = MISSING
) -> StatesResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(process_id, client=client, body=body)).parsed
