from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import SchemeListResult


def _get_kwargs(*, tags: str | MISSING = MISSING) -> dict[str, Any]:
    return {"method": "get", "url": "/workflowapi/getschemelist", "params": _wire.present({"tags": tags})}


def _parse_response(client: _client.Client, response: httpx.Response) -> SchemeListResult | None:
    if response.status_code == 200:
        reply_200: SchemeListResult = _wire.success(SchemeListResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[SchemeListResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *, client: _client.Client, tags: str | MISSING = MISSING
) -> _types.Response[SchemeListResult | None]:
    """List the codes of the schemes

    Args:
        tags (str | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(tags=tags)))


def sync(*, client: _client.Client, tags: str | MISSING = MISSING) -> SchemeListResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, tags=tags).parsed


async def asyncio_detailed(
    *, client: _client.Client, tags: str | MISSING = MISSING
) -> _types.Response[SchemeListResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(tags=tags)))


async def asyncio(*, client: _client.Client, tags: str | MISSING = MISSING) -> SchemeListResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, tags=tags)).parsed
