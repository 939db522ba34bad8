from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import GetInstancesRequest, InstancesResult


def _get_kwargs(*, body: GetInstancesRequest | MISSING = MISSING) -> dict[str, Any]:
    _request: dict[str, Any] = {"method": "post", "url": "/workflowapi/getinstances", "headers": {}}
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> InstancesResult | None:
    if response.status_code == 200:
        reply_200: InstancesResult = _wire.success(InstancesResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[InstancesResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *, client: _client.Client, body: GetInstancesRequest | MISSING = MISSING
) -> _types.Response[InstancesResult | None]:
    """List process instances, a part at a time

    Known from the admin page alone, which sends these fields; the shape of an item and the syntax of
    sort are not published.

    Args:
        body (GetInstancesRequest | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(body=body)))


def sync(*, client: _client.Client, body: GetInstancesRequest | MISSING = MISSING) -> InstancesResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(
    *, client: _client.Client, body: GetInstancesRequest | MISSING = MISSING
) -> _types.Response[InstancesResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(body=body)))


async def asyncio(
    *, client: _client.Client, body: GetInstancesRequest | MISSING = MISSING
) -> InstancesResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body)).parsed
