"""Jobs: accepted, polled, ended, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from conformance.checks._ends import Course, Stopwatch, Watch, expect_end_times, expect_waited
from conformance.checks._polling import (
    NOTHING,
    begun,
    expect_described,
    expect_result,
    good_end,
    is_known,
    polls_of,
    polls_of_failing,
    polls_of_slow,
    polls_of_slowest,
    progress_in,
    slowest,
    started_failing,
    waited_for,
)
from conformance.checks._twins import twins
from conformance.checks.echo import oddly
from conformance.contract.facets.job import Job, Shown
from conformance.contract.identity import id_text
from conformance.contract.pointer import ABSENT, dig
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.jobs import (
    build_poll,
    ended,
    expect_shown,
    expect_told,
    follow,
    job_id,
    outputs,
    poll,
    start,
    start_request,
    started,
    synchronous,
)
from conformance.engine.making import set_up
from conformance.engine.outcome import Inconclusive, Mismatch, expect, expect_equal
from conformance.engine.waiting import clock

PATIENCE = 2
"""Seconds for which a poll is allowed to be held back."""

SLACK = 5
"""Seconds by which a reply may be late on its way."""

STARTS = 3
"""Starts that are answered late before that is no chance."""


def ways(_: Vendor, job: Job) -> Iterator[str]:
    """The ways to start a job without waiting for it."""
    yield from job.ways


def further_ways(_: Vendor, job: Job) -> Iterator[str]:
    """The ways besides the first one."""
    yield from list(job.ways)[1:]


def has_twin(job: Job) -> bool:
    """Whether the job can be started so that the reply waits for its end."""
    return job.synchronous is not None


@check(variants=ways)
def accepted(api: Api, job: Job, way: str) -> None:
    """A start that does not wait answers with the job's id, and that the job goes on."""
    reply = start(api, job, way)
    job_id(api, job.id, reply)
    expect_told(job.accepted.told, reply)


@check(when=lambda job: bool(job.accepted.alone))
def accepted_alone(api: Api, job: Job) -> None:
    """A start that does not wait answers nothing beside what tells of the job, in whatever way it is made."""
    for way in filter(partial(is_known, api), job.ways.values()):
        body = api.expect_success(api.send(oddly(api, start_request(api, job, way))))
        more = job.accepted.beside(body) if isinstance(body, dict) else [repr(body)]
        expect(not more, f"only {', '.join(job.accepted.alone)}", f"also {', '.join(more)}")


@check()
def distinct(api: Api, job: Job) -> None:
    """Every start makes a job of its own, also at one instant with another and while another goes on."""
    request = start_request(api, job, slowest(api, job))
    replies = [*api.together([request] * 2), api.send(request)]
    ids = [id_text(job_id(api, job.id, reply)) for reply in replies]
    double = next((one for one in ids if ids.count(one) > 1), None)
    expect(double is None, f"{len(ids)} ids", f"{double} twice")


@check(when=lambda job: job.hint is not None)
def hint(api: Api, job: Job) -> None:
    """A start says after how many seconds to ask."""
    assert job.hint is not None
    reply = start(api, job)
    api.expect_success(reply)
    seen = job.hint.seen(reply)
    expect(str(seen).isdecimal(), f"a number of seconds at {job.hint}", seen)


@check()
def ends(api: Api, job: Job) -> None:
    """A job comes to an end, and to a good one."""
    state = dig(ended(api, job, begun(api, job)), job.state)
    expect(state in job.ends.success, f"state {' or '.join(map(repr, job.ends.success))}", f"state {state!r}")


@check(when=lambda job: job.echo is not None)
def same_id(api: Api, job: Job) -> None:
    """A poll shows the id of the job that it asks for."""
    _expect_id(api, job, begun(api, job))


@check(variants=further_ways, when=lambda job: job.echo is not None)
def same_id_too(api: Api, job: Job, way: str) -> None:
    """A poll of a job that is started in another way shows the id of that job as well."""
    with set_up("the start"):
        name = started(api, job, way)
    _expect_id(api, job, name)


def _expect_id(api: Api, job: Job, name: str) -> None:
    for one in polls_of(api, job, name):
        if one.body is not ABSENT:
            expect_equal(id_text(dig(one.body, job.echo or "")), id_text(name), f"{job.echo} =")


@check()
def end_stays(api: Api, job: Job) -> None:
    """A job that has ended stays as it is."""
    for name in (begun(api, job), *started_failing(api, job)):
        with set_up("the job's end"):
            before = job.still(ended(api, job, name))
        for _ in range(2):
            expect_equal(job.still(poll(api, job, name).body), before, "the ended job")


