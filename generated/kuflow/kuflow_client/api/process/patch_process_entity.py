from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import DefaultError, JsonPatchOperation, Process


def _get_kwargs(id: UUID, *, body: list[JsonPatchOperation]) -> dict[str, Any]:
    return {
        "method": "patch",
        "url": _wire.path("/processes/{id}/entity", id=id),
        "headers": {"Content-Type": "application/json-patch+json"},
        "json": _wire.plain(body),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> Process | DefaultError | None:
    if response.status_code == 200:
        reply_200: Process = _wire.success(Process, response, client)
        return reply_200
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
    id: UUID, *, client: _client.Client, body: list[JsonPatchOperation]
) -> _types.Response[Process | DefaultError | None]:
    """Change the entity of a process by JSON Patch

    A result that breaks its schema is stored and marked invalid.

    Args:
        id (UUID):
        body (list[JsonPatchOperation]): Operations of RFC 6902, applied in order.

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(id, body=body)))


def sync(
    id: UUID, *, client: _client.Client, body: list[JsonPatchOperation]
) -> Process | DefaultError | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(id, client=client, body=body).parsed


async def asyncio_detailed(
    id: UUID, *, client: _client.Client, body: list[JsonPatchOperation]
) -> _types.Response[Process | DefaultError | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(id, body=body))
    )


async def asyncio(
    id: UUID, *, client: _client.Client, body: list[JsonPatchOperation]
) -> Process | DefaultError | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(id, client=client, body=body)).parsed
