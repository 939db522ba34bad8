from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import AuthenticationInfo


def _get_kwargs() -> dict[str, Any]:
    return {"method": "get", "url": "/authenticate"}


def _parse_response(client: _client.Client, response: httpx.Response) -> AuthenticationInfo | None:
    if response.status_code == 200:
        reply_200: AuthenticationInfo = _wire.success(AuthenticationInfo, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[AuthenticationInfo | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(*, client: _client.Client) -> _types.Response[AuthenticationInfo | None]:
    """Tell how users can log in

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs()))


def sync(*, client: _client.Client) -> AuthenticationInfo | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: _client.Client) -> _types.Response[AuthenticationInfo | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs()))


async def asyncio(*, client: _client.Client) -> AuthenticationInfo | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client)).parsed
