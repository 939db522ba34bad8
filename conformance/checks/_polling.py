"""Jobs as checks start and follow them: plain ones, slow ones, ones that fail, and ones whose start waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conformance.checks.echo import oddly
from conformance.contract.facets.job import Job
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, dig
from conformance.contract.semantics.model import Value
from conformance.engine.api import Api
from conformance.engine.jobs import Poll, ended, follow, job_id, outputs, rests, start_request, started
from conformance.engine.making import set_up
from conformance.engine.outcome import Blocked, Inconclusive, Mismatch, expect

NOTHING = (ABSENT, None, "")
"""What stands where a job has no result."""


def polls_of(api: Api, job: Job, name: str | None = None) -> list[Poll]:
    """What every poll showed of a job, from its start to its end."""
    name = name or begun(api, job)
    with set_up("the job's end"):
        return list(follow(api, job, name))


def polls_of_slowest(api: Api, job: Job) -> list[Poll]:
    """What every poll showed of a job that takes a while, where one is known, else of any."""
    with set_up("the start"):
        name = job_id(api, job.id, api.send(start_request(api, job, slowest(api, job))))
    return polls_of(api, job, name)


def polls_of_slow(api: Api, job: Job) -> list[Poll]:
    """What polls showed of a job that takes a while, where one is known, as it went on and at its end."""
    if not job.slow:
        return polls_of(api, job)
    polls = [one for one in polls_of_slowest(api, job) if one.ended or not rests(job, one)]
    if all(one.ended for one in polls):
        raise Inconclusive("no poll found the job going on")
    return polls


def slowest(api: Api, job: Job) -> Mapping[Place, Value]:
    """The way to start a job that takes a while, where one is known, else the first one."""
    return job.slow if job.slow and is_known(api, job.slow) else next(iter(job.ways.values()))


def polls_of_failing(api: Api, job: Job) -> list[Poll]:
    """What every poll showed of a job that fails, where one is known and can be started."""
    return [one for name in started_failing(api, job) for one in polls_of(api, job, name)]


def started_failing(api: Api, job: Job) -> tuple[str, ...]:
    """The id of a job that fails, just started; none where none is known, or where its end is not promised."""
    if not (job.ends.bad and job.fails and is_known(api, job.fails)):
        return ()
    reply = api.send(start_request(api, job, job.fails))
    return (job_id(api, job.id, reply),) if api.succeeded(reply) else ()


def is_known(api: Api, way: Mapping[Place, Value]) -> bool:
    """Whether the environment gives every fixture that a way to start a job needs."""
    return all(api.has_fixture(value.fixture) for value in way.values() if value.fixture)


def expect_described(api: Api, job: Job) -> None:
    """``Mismatch`` unless the poll last sent was answered as the contract describes it."""
    reply = api.history[-1].reply
    assert reply is not None
    violation = api.vendor.validators.reply(api.vendor.document.operations[job.poll.operation], reply)
    if violation is not None:
        raise Mismatch(f"{violation.expected} at {violation.pointer}", violation.actual)


def expect_result(job: Job, body: Any) -> None:
    """``Mismatch`` when a job that ended well, and is promised a result, shows none."""
    seen = dig(body, job.result.at) if job.result else ABSENT
    expect(job.result is None or seen not in NOTHING, f"a result at {job.result and job.result.at}", repr(seen))


def begun(api: Api, job: Job) -> str:
    """The id of a job just started; a failure blocks the case."""
    with set_up("the start"):
        return started(api, job)


def waited_for(api: Api, job: Job) -> tuple[str, Any]:
    """The id and the outputs of a job whose start waited."""
    assert job.synchronous is not None
    with set_up("the start that waits"):
        request = start_request(api, job, job.synchronous.request, job.synchronous.operation)
        reply = api.send(oddly(api, request))
        return job_id(api, job.synchronous.id or job.id, reply), outputs(job.synchronous, reply)


def good_end(api: Api, job: Job, name: str) -> Any:
    """What a job shows that ended well; another end blocks the case."""
    with set_up("the job's end"):
        body = ended(api, job, name)
    if dig(body, job.state) not in job.ends.success:
        raise Blocked(f"the job ended with {dig(body, job.state)!r}")
    return body


def progress_in(job: Job, polls: Iterable[Poll]) -> list[Any]:
    """The progress that polls tell; what requires a poll to tell any is the contract."""
    assert job.progress is not None
    seen = [dig(one.body, job.progress.at) for one in polls]
    told = [value for value in seen if value is not ABSENT]
    if not told:
        raise Inconclusive(f"no poll tells the progress at {job.progress.at}")
    return told
