from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FlowExecution


def _get_kwargs(
    *,
    page: int | MISSING = 0,
    size: int | MISSING = 20,
    sort: str | MISSING = MISSING,
    filter_: str | MISSING = MISSING,
) -> dict[str, Any]:
    return {
        "method": "get",
        "url": "/flows/executions",
        "params": _wire.present({"page": page, "size": size, "sort": sort, "filter": filter_}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> list[FlowExecution] | None:
    if response.status_code == 200:
        reply_200: list[FlowExecution] = _wire.success(list[FlowExecution], response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[list[FlowExecution] | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *,
    client: _client.Client,
    page: int | MISSING = 0,
    size: int | MISSING = 20,
    sort: str | MISSING = MISSING,
    filter_: str | MISSING = MISSING,
) -> _types.Response[list[FlowExecution] | None]:
    """List the executions of all flows

    Args:
        page (int | MISSING):  Default: 0.
        size (int | MISSING):  Default: 20.
        sort (str | MISSING):
        filter_ (str | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client,
        client.get_httpx_client().request(**_get_kwargs(page=page, size=size, sort=sort, filter_=filter_)),
    )


def sync(
    *,
    client: _client.Client,
    page: int | MISSING = 0,
    size: int | MISSING = 20,
    sort: str | MISSING = MISSING,
    filter_: str | MISSING = MISSING,
) -> list[FlowExecution] | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, page=page, size=size, sort=sort, filter_=filter_).parsed


async def asyncio_detailed(
    *,
    client: _client.Client,
    page: int | MISSING = 0,
    size: int | MISSING = 20,
    sort: str | MISSING = MISSING,
    filter_: str | MISSING = MISSING,
) -> _types.Response[list[FlowExecution] | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(page=page, size=size, sort=sort, filter_=filter_)
        ),
    )


async def asyncio(
    *,
    client: _client.Client,
    page: int | MISSING = 0,
    size: int | MISSING = 20,
    sort: str | MISSING = MISSING,
    filter_: str | MISSING = MISSING,
) -> list[FlowExecution] | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, page=page, size=size, sort=sort, filter_=filter_)).parsed
