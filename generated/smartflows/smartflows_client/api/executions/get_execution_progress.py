from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecutionProgress


def _get_kwargs(execution_id: UUID, *, timeout: int | MISSING = 30) -> dict[str, Any]:
    return {
        "method": "get",
        "url": _wire.path("/flows/executions/{execution_id}/progress", execution_id=execution_id),
        "params": _wire.present({"timeout": timeout}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> FlowExecutionProgress | None:
    if 200 <= response.status_code <= 299:
        reply_200: FlowExecutionProgress = _wire.success(FlowExecutionProgress, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[FlowExecutionProgress | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    execution_id: UUID, *, client: _client.Client, timeout: int | MISSING = 30
) -> _types.Response[FlowExecutionProgress | None]:
    """Read how far an execution is, or wait for news of it

    Args:
        execution_id (UUID):
        timeout (int | MISSING):  Default: 30.

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(execution_id, timeout=timeout))
    )


def sync(
    execution_id: UUID, *, client: _client.Client, timeout: int | MISSING = 30
) -> FlowExecutionProgress | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(execution_id, client=client, timeout=timeout).parsed


async def asyncio_detailed(
    execution_id: UUID, *, client: _client.Client, timeout: int | MISSING = 30
) -> _types.Response[FlowExecutionProgress | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(execution_id, timeout=timeout))
    )


async def asyncio(
    execution_id: UUID, *, client: _client.Client, timeout: int | MISSING = 30
) -> FlowExecutionProgress | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(execution_id, client=client, timeout=timeout)).parsed
