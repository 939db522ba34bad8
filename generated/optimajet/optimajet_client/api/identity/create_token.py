from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import Token, TokenRequest


def _get_kwargs(*, body: TokenRequest) -> dict[str, Any]:
    return {
        "method": "post",
        "url": "/connect/token",
        "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        "data": _wire.plain(body),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> Token | None:
    if response.status_code == 200:
        reply_200: Token = _wire.success(Token, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[Token | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(*, client: _client.Client, body: TokenRequest) -> _types.Response[Token | None]:
    """Grant a token to the API's one client

    The address is a default; getOpenIdConfiguration tells where the endpoint is.

    Args:
        body (TokenRequest):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(body=body)))


def sync(*, client: _client.Client, body: TokenRequest) -> Token | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(*, client: _client.Client, body: TokenRequest) -> _types.Response[Token | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(body=body)))


async def asyncio(*, client: _client.Client, body: TokenRequest) -> Token | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body)).parsed
