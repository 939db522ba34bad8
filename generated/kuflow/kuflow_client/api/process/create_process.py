from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import DefaultError, Process, ProcessCreateParams


def _get_kwargs(*, body: ProcessCreateParams) -> dict[str, Any]:
    return {
        "method": "post",
        "url": "/processes",
        "headers": {"Content-Type": "application/json"},
        "json": _wire.plain(body),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> Process | DefaultError | None:
    if response.status_code == 200:
        reply_200: Process = _wire.success(Process, response, client)
        return reply_200
    if response.status_code == 201:
        reply_201: Process = _wire.success(Process, response, client)
        return reply_201
    if response.status_code >= 400:
        refused: DefaultError | None = _wire.refusal(DefaultError, response, client)
        return refused
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[Process | DefaultError | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *, client: _client.Client, body: ProcessCreateParams
) -> _types.Response[Process | DefaultError | None]:
    """Start a process, or get it back when the id is taken

    The client may choose the id, which makes the call safe to repeat.

    Args:
        body (ProcessCreateParams):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(body=body)))


def sync(*, client: _client.Client, body: ProcessCreateParams) -> Process | DefaultError | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(
    *, client: _client.Client, body: ProcessCreateParams
) -> _types.Response[Process | DefaultError | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(body=body)))


async def asyncio(*, client: _client.Client, body: ProcessCreateParams) -> Process | DefaultError | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body)).parsed