@check(when=lambda job: job.progress is not None)
def progress_in_range(api: Api, job: Job) -> None:
    """The progress of a job is a number within its bounds."""
    assert job.progress is not None
    low, high = job.progress.min, job.progress.max
    for value in progress_in(job, [*polls_of_slowest(api, job), *polls_of_failing(api, job)]):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        expect(number and low <= value <= high, f"progress between {low:g} and {high:g}", repr(value))


@check(when=lambda job: job.progress is not None and job.progress.rises)
def progress_rises(api: Api, job: Job) -> None:
    """The progress of a job does not fall."""
    for before, after in pairwise(progress_in(job, polls_of(api, job))):
        expect(after >= before, f"progress of at least {before}", after)


@check(when=lambda job: job.progress is not None and job.progress.complete is not None)
def progress_complete(api: Api, job: Job) -> None:
    """The progress of a job that has ended is complete."""
    assert job.progress is not None
    seen = dig(ended(api, job, begun(api, job)), job.progress.at)
    expect_equal(seen, job.progress.complete, "progress")


@check(variants=further_ways)
def ends_too(api: Api, job: Job, way: str) -> None:
    """A job that is started in another way comes to a good end too, not waited for and not told before its time."""
    for _ in range(STARTS):
        course = Course.of(api, job, way)
        state = dig(course.body, job.state)
        expect(state in job.ends.success, f"state {' or '.join(map(repr, job.ends.success))}", f"state {state!r}")
        expect_result(job, course.body)
        course.expect_gone_through()
        if not course.was_waited_for:
            return
    raise Mismatch("a reply before the end of the job", course.was_waited_for)


@check(when=lambda job: job.wait is not None, phase="quiet")
def held_back(api: Api, job: Job) -> None:
    """A poll is held back for the seconds that it allows, and no longer."""
    assert job.wait is not None
    name = begun(api, job)
    request = job.wait.place.put(job.poll.id.put(build_poll(api, job), name), PATIENCE)
    before, reply, after = clock(api), api.send(request), clock(api)
    api.expect_success(reply)
    if before is None or after is None:
        raise Inconclusive("the control advance_clock does not tell what time it is now")
    passed = after - before if api.has_control("advance_clock") else reply.seconds
    expect(passed <= PATIENCE + SLACK, f"a reply within {PATIENCE} s", f"one after {passed:g} s")


@check(when=lambda job: job.result is not None)
def result(api: Api, job: Job) -> None:
    """A job that ended well has its result."""
    expect_result(job, good_end(api, job, begun(api, job)))


@check(when=lambda job: job.result is not None and job.result.late)
def result_is_late(api: Api, job: Job) -> None:
    """A job that goes on has no result yet."""
    assert job.result is not None
    for one in polls_of_slow(api, job):
        seen = dig(one.body, job.result.at)
        expect(one.ended or seen in (*NOTHING, [], {}), "no result before the end", repr(seen))


@check(when=lambda job: job.details is not None)
def details(api: Api, job: Job) -> None:
    """The details of a job are a text that is JSON, as the contract describes it."""
    assert job.details is not None
    schema = {"$ref": f"#/components/schemas/{job.details.schema_name}"}
    for one in [*polls_of_slowest(api, job), *polls_of_failing(api, job)]:
        if one.body is ABSENT:
            continue
        value = dig(one.body, f"{job.details.at}#")
        expect(value is not ABSENT, f"a text that is JSON at {job.details.at}", repr(dig(one.body, job.details.at)))
        violation = api.vendor.validators.value(f"details {job.details.schema_name}", schema, value, "response")
        if violation is not None:
            raise Mismatch(f"{violation.expected} at {job.details.at}#{violation.pointer}", violation.actual)


@check(when=lambda job: job.details is not None and bool(job.details.good and job.details.bad))
def details_agree(api: Api, job: Job) -> None:
    """The details of a job say of its end what its results say."""
    assert job.details is not None
    inside = f"{job.details.at}#"
    expect_shown(_within(inside, job.details.good), good_end(api, job, begun(api, job)))
    for name in started_failing(api, job):
        with set_up("the failing job's end"):
            body = ended(api, job, name)
        expect_shown(_within(inside, job.details.bad), body)


def _within(at: str, shown: Shown) -> Shown:
    return {f"{at}{pointer}": values for pointer, values in shown.items()}


@check(when=lambda job: job.ended_at is not None)
def end_time(api: Api, job: Job) -> None:
    """The moment of the end is told in units since 1970 when the job has ended, and lies in its time, as do others."""
    watch = Watch.start(api)
    polls = [*polls_of_slow(api, job), *polls_of_failing(api, job)]
    expect_end_times(job, polls, watch.span())


