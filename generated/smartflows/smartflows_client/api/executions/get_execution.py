from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecutionDetail


def _get_kwargs(execution_id: UUID) -> dict[str, Any]:
    return {"method": "get", "url": _wire.path("/flows/executions/{execution_id}", execution_id=execution_id)}


def _parse_response(client: _client.Client, response: httpx.Response) -> FlowExecutionDetail | None:
    if response.status_code == 200:
        reply_200: FlowExecutionDetail = _wire.success(FlowExecutionDetail, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[FlowExecutionDetail | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    execution_id: UUID, *, client: _client.Client
) -> _types.Response[FlowExecutionDetail | None]:
    """Read an execution with what it made

    Meant for an execution whose status is stable.

    Args:
        execution_id (UUID):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(execution_id)))


def sync(execution_id: UUID, *, client: _client.Client) -> FlowExecutionDetail | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(execution_id, client=client).parsed


async def asyncio_detailed(
    execution_id: UUID, *, client: _client.Client
) -> _types.Response[FlowExecutionDetail | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(execution_id)))


async def asyncio(execution_id: UUID, *, client: _client.Client) -> FlowExecutionDetail | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(execution_id, client=client)).parsed
