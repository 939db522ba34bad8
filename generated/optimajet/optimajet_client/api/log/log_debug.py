from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import LogRequest, OperationResult


def _get_kwargs(*, body: LogRequest | MISSING = MISSING, message: str) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": "/workflowapi/logdebug",
        "params": _wire.present({"message": message}),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> OperationResult | None:
    if response.status_code == 200:
        reply_200: OperationResult = _wire.success(OperationResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[OperationResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *, client: _client.Client, body: LogRequest | MISSING = MISSING, message: str
) -> _types.Response[OperationResult | None]:
    """Write a line to the debug log

    Args:
        message (str):
        body (LogRequest | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(body=body, message=message))
    )


def sync(
    *, client: _client.Client, body: LogRequest | MISSING = MISSING, message: str
) -> OperationResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, body=body, message=message).parsed


async def asyncio_detailed(
    *, client: _client.Client, body: LogRequest | MISSING = MISSING, message: str
) -> _types.Response[OperationResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(body=body, message=message))
    )


async def asyncio(
    *, client: _client.Client, body: LogRequest | MISSING = MISSING, message: str
) -> OperationResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, body=body, message=message)).parsed
