from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...types import File


def _get_kwargs(document_id: str) -> dict[str, Any]:
    return {"method": "get", "url": _wire.path("/documents/{document_id}/content", document_id=document_id)}


def _parse_response(client: _client.Client, response: httpx.Response) -> File | None:
    if response.status_code == 200:
        reply_200: File = _wire.success(File, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[File | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(document_id: str, *, client: _client.Client) -> _types.Response[File | None]:
    """Download a document that an execution made

    Args:
        document_id (str):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(document_id)))


def sync(document_id: str, *, client: _client.Client) -> File | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(document_id, client=client).parsed


async def asyncio_detailed(document_id: str, *, client: _client.Client) -> _types.Response[File | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(client, await client.get_async_httpx_client().request(**_get_kwargs(document_id)))


async def asyncio(document_id: str, *, client: _client.Client) -> File | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(document_id, client=client)).parsed
