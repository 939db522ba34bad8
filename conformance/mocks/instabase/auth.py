"""Who calls, and what it has access to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.instabase.records import Job, Pipeline, User
from conformance.mocks.kit.http import Received, Refusal

if TYPE_CHECKING:
    from conformance.mocks.instabase.server import Instabase


def bearer(server: Instabase, request: Received) -> User | None:
    """The user that a bearer token names."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return server.store.user_of_token(credentials.strip()) if scheme.lower() == "bearer" else None


def authenticate(server: Instabase, _: str, request: Received) -> User:
    """The caller; refuses what proves none."""
    user = server.rules.auth.bearer(server, request)
    if user is None:
        status = int(server.choices["unauthorized"])
        raise Refusal(status, "A good access token is needed", headers={"www-authenticate": "Bearer"})
    return user


def may_see(user: User, pipeline: Pipeline) -> bool:
    """Whether a user has access to a pipeline."""
    return user.name in pipeline.access


def may_touch(server: Instabase, user: User, job: Job) -> bool:
    """Whether a job is a user's to read and change."""
    return job.user == user.name or server.choices["foreign_job"] == "shown"


@dataclass
class AuthRules:
    """Credentials and access."""

    bearer: Callable[[Instabase, Received], User | None] = bearer
    authenticate: Callable[[Instabase, str, Received], User] = authenticate
    may_see: Callable[[User, Pipeline], bool] = may_see
    may_touch: Callable[[Instabase, User, Job], bool] = may_touch
