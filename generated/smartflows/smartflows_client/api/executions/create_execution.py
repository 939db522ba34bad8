from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecutionProgress, InputObject
from ...types import File


def _get_kwargs(*, body: File | InputObject | MISSING = MISSING, flow_id: UUID) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/flows/executions",
        "params": _wire.present({"flowId": flow_id}),
        "headers": {},
    }
    if isinstance(body, File):
        _request |= {"content": body.read()}
        _request["headers"] |= {"Content-Type": "application/xml"}
    if isinstance(body, InputObject):
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


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
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow_id: UUID
) -> _types.Response[FlowExecutionProgress | None]:
    """Begin an execution of a flow

    XML follows the structure of the flow's inputDataset. A flow without one is begun without a body,
    and a plug-in sends JSON.

    Args:
        flow_id (UUID):
        body (File | MISSING):
        body (InputObject | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(body=body, flow_id=flow_id))
    )


def sync(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow_id: UUID
) -> FlowExecutionProgress | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body, flow_id=flow_id).parsed


async def asyncio_detailed(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow_id: UUID
) -> _types.Response[FlowExecutionProgress | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(body=body, flow_id=flow_id))
    )


async def asyncio(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow_id: UUID
) -> FlowExecutionProgress | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body, flow_id=flow_id)).parsed
