"""What further operations tell of a job: the same as its poll, and as its start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.contract.facets.accounts import Accounts
from conformance.contract.facets.job import Job
from conformance.contract.identity import id_text
from conformance.contract.message import Request
from conformance.contract.pointer import dig
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.jobs import ended, job_id, start_request
from conformance.engine.likeness import alike, told
from conformance.engine.making import set_up
from conformance.engine.outcome import Blocked, expect, expect_equal

PRESUPPOSES = "job"


def operations(_: Vendor, accounts: Accounts) -> Iterator[str]:
    """The operations that tell of a job."""
    return iter(accounts.operations)


def further(_: Vendor, accounts: Accounts) -> Iterator[str]:
    """The operations that tell of a job besides the first one."""
    return iter(accounts.operations[1:])


def naming(_: Vendor, accounts: Accounts) -> Iterator[str]:
    """Those that name what the start named."""
    return iter(accounts.named)


@check(variants=operations)
def same_id(api: Api, accounts: Accounts, operation: str) -> None:
    """A job that has ended is found by the id that its start answered, and is shown with it."""
    _, name, _ = _ended(api, accounts)
    shown = dig(_told(api, accounts, operation, name), accounts.account(operation).echo)
    expect_equal(id_text(shown), id_text(name), "id")


@check(variants=operations)
def same_state(api: Api, accounts: Accounts, operation: str) -> None:
    """A job that has ended is in the state that its poll shows."""
    _, name, body = _ended(api, accounts)
    shown = _told(api, accounts, operation, name)
    expect_equal(dig(shown, accounts.account(operation).state), dig(body, _job(api, accounts).state), "state")


@check(variants=naming)
def same_names(api: Api, accounts: Accounts, operation: str) -> None:
    """A job that has ended is shown as what its start asked for, and another one as what its own did."""
    ways = list(_job(api, accounts).ways)
    for way in dict.fromkeys((ways[0], ways[-1])):
        request, name, _ = _ended(api, accounts, way)
        shown = _told(api, accounts, operation, name)
        for pointer, place in accounts.names.items():
            expect_equal(id_text(dig(shown, pointer)), id_text(place.sent(request)), f"{pointer} =")


@check(variants=further)
def tells_the_same(api: Api, accounts: Accounts, operation: str) -> None:
    """What the operation tells of a job that has ended is what the first one tells of it."""
    first = accounts.operations[0]
    _, name, _ = _ended(api, accounts)
    bodies = (_told(api, accounts, one, name) for one in (first, operation))
    for pointer, before, now in told(*bodies):
        expect(alike(before, now), f"{pointer} {before!r}, as {first} tells it", repr(now))


@check(when=lambda accounts: bool(accounts.lasts))
def as_started(api: Api, accounts: Accounts) -> None:
    """What the reply to the start shows of the job is told of it when it has ended."""
    _, name, _ = _ended(api, accounts)
    shown = next(one.reply for one in api.history if one.operation == accounts.subject and one.reply)
    now = _told(api, accounts, accounts.operations[0], name)
    for pointer in accounts.lasts:
        for at, before, later in told(dig(shown.json, pointer), dig(now, pointer)):
            expect(alike(before, later), f"{pointer}{at} {later!r}, as it is in the end", f"{before!r} at the start")


def _job(api: Api, accounts: Accounts) -> Job:
    job = api.vendor.semantics.operations[accounts.subject].facets.get("job")
    if not isinstance(job, Job):
        raise Blocked(f"{accounts.subject} starts no job", "suite")
    return job


def _ended(api: Api, accounts: Accounts, way: str | None = None) -> tuple[Request, str, Any]:
    """A job followed to its end: the start, by the first way unless another is named, the id, and the last poll."""
    job = _job(api, accounts)
    with set_up("a job that ends"):
        request = start_request(api, job, job.ways[way or next(iter(job.ways))])
        name = job_id(api, job.id, api.send(request))
        return request, name, ended(api, job, name)


def _told(api: Api, accounts: Accounts, operation: str, name: str) -> Any:
    return api.expect_success(api.send(accounts.account(operation).id.put(Request(operation), name)))
