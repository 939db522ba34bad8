"""What a tester can do to this server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conformance.mocks.instabase.jobs import finish
from conformance.mocks.instabase.records import Job
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.clock import rfc3339
from conformance.mocks.kit.controls import number, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json

CONTROLS = ("advance_clock", "reset", "revoke_key", "finish_job", "job_members")


def controls(server: Instabase) -> dict[str, Control]:
    """The controls by name.

    ``advance_clock {"seconds": n}`` lets time pass, ``reset {}`` restores the first day, ``revoke_key {"key": k}``
    makes an access token worthless, ``finish_job {"id": u}`` ends a job at once, and ``job_members {"id": u}`` tells
    the ids of a job's pipelines, which no operation reads.
    """
    offered: dict[str, Callable[[Json], Json]] = {
        "advance_clock": lambda body: {"now": rfc3339(server.clock.advance(_seconds(body)))},
        "reset": lambda _: _reset(server),
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "finish_job": lambda body: _finish(server, _job(server, body)),
        "job_members": lambda body: {"members": list(_job(server, body).pipelines)},
    }
    return {name: _asynchronous(offered[name]) for name in CONTROLS}


def _asynchronous(plain: Callable[[Json], Json]) -> Control:
    async def control(body: Json) -> Json:
        return plain(body)

    return control


def _seconds(body: Json) -> float:
    seconds = number(body, "seconds")
    if not 0 <= seconds <= 1e9:
        raise Refusal(400, "seconds must be between 0 and 1e9")
    return seconds


def _reset(server: Instabase) -> Json:
    server.reset()
    return {}


def _revoke(server: Instabase, key: str) -> Json:
    user = server.store.user_of_token(key)
    if user is not None:
        server.store.users[user.name] = replace(user, token="")
    return {"revoked": int(user is not None)}


def _job(server: Instabase, body: Json) -> Job:
    job = server.store.jobs.get(text(body, "id"))
    if job is None:
        raise Refusal(400, "no such job")
    return job


def _finish(server: Instabase, job: Job) -> Json:
    finish(server, job)
    return {}
