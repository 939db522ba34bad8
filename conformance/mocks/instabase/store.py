"""All state of the server, and how it is on the first day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from conformance.mocks.instabase.records import PERMISSIONS, Access, Job, Pipeline, User
from conformance.mocks.kit.ids import Ids

MAIN, OTHER = "ada", "grace"
INPUTS = "/ada/my-repo/fs/Instabase Drive/input"
FAILING_INPUTS = "/ada/my-repo/fs/Instabase Drive/broken"
SLOW_INPUTS = "/ada/my-repo/fs/Instabase Drive/archive"
EVERYTHING, LOOKING, RUNNING = PERMISSIONS, PERMISSIONS[:1], PERMISSIONS[:2]
MANAGER, READER, RUNNER = Access(EVERYTHING, True), Access(LOOKING, False), Access(RUNNING, False)


@dataclass
class Store:
    """Everything that requests read and change."""

    users: dict[str, User] = field(default_factory=dict)
    pipelines: dict[str, Pipeline] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    """The folders of files that there are."""

    def user_of_token(self, token: str) -> User | None:
        """The user with that access token."""
        return next((user for user in self.users.values() if token and user.token == token), None)


def seeded(ids: Ids, now: datetime) -> Store:
    """Two users; four pipelines that only the first sees, three that only the second does, two that both see."""
    users = [User(name, ids.named("token", name)) for name in (MAIN, OTHER)]
    pipelines = [
        *(_pipeline(ids, name, {MAIN: MANAGER}) for name in ("invoices", "receipts", "payslips")),
        _pipeline(ids, "tax forms", {MAIN: RUNNER}),
        _pipeline(ids, "bank statements", {MAIN: MANAGER, OTHER: READER}),
        _pipeline(ids, "passports", {MAIN: READER, OTHER: MANAGER}),
        *(_pipeline(ids, name, {OTHER: MANAGER}) for name in ("contracts", "leases", "visas")),
    ]
    jobs = [_job(ids, user, now) for user in (MAIN, OTHER)]
    return Store(
        users={user.name: user for user in users},
        pipelines={pipeline.id: pipeline for pipeline in pipelines},
        jobs={job.id: job for job in jobs},
        folders=frozenset({INPUTS, FAILING_INPUTS, SLOW_INPUTS}),
    )


def _pipeline(ids: Ids, name: str, access: dict[str, Access]) -> Pipeline:
    return Pipeline(ids.named("pipeline", name), name, access)


def _job(ids: Ids, user: str, now: datetime) -> Job:
    return Job(ids.named("job", user), user, f"/{user}/my-repo/fs/Instabase Drive/out", now, fails=False, ended=now)
