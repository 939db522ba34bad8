from __future__ import annotations

from typing import Any

import httpx
from pydantic import MISSING

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import WorkflowInputs, WorkflowRun


def _get_kwargs(
    username: str,
    *,
    body: WorkflowInputs | MISSING = MISSING,
    folder: str,
    name: str,
    sync: bool | MISSING = False,
) -> dict[str, Any]:
    _request: dict[str, Any] = {
        "method": "post",
        "url": _wire.path("/api/v1/trigger/{username}", username=username),
        "params": _wire.present({"folder": folder, "name": name, "sync": sync}),
        "headers": {},
    }
    if body is not MISSING:
        _request |= {"json": _wire.plain(body)}
        _request["headers"] |= {"Content-Type": "application/json"}
    return _request


def _parse_response(client: _client.Client, response: httpx.Response) -> WorkflowRun | None:
    if response.status_code == 200:
        reply_200: WorkflowRun = _wire.success(WorkflowRun, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(client: _client.Client, response: httpx.Response) -> _types.Response[WorkflowRun | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    username: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    folder: str,
    name: str,
    sync: bool | MISSING = False,
) -> _types.Response[WorkflowRun | None]:
    """Run a workflow, and wait for its end or not

    Owner, folder and name locate the workflow. Repeating the call makes another run. Whether the folder
    is to begin with User, as the addresses of workflows do, is not written.

    Args:
        username (str):
        folder (str):
        name (str):
        sync (bool | MISSING):  Default: False.
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
            **_get_kwargs(username, body=body, folder=folder, name=name, sync=sync)
        ),
    )


def sync(
    username: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    folder: str,
    name: str,
    sync: bool | MISSING = False,
) -> WorkflowRun | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(username, client=client, body=body, folder=folder, name=name, sync=sync).parsed


async def asyncio_detailed(
    username: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    folder: str,
    name: str,
    sync: bool | MISSING = False,
) -> _types.Response[WorkflowRun | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client,
        await client.get_async_httpx_client().request(
            **_get_kwargs(username, body=body, folder=folder, name=name, sync=sync)
        ),
    )


async def asyncio(
    username: str,
    *,
    client: _client.Client,
    body: WorkflowInputs | MISSING = MISSING,
    folder: str,
    name: str,
    sync: bool | MISSING = False,
) -> WorkflowRun | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (
        await asyncio_detailed(username, client=client, body=body, folder=folder, name=name, sync=sync)
    ).parsed
