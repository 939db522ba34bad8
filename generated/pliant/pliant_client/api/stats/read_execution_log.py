from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import ExecutionLog


def _get_kwargs(log_id: UUID) -> dict[str, Any]:
    return {"method": "get", "url": _wire.path("/api/v1/stats/log/{log_id}", log_id=log_id)}


def _parse_response(client: _client.Client, response: httpx.Response) -> ExecutionLog | None:
    if response.status_code == 200:
        reply_200: ExecutionLog = _wire.success(ExecutionLog, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[ExecutionLog | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(log_id: UUID, *, client: _client.Client) -> _types.Response[ExecutionLog | None]:
    """Read how a run went

    The result is there eventually; what a run that goes on shows before is not written.

    Args:
        log_id (UUID):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(log_id)))


def sync(log_id: UUID, *, client: _client.Client) -> ExecutionLog | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(log_id, client=client).parsed


async def asyncio_detailed(log_id: UUID, *, client: _client.Client) -> _types.Response[ExecutionLog | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(log_id)))


async def asyncio(log_id: UUID, *, client: _client.Client) -> ExecutionLog | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(log_id, client=client)).parsed
