from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import DefaultError
from ...types import File


def _get_kwargs(id: UUID, *, document_uri: str) -> dict[str, Any]:
    return {
        "method": "get",
        "url": _wire.path("/processes/{id}/~actions/download-document", id=id),
        "params": _wire.present({"documentUri": document_uri}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> File | DefaultError | None:
    if response.status_code == 200:
        reply_200: File = _wire.success(File, response, client)
        return reply_200
    if response.status_code >= 400:
        refused: DefaultError | None = _wire.refusal(DefaultError, response, client)
        return refused
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[File | DefaultError | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    id: UUID, *, client: _client.Client, document_uri: str
) -> _types.Response[File | DefaultError | None]:
    """Download a document of a process

    Args:
        id (UUID):
        document_uri (str):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(id, document_uri=document_uri))
    )


def sync(id: UUID, *, client: _client.Client, document_uri: str) -> File | DefaultError | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(id, client=client, document_uri=document_uri).parsed


async def asyncio_detailed(
    id: UUID, *, client: _client.Client, document_uri: str
) -> _types.Response[File | DefaultError | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(id, document_uri=document_uri))
    )


async def asyncio(id: UUID, *, client: _client.Client, document_uri: str) -> File | DefaultError | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(id, client=client, document_uri=document_uri)).parsed
