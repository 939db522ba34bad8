from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import WorkflowInputs, WorkflowOutputs


def _get_kwargs(
    username: str,
    folder: str,
    name: str,
    *,
    body: WorkflowInputs | MISSING = MISSING,
    sync: bool | MISSING = False,
    worker_group: str | MISSING = MISSING,
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": _wire.path(
            "/api/v1/trigger/{username}/User/{folder}/{name}", username=username, folder=folder, name=name
        ),
        "params": _wire.present({"sync": sync, "worker_group": worker_group}),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> WorkflowOutputs | None:
    if response.status_code == 200:
        reply_200: WorkflowOutputs = _wire.success(WorkflowOutputs, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[WorkflowOutputs | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    username: str,
    folder: str,
    name: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    sync: bool | MISSING = False,
    worker_group: str | MISSING = MISSING,
) -> _types.Response[WorkflowOutputs | None]:
    """Run the workflow at an address

    An input that is left out has the workflow's default.

    Args:
        username (str):
        folder (str):
        name (str):
        sync (bool | MISSING):  Default: False.
        worker_group (str | MISSING):
        body (WorkflowInputs | MISSING): Inputs by name; a property that is no input of the workflow is
            passed over.

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client,
        client.get_httpx_client().request(
            **_get_kwargs(username, folder, name, body=body, sync=sync, worker_group=worker_group)
        ),
    )


def sync(
    username: str,
    folder: str,
    name: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    sync: bool | MISSING = False,
    worker_group: str | MISSING = MISSING,
) -> WorkflowOutputs | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(
        username, folder, name, client=client, body=body, sync=sync, worker_group=worker_group
    ).parsed


async def asyncio_detailed(
    username: str,
    folder: str,
    name: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    sync: bool | MISSING = False,
    worker_group: str | MISSING = MISSING,
) -> _types.Response[WorkflowOutputs | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(username, folder, name, body=body, sync=sync, worker_group=worker_group)
        ),
    )


async def asyncio(
    username: str,
    folder: str,
    name: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    sync: bool | MISSING = False,
    worker_group: str | MISSING = MISSING,
) -> WorkflowOutputs | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (
        await asyncio_detailed(
            username, folder, name, client=client, body=body, sync=sync, worker_group=worker_group
        )
    ).parsed
