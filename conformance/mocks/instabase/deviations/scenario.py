"""What shows only on a user's way: each call is right by itself."""

from __future__ import annotations

from conformance.mocks.instabase.records import Job, User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal


@deviation(
    "clearing-undoes-a-replacement",
    clauses=("IB-14",),
    case="instabase/api/scenario/manage-the-pipelines-of-a-job/cleared",
)
def clearing_undoes_a_replacement(server: Instabase) -> None:
    """An empty list brings back the pipelines that the ones of the job took the place of."""
    before: dict[tuple[str, ...], list[str]] = {}

    def replaced(old: list[str], new: list[str]) -> list[str]:
        if not new:
            return before.get(tuple(old), [])
        if old and old != new:
            before[tuple(new)] = old
        return new

    server.rules.pipelines.replaced = replaced


@deviation("second-try-is-carried-out", clauses=("IB-12",), case="instabase/api/scenario/be-refused/refused-again")
def second_try_is_carried_out(server: Instabase) -> None:
    """An update of a job that does not exist is refused once, and then carried out on another job."""
    honest, tried = server.rules.jobs.found, set[str]()

    def found(server: Instabase, user: User, sent: str) -> Job:
        try:
            return honest(server, user, sent)
        except Refusal:
            if sent not in tried:
                tried.add(sent)
                raise
            return next(job for job in server.store.jobs.values() if job.user == user.name)

    server.rules.jobs.found = found
