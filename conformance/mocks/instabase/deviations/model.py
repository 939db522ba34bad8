"""Rules that break only once several things were done to one job."""

from __future__ import annotations

from collections import defaultdict

from conformance.mocks.instabase.records import Job, User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.deviations import deviation

JOB = "instabase/job/model/lives-as-promised"


def _remember(server: Instabase) -> tuple[list[Job], dict[str, list[list[str]]]]:
    """The job that was looked up last, in a list of one, and the sets that each job was given."""
    honest = server.rules.jobs.found
    last: list[Job] = []
    given: dict[str, list[list[str]]] = defaultdict(list)

    def found(server: Instabase, user: User, sent: str) -> Job:
        last[:] = [honest(server, user, sent)]
        return last[0]

    server.rules.jobs.found = found
    return last, given


@deviation("fourth-set-keeps-of-the-first", clauses=("IB-13",), case=JOB)
def fourth_set_keeps_of_the_first(server: Instabase) -> None:
    """The fourth set that a job is given keeps the members of the first."""
    last, given = _remember(server)

    def replaced(_: list[str], new: list[str]) -> list[str]:
        sets = given[last[0].id]
        sets.append(new)
        return [*new, *(one for one in sets[0] if one not in new)] if len(sets) == 4 else new

    server.rules.pipelines.replaced = replaced


@deviation("emptied-sets-come-back", clauses=("IB-14",), case=JOB)
def emptied_sets_come_back(server: Instabase) -> None:
    """The set after an empty one keeps what the job had before it was emptied."""
    last, given = _remember(server)

    def replaced(_: list[str], new: list[str]) -> list[str]:
        sets = given[last[0].id]
        sets.append(new)
        back = sets[-3] if len(sets) > 2 and not sets[-2] else []
        return [*new, *(one for one in back if one not in new)]

    server.rules.pipelines.replaced = replaced


@deviation("ended-jobs-run-again", clauses=("IB-22b",), case=JOB)
def ended_jobs_run_again(server: Instabase) -> None:
    """A job that has ended goes on once its set was replaced twice since."""
    last, given = _remember(server)

    def replaced(_: list[str], new: list[str]) -> list[str]:
        if last[0].ended is not None:
            given[last[0].id].append(new)
        return new

    honest = server.rules.jobs.state
    server.rules.pipelines.replaced = replaced
    server.rules.jobs.state = lambda server, job: "PENDING" if len(given[job.id]) > 1 else honest(server, job)


@deviation("jobs-share-a-set", clauses=("IB-13",), case=JOB)
def jobs_share_a_set(server: Instabase) -> None:
    """What a job is given also goes to the job that was given something before it."""
    last, _ = _remember(server)
    before: list[Job] = []

    def replaced(_: list[str], new: list[str]) -> list[str]:
        for other in before:
            if other is not last[0]:
                other.pipelines = new
        before[:] = last
        return new

    server.rules.pipelines.replaced = replaced
