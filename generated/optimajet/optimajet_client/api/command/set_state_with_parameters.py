from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import OperationResult, SetStateRequest


def _get_kwargs(
    process_id: UUID,
    *,
    body: SetStateRequest,
    state: str | MISSING = MISSING,
    identity_id: str | MISSING = MISSING,
    impersonated_identity_id: str | MISSING = MISSING,
    tenant_id: str | MISSING = MISSING,
) -> dict[str, Any]:
    return {
        "method": "post",
        "url": _wire.path("/workflowapi/setstate/{process_id}", process_id=process_id),
        "params": _wire.present(
            {
                "state": state,
                "identityId": identity_id,
                "impersonatedIdentityId": impersonated_identity_id,
                "tenantId": tenant_id,
            }
        ),
        "headers": {"Content-Type": "application/json"},
        "json": _wire.plain(body),
    }


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
    process_id: UUID,
    *,
    client: _client.Client,
    body: SetStateRequest,
    state: str | MISSING = MISSING,
    identity_id: str | MISSING = MISSING,
    impersonated_identity_id: str | MISSING = MISSING,
    tenant_id: str | MISSING = MISSING,
) -> _types.Response[OperationResult | None]:
    """Bring a process to a state, with process parameters

    Args:
        process_id (UUID):
        state (str | MISSING):
        identity_id (str | MISSING):
        impersonated_identity_id (str | MISSING):
        tenant_id (str | MISSING):
        body (SetStateRequest): Further members are process parameters.

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client,
        client.get_httpx_client().request(
            **_get_kwargs(
                process_id,
                body=body,
                state=state,
                identity_id=identity_id,
                impersonated_identity_id=impersonated_identity_id,
                tenant_id=tenant_id,
            )
        ),
    )


def sync(
    process_id: UUID,
    *,
    client: _client.Client,
    body: SetStateRequest,
    state: str | MISSING = MISSING,
    identity_id: str | MISSING = MISSING,
    impersonated_identity_id: str | MISSING = MISSING,
    tenant_id: str | MISSING = MISSING,
) -> OperationResult | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(
        process_id,
        client=client,
        body=body,
        state=state,
        identity_id=identity_id,
        impersonated_identity_id=impersonated_identity_id,
        tenant_id=tenant_id,
    ).parsed


async def asyncio_detailed(
    process_id: UUID,
    *,
    client: _client.Client,
    body: SetStateRequest,
    state: str | MISSING = MISSING,
    identity_id: str | MISSING = MISSING,
    impersonated_identity_id: str | MISSING = MISSING,
    tenant_id: str | MISSING = MISSING,
) -> _types.Response[OperationResult | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(
                process_id,
                body=body,
                state=state,
                identity_id=identity_id,
                impersonated_identity_id=impersonated_identity_id,
                tenant_id=tenant_id,
            )
        ),
    )


async def asyncio(
    process_id: UUID,
    *,
    client: _client.Client,
    body: SetStateRequest,
    state: str | MISSING = MISSING,
    identity_id: str | MISSING = MISSING,
    impersonated_identity_id: str | MISSING = MISSING,
    tenant_id: str | MISSING = MISSING,
) -> OperationResult | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (
        await asyncio_detailed(
            process_id,
            client=client,
            body=body,
            state=state,
            identity_id=identity_id,
            impersonated_identity_id=impersonated_identity_id,
            tenant_id=tenant_id,
        )
    ).parsed
