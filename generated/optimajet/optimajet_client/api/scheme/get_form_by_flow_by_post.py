from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import FormRequest, FormResult


def _get_kwargs(name: str, *, body: FormRequest | MISSING = MISSING) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": _wire.path("/workflowapi/getformbyflow/{name}", name=name),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> FormResult | None:
    if response.status_code == 200:
        reply_200: FormResult = _wire.success(FormResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[FormResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    name: str, *, client: _client.Client, body: FormRequest | MISSING = MISSING
) -> _types.Response[FormResult | None]:
    """Get the form of a business flow in the state of a process

    Args:
        name (str):
        body (FormRequest | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(name, body=body)))


def sync(name: str, *, client: _client.Client, body: FormRequest | MISSING = MISSING) -> FormResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(name, client=client, body=body).parsed


async def asyncio_detailed(
    name: str, *, client: _client.Client, body: FormRequest | MISSING = MISSING
) -> _types.Response[FormResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(name, body=body))
    )


async def asyncio(
    name: str, *, client: _client.Client, body: FormRequest | MISSING = MISSING
) -> FormResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(name, client=client, body=body)).parsed
