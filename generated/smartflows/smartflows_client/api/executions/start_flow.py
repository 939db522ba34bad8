from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecution, InputObject
from ...types import File


def _get_kwargs(*, body: File | InputObject | MISSING = MISSING, flow: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/flows/executions/start",
        "params": _wire.present({"flow": flow}),
        "headers": {},
    }
    if isinstance(body, File):
        _request |= {"content": body.read()}
        _request["headers"] |= {"Content-Type": "application/xml"}
    if isinstance(body, InputObject):
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> FlowExecution | None:
    if 200 <= response.status_code <= 299:
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
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow: str
) -> _types.Response[FlowExecution | None]:
    """Begin an execution that asks its user nothing

    Args:
        flow (str):
        body (File | MISSING):
        body (InputObject | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(body=body, flow=flow)))


def sync(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow: str
) -> FlowExecution | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body, flow=flow).parsed


async def asyncio_detailed(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow: str
) -> _types.Response[FlowExecution | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(body=body, flow=flow))
    )


async def asyncio(
    *, client: _client.Client, body: File | InputObject | MISSING = MISSING, flow: str
) -> FlowExecution | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body, flow=flow)).parsed
