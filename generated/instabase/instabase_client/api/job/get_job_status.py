from __future__ import annotations

from typing import Any

import httpx

from ... import client as _client
from ... import types as _types
from ... import wire as _wire
from ...models import ErrorReply, JobStatus, JobType


def _get_kwargs(*, job_id: str, type_: JobType) -> dict[str, Any]:
    return {
        "method": "get",
        "url": "/api/v1/jobs/status",
        "params": _wire.present({"job_id": job_id, "type": type_}),
    }


def _parse_response(client: _client.Client, response: httpx.Response) -> ErrorReply | JobStatus | None:
    if response.status_code == 200:
        reply_200: ErrorReply | JobStatus = _wire.success(ErrorReply | JobStatus, response, client)
        return reply_200
    _wire.unlisted(response, client)
    return None


def _build_response(
    client: _client.Client, response: httpx.Response
) -> _types.Response[ErrorReply | JobStatus | None]:
    return _types.Response(
        response.status_code, response.content, response.headers, _parse_response(client, response)
    )


def sync_detailed(
    *, client: _client.Client, job_id: str, type_: JobType
) -> _types.Response[ErrorReply | JobStatus | None]:
    """Tell how a job is going

    Args:
        job_id (str):
        type_ (JobType):

    Raises:
        UnexpectedBody: a success whose body is not what the document describes.
        UnexpectedStatus: any other reply that it does not describe, if the client asks for it.
        httpx.HTTPError: no reply.
    """
    return _build_response(
        client, client.get_httpx_client().request(**_get_kwargs(job_id=job_id, type_=type_))
    )


def sync(*, client: _client.Client, job_id: str, type_: JobType) -> ErrorReply | JobStatus | None:
    """What the body of ``sync_detailed`` says, None when it says nothing."""
    return sync_detailed(client=client, job_id=job_id, type_=type_).parsed


async def asyncio_detailed(
    *, client: _client.Client, job_id: str, type_: JobType
) -> _types.Response[ErrorReply | JobStatus | None]:
    """The same as ``sync_detailed``, awaited."""
    return _build_response(
        client, await client.get_async_httpx_client().request(**_get_kwargs(job_id=job_id, type_=type_))
    )


async def asyncio(*, client: _client.Client, job_id: str, type_: JobType) -> ErrorReply | JobStatus | None:
    """What the body of ``asyncio_detailed`` says, None when it says nothing."""
    return (await asyncio_detailed(client=client, job_id=job_id, type_=type_)).parsed
