from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import DefaultError, DocumentReference
from ...types import File


def _get_kwargs(id: UUID, *, body: File, file_content_type: str, file_name: str) -> dict[str, Any]:
    return {
        "method": "post",
        "url": _wire.path("/processes/{id}/~actions/upload-document", id=id),
        "params": _wire.present({"fileContentType": file_content_type, "fileName": file_name}),
        "headers": {"Content-Type": "application/octet-stream"},
        "content": body.read(),
    }


def _parse_response(
    client: _client.Client, response: httpx.Response
) -> DocumentReference | DefaultError | None:
    if response.status_code == 200:
        reply_200: DocumentReference = _wire.success(DocumentReference, response, client)
        return reply_200
    if response.status_code >= 400:
        refused: DefaultError | None = _wire.refusal(DefaultError, response, client)
        return refused
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[DocumentReference | DefaultError | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    id: UUID, *, client: _client.Client, body: File, file_content_type: str, file_name: str
) -> _types.Response[DocumentReference | DefaultError | None]:
    """Upload a document for later use in the process

    A document that nothing links to is gone 24 hours later.

    Args:
        id (UUID):
        file_content_type (str):
        file_name (str):
        body (File):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client,
        client.get_httpx_client().request(
            **_get_kwargs(id, body=body, file_content_type=file_content_type, file_name=file_name)
        ),
    )


def sync(
    id: UUID, *, client: _client.Client, body: File, file_content_type: str, file_name: str
) -> DocumentReference | DefaultError | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(
        id, client=client, body=body, file_content_type=file_content_type, file_name=file_name
    ).parsed


async def asyncio_detailed(
    id: UUID, *, client: _client.Client, body: File, file_content_type: str, file_name: str
) -> _types.Response[DocumentReference | DefaultError | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(id, body=body, file_content_type=file_content_type, file_name=file_name)
        ),
    )


async def asyncio(
    id: UUID, *, client: _client.Client, body: File, file_content_type: str, file_name: str
) -> DocumentReference | DefaultError | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (
        await asyncio_detailed(
            id, client=client, body=body, file_content_type=file_content_type, file_name=file_name
        )
    ).parsed
