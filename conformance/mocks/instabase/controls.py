"""What a tester can do to this server."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.instabase.jobs import finish
from conformance.mocks.instabase.records import Job
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.controls import controls_of, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json

CONTROLS = ("advance_clock", "reset", "revoke_key", "finish_job", "job_members")


def controls(server: Instabase) -> dict[str, Control]:
    """The controls by name.

    Beside those of every server, ``revoke_key {"key": k}`` makes an access token worthless, ``finish_job {"id": u}``
    ends a job at once, and ``job_members {"id": u}`` tells the ids of a job's pipelines, which no operation reads.
    """
    own: dict[str, Control] = {
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "finish_job": lambda body: _finish(server, _job(server, body)),
        "job_members": lambda body: {"members": list(_job(server, body).pipelines)},
    }
    return controls_of(server, own)


def _revoke(server: Instabase, key: str) -> Json:
    user = server.store.user_of_token(key)
    if user is not None:
        server.store.users[user.name] = replace(user, token="")
    return {"revoked": int(user is not None)}


def _job(server: Instabase, body: Json) -> Job:
    job = server.store.jobs.get(text(body, "id").lower())
    if job is None:
        raise Refusal(400, "no such job")
    return job


def _finish(server: Instabase, job: Job) -> Json:
    finish(server, job)
    return {}