@check(when=lambda job: bool(job.ends.good))
def ends_well(api: Api, job: Job) -> None:
    """A job that ended well shows that it did."""
    expect_shown(job.ends.good, good_end(api, job, begun(api, job)))
    expect_described(api, job)


@check(when=lambda job: bool(job.named))
def as_named(api: Api, job: Job) -> None:
    """A job that ended well shows what the reply to its start told of it."""
    with set_up("the start"):
        reply = start(api, job)
        name = job_id(api, job.id, reply)
    told = {pointer: (place.seen(reply),) for pointer, place in job.named.items()}
    expect_shown(told, good_end(api, job, name))


@check(when=lambda job: bool(job.ends.bad and job.fails))
def ends_badly(api: Api, job: Job) -> None:
    """A job that failed comes to an end, and shows that it failed."""
    with set_up("the start"):
        name = job_id(api, job.id, api.send(start_request(api, job, job.fails)))
    expect_shown(job.ends.bad, ended(api, job, name))
    expect_described(api, job)


@check(when=has_twin)
def synchronous_start(api: Api, job: Job) -> None:
    """A start that waits answers that the job has ended."""
    assert job.synchronous is not None
    reply = synchronous(api, job, job.synchronous)
    api.expect_success(reply)
    expect_told(job.synchronous.told, reply)


def waiting_ways(_: Vendor, job: Job) -> Iterator[str]:
    """The further ways to start a job and wait for its end."""
    yield from job.synchronous.ways if job.synchronous else ()


@check(variants=waiting_ways)
def waits_too(api: Api, job: Job, way: str) -> None:
    """A start that waits in another way answers that the job has ended, with its result, and not before it has."""
    assert job.synchronous is not None
    request = start_request(
        api, job, {**job.synchronous.request, **job.synchronous.ways[way]}, job.synchronous.operation
    )
    stopwatch = Stopwatch.start(api, job)
    reply = api.send(request)
    seconds = stopwatch.seconds()
    api.expect_success(reply)
    expect_told(job.synchronous.told, reply)
    if seconds is not None:
        body = good_end(api, job, job_id(api, job.synchronous.id or job.id, reply))
        expect_waited(job, body, seconds)
        if job.result is not None and job.synchronous.outputs is not None:
            expect_equal(outputs(job.synchronous, reply), dig(body, job.result.at), "outputs")


@check(when=lambda job: has_twin(job) and job.synchronous.id is not None)
def ended_when_answered(api: Api, job: Job) -> None:
    """A job whose start waited is found ended by the first poll that is answered."""
    one = next(one for one in follow(api, job, waited_for(api, job)[0]) if one.body is not ABSENT)
    expect(one.ended, f"state {' or '.join(map(repr, job.ends.success))}", repr(dig(one.body, job.state)))


@check(when=lambda job: has_twin(job) and job.synchronous.id is not None and job.result is not None)
def same_result(api: Api, job: Job) -> None:
    """The result that a poll shows is the one that the start which waited was answered with."""
    assert job.result is not None
    name, told = waited_for(api, job)
    expect_equal(dig(good_end(api, job, name), job.result.at), told, "result")


@check(when=lambda job: has_twin(job) and job.synchronous.outputs is not None and job.result is not None)
def twins_agree(api: Api, job: Job) -> None:
    """Starts with the same inputs come to the same result, whether they wait or not, and each to its own."""
    assert job.result is not None
    for told, body in twins(api, job):
        expect_equal(dig(body, job.result.at), told, "result")


@check(level="observe")
def unknown(api: Api, job: Job) -> None:
    """What a poll for a job that never was gets."""
    reply = api.send(job.poll.id.put(build_poll(api, job), api.fresh_uuid()))
    api.observe(unknown_job=f"status {reply.status}")


@check(level="observe", when=lambda job: bool(job.fails))
def failure(api: Api, job: Job) -> None:
    """What becomes of a job that fails."""
    reply = api.send(start_request(api, job, job.fails))
    facts = {"start": f"status {reply.status}"}
    if api.succeeded(reply):
        one = poll(api, job, job_id(api, job.id, reply))
        facts["state"] = repr(dig(one.body, job.state))
    if job.synchronous:
        beside = {**job.synchronous.request, **job.fails}
        waited = api.send(start_request(api, job, beside, job.synchronous.operation))
        api.session.watch.excuse(api.history[-1])
        told = [repr(place.seen(waited)) for place in job.synchronous.told]
        facts["waiting_start"] = " ".join([f"status {waited.status}", *told])
    api.observe(**facts)
