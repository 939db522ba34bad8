from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import DefaultError, PrincipalPage, PrincipalType


def _get_kwargs(
    *,
    size: int | MISSING = 25,
    page: int | MISSING = 0,
    sort: list[str] | MISSING = MISSING,
    type_: PrincipalType | MISSING = MISSING,
    group_id: list[UUID] | MISSING = MISSING,
    tenant_id: list[UUID] | MISSING = MISSING,
) -> dict[str, Any]:
    return {
        "method": "get",
        "url": "/principals",
        "params": _wire.present(
            {
                "size": size,
                "page": page,
                "sort": sort,
                "type": type_,
                "groupId": group_id,
                "tenantId": tenant_id,
            }
        ),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> PrincipalPage | DefaultError | None:
    if response.status_code == 200:
        reply_200: PrincipalPage = _wire.success(PrincipalPage, response, client)
        return reply_200
    if response.status_code >= 400:
        refused: DefaultError | None = _wire.refusal(DefaultError, response, client)
        return refused
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[PrincipalPage | DefaultError | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *,
    client: _client.Client,
    size: int | MISSING = 25,
    page: int | MISSING = 0,
    sort: list[str] | MISSING = MISSING,
    type_: PrincipalType | MISSING = MISSING,
    group_id: list[UUID] | MISSING = MISSING,
    tenant_id: list[UUID] | MISSING = MISSING,
) -> _types.Response[PrincipalPage | DefaultError | None]:
    """List the principals the caller can see

    Sort keys are id and name.

    Args:
        size (int | MISSING):  Default: 25.
        page (int | MISSING):  Default: 0.
        sort (list[str] | MISSING):
        type_ (PrincipalType | MISSING):
        group_id (list[UUID] | MISSING):
        tenant_id (list[UUID] | MISSING):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client,
        client.get_httpx_client().request(
            **_get_kwargs(
                size=size, page=page, sort=sort, type_=type_, group_id=group_id, tenant_id=tenant_id
            )
        ),
    )


def sync(
    *,
    client: _client.Client,
    size: int | MISSING = 25,
    page: int | MISSING = 0,
    sort: list[str] | MISSING = MISSING,
    type_: PrincipalType | MISSING = MISSING,
    group_id: list[UUID] | MISSING = MISSING,
    tenant_id: list[UUID] | MISSING = MISSING,
) -> PrincipalPage | DefaultError | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(
        client=client, size=size, page=page, sort=sort, type_=type_, group_id=group_id, tenant_id=tenant_id
    ).parsed


async def asyncio_detailed(
    *,
    client: _client.Client,
    size: int | MISSING = 25,
    page: int | MISSING = 0,
    sort: list[str] | MISSING = MISSING,
    type_: PrincipalType | MISSING = MISSING,
    group_id: list[UUID] | MISSING = MISSING,
    tenant_id: list[UUID] | MISSING = MISSING,
) -> _types.Response[PrincipalPage | DefaultError | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(
                size=size, page=page, sort=sort, type_=type_, group_id=group_id, tenant_id=tenant_id
            )
        ),
    )


async def asyncio(
    *,
    client: _client.Client,
    size: int | MISSING = 25,
    page: int | MISSING = 0,
    sort: list[str] | MISSING = MISSING,
    type_: PrincipalType | MISSING = MISSING,
    group_id: list[UUID] | MISSING = MISSING,
    tenant_id: list[UUID] | MISSING = MISSING,
) -> PrincipalPage | DefaultError | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (
        await asyncio_detailed(
            client=client,
            size=size,
            page=page,
            sort=sort,
            type_=type_,
            group_id=group_id,
            tenant_id=tenant_id,
        )
    ).parsed
