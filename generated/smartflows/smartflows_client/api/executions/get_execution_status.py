from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecution


def _get_kwargs(execution_id: UUID, *, output: bool | MISSING = MISSING) -> dict[str, Any]:
    return {
        "method": "get",
        "url": _wire.path("/flows/executions/{execution_id}/status", execution_id=execution_id),
        "params": _wire.present({"output": output}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> FlowExecution | None:
    if response.status_code == 200:
        reply_200: FlowExecution = _wire.success(FlowExecution, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[FlowExecution | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    execution_id: UUID, *, client: _client.Client, output: bool | MISSING = MISSING
) -> _types.Response[FlowExecution | None]:
    """Read an execution, with its output or without

    Args:
        execution_id (UUID):
        output (bool | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(execution_id, output=output))
    )


def sync(
    execution_id: UUID, *, client: _client.Client, output: bool | MISSING = MISSING
) -> FlowExecution | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(execution_id, client=client, output=output).parsed


async def asyncio_detailed(
    execution_id: UUID, *, client: _client.Client, output: bool | MISSING = MISSING
) -> _types.Response[FlowExecution | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(execution_id, output=output))
    )


async def asyncio(
    execution_id: UUID, *, client: _client.Client, output: bool | MISSING = MISSING
) -> FlowExecution | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(execution_id, client=client, output=output)).parsed
