"""Jobs started, polled, and followed to their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.facets.job import Job, Shown, Synchronous, Told
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, dig
from conformance.contract.semantics.model import Value
from conformance.engine.api import Api, describe
from conformance.engine.making import Context, build, with_values
from conformance.engine.outcome import Mismatch
from conformance.engine.waiting import beside, let_pass

HURRY = 3
"""Polls that are sent without a pause between them."""

PAUSE = 0.25
"""Seconds of the first pause between two polls; each one is twice the one before, up to ``LONGEST``."""

LONGEST = 8.0
"""Seconds of the longest pause."""


@dataclass(frozen=True)
class Poll:
    """What one poll showed: ``body`` is ``ABSENT`` while the job has nothing to show."""

    reply: Reply
    body: Any
    ended: bool


def start_request(api: Api, job: Job, beside: Mapping[Place, Value], operation: str | None = None) -> Request:
    """The smallest request that starts a job, with further values beside it."""
    context: Context = {}
    return with_values(api, build(api, operation or job.subject, context), dict(beside), context)


def start(api: Api, job: Job, way: str | None = None) -> Reply:
    """The reply to a start that does not wait, by the first way unless another one is named."""
    return api.send(start_request(api, job, job.ways[way or next(iter(job.ways))]))


def job_id(api: Api, place: Place, reply: Reply) -> str:
    """The id of the job that a successful ``reply`` names; ``Mismatch`` when it names none."""
    api.expect_success(reply)
    found = place.seen(reply)
    if found in (ABSENT, None, ""):
        raise Mismatch(f"a job's id at {place}", describe(reply))
    return str(found).rstrip("/").rpartition("/")[2].partition("?")[0]


def started(api: Api, job: Job, way: str | None = None) -> str:
    """The id of a job just started."""
    return job_id(api, job.id, start(api, job, way))


def synchronous(api: Api, job: Job, waiting: Synchronous) -> Reply:
    """The reply to a start that waits for the end."""
    return api.send(start_request(api, job, waiting.request, waiting.operation))


def poll(api: Api, job: Job, name: str) -> Poll:
    """What the job shows now; ``Mismatch`` for a refusal that is none of those a job may have before its end."""
    reply = api.send(job.poll.id.put(build_poll(api, job), name))
    if reply.status in job.unready:
        return Poll(reply, ABSENT, False)
    body = api.expect_success(reply)
    return Poll(reply, body, dig(body, job.state) in (*job.ends.success, *job.ends.failure))


def rests(job: Job, one: Poll) -> bool:
    """Whether a poll showed a job that has not ended, and that nothing is done for either."""
    return any(_shows(one.body, pointer, values) for pointer, values in job.rests.items())


def build_poll(api: Api, job: Job) -> Request:
    """A poll without the id of a job."""
    call = api.vendor.semantics.operations[job.poll.operation]
    beside = {place: value for place, value in call.request.items() if place != job.poll.id}
    return with_values(api, Request(job.poll.operation), beside, {})


def follow(api: Api, job: Job, name: str) -> Iterator[Poll]:
    """Polls until the job has ended; ``Mismatch`` when the deadline passes before.

    Where a control moves the server's clock, little real time passes, and that in the end.
    """
    for _ in _paused(api, job.deadline):
        one = poll(api, job, name)
        yield one
        if one.ended:
            return
    raise Mismatch(f"the end within {job.deadline:g} s", _seen(job, one))


def _paused(api: Api, deadline: float) -> Iterator[None]:
    """The moments to poll at: some at once, then after pauses that double, until ``deadline`` seconds are over."""
    yield from (None for _ in range(HURRY))
    waited, pause = 0.0, PAUSE
    while waited < deadline:
        let_pass(api, pause)
        waited, pause = waited + pause, min(pause * 2, LONGEST)
        yield
    for _ in beside(api):
        yield


def ended(api: Api, job: Job, name: str) -> Any:
    """What the job shows at its end."""
    return [one.body for one in follow(api, job, name)][-1]


def _seen(job: Job, one: Poll) -> str:
    return f"status {one.reply.status}" if one.body is ABSENT else f"state {dig(one.body, job.state)!r}"


def expect_told(told: Told, reply: Reply) -> None:
    """Raise ``Mismatch`` unless ``reply`` shows one of the values at each place."""
    for place, values in told.items():
        seen = place.seen(reply)
        if seen not in values:
            raise Mismatch(f"{place} {' or '.join(map(repr, values))}", f"{place} {seen!r}")


def expect_shown(shown: Shown, body: Any) -> None:
    """Raise ``Mismatch`` unless ``body`` shows one of the values, or any where none are named, at each pointer."""
    within: dict[str, dict[str, tuple[Any, ...]]] = {}
    for pointer, values in shown.items():
        array, star, rest = pointer.partition("/*/")
        if star:
            within.setdefault(array, {})[f"/{rest}"] = values
        elif not _shows(body, pointer, values):
            raise Mismatch(_wanted(pointer, values), f"{pointer} {dig(body, pointer)!r}")
    for array, item in within.items():
        items = dig(body, array)
        if not any(_shows_all(one, item) for one in (items if isinstance(items, list) else ())):
            wanted = " and ".join(_wanted(pointer, values) for pointer, values in item.items())
            raise Mismatch(f"an item of {array} with {wanted}", f"{array} {items!r}")


def _shows_all(body: Any, shown: Shown) -> bool:
    return all(_shows(body, pointer, values) for pointer, values in shown.items())


def _shows(body: Any, pointer: str, values: tuple[Any, ...]) -> bool:
    seen = dig(body, pointer)
    return seen in values if values else seen not in (ABSENT, None)


def _wanted(pointer: str, values: tuple[Any, ...]) -> str:
    return f"{pointer} {' or '.join(map(repr, values)) or 'present'}"


def outputs(waiting: Synchronous, reply: Reply) -> Any:
    """The result that the reply to a start that waited has, without what is no part of it; ``ABSENT`` for none."""
    found = dig(reply.json, waiting.outputs or "")
    return waiting.result(found) if isinstance(found, dict) else found
