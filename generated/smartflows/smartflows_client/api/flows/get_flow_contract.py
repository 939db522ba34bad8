from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowContract


def _get_kwargs(flow: str) -> dict[str, Any]:
    return {"method": "post", "url": _wire.path("/flows/{flow}/contract", flow=flow)}


def _parse_response(client: _client.Client, response: httpx.Response) -> FlowContract | None:
    if response.status_code == 200:
        reply_200: FlowContract = _wire.success(FlowContract, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[FlowContract | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(flow: str, *, client: _client.Client) -> _types.Response[FlowContract | None]:
    """Describe what a flow takes and gives

    Args:
        flow (str):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(flow)))


def sync(flow: str, *, client: _client.Client) -> FlowContract | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(flow, client=client).parsed


async def asyncio_detailed(flow: str, *, client: _client.Client) -> _types.Response[FlowContract | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(flow)))


async def asyncio(flow: str, *, client: _client.Client) -> FlowContract | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(flow, client=client)).parsed
