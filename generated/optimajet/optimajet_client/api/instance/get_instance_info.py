from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import ProcessInfoResult


def _get_kwargs(process_id: UUID, *, tenant_id: str | MISSING = MISSING) -> dict[str, Any]:
    return {
        "method": "get",
        "url": _wire.path("/workflowapi/getinstanceinfo/{process_id}", process_id=process_id),
        "params": _wire.present({"tenantId": tenant_id}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> ProcessInfoResult | None:
    if response.status_code == 200:
        reply_200: ProcessInfoResult = _wire.success(ProcessInfoResult, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[ProcessInfoResult | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    process_id: UUID, *, client: _client.Client, tenant_id: str | MISSING = MISSING
) -> _types.Response[ProcessInfoResult | None]:
    """Read a process instance and how it came where it is

    Args:
        process_id (UUID):
        tenant_id (str | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(process_id, tenant_id=tenant_id))
    )


def sync(
    process_id: UUID, *, client: _client.Client, tenant_id: str | MISSING = MISSING
) -> ProcessInfoResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(process_id, client=client, tenant_id=tenant_id).parsed


async def asyncio_detailed(
    process_id: UUID, *, client: _client.Client, tenant_id: str | MISSING = MISSING
) -> _types.Response[ProcessInfoResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(process_id, tenant_id=tenant_id))
    )


async def asyncio(
    process_id: UUID, *, client: _client.Client, tenant_id: str | MISSING = MISSING
) -> ProcessInfoResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(process_id, client=client, tenant_id=tenant_id)).parsed
