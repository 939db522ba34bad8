from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import wire
from ...client import Client
from ...models import AvailableCommandsRequest, CommandsResult
from ...types import Response


def _get_kwargs(process_id: UUID, *, body: AvailableCommandsRequest | MISSING = MISSING) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": wire.path("/workflowapi/getavailablecommands/{process_id}", process_id=process_id),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: Client, response: httpx.Response) -> CommandsResult | None:
    if response.status_code == 200:
        reply_200: CommandsResult = wire.success(CommandsResult, response, client)
        return reply_200
    wire.unlisted(response, client)
    return None


def _build_response(client: Client, response: httpx.Response) -> Response[CommandsResult | None]:
    return Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    process_id: UUID, *, client: Client, body: AvailableCommandsRequest | MISSING = MISSING
) -> Response[CommandsResult | None]:
    """List the commands that a process takes now

    Args:
        process_id (UUID):
        body (AvailableCommandsRequest | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(client, client.get_httpx_client().request(**_get_kwargs(process_id, body=body)))


def sync(
    process_id: UUID, *, client: Client, body: AvailableCommandsRequest | MISSING = MISSING
) -> CommandsResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(process_id, client=client, body=body).parsed


async def asyncio_detailed(
    process_id: UUID, *, client: Client, body: AvailableCommandsRequest | MISSING = MISSING
) -> Response[CommandsResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(process_id, body=body))
    )


async def asyncio(
    process_id: UUID, *, client: Client, body: AvailableCommandsRequest | MISSING = MISSING
) -> CommandsResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(process_id, client=client, body=body)).parsed
