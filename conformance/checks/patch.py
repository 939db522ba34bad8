"""JSON Patch (RFC 6902, with the pointers of RFC 6901) on a stored value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from conformance.checks._acting import after, sightings, subject
from conformance.checks._patches import FAILING, PATCHES, START
from conformance.contract.facets.patch import Patch
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.vendor import Vendor
from conformance.engine import wrong
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.lending import Loan, lent, shown_to_work
from conformance.engine.making import Context, build, read, set_up
from conformance.engine.outcome import Inconclusive, Mismatch, expect_equal

TOGETHER = 3
"""Patches that are sent at one instant."""


def patches(_: Vendor, __: Patch) -> Iterator[str]:
    """The patches that succeed."""
    return iter(PATCHES)


def failing(_: Vendor, __: Patch) -> Iterator[str]:
    """The patches of which an operation fails."""
    return iter(FAILING)


@check(variants=patches)
def applies(api: Api, patch: Patch, name: str) -> None:
    """A patch makes of the stored value what its operations say, in the reply and in a later read."""
    operations, outcome = PATCHES[name]
    with _started(api, patch) as context:
        request = _request(api, patch, context, operations)
        made = after(api, request, api.send(request), context)
        for where, body in sightings(api, made):
            expect_equal(get(body, patch.value), outcome, f"{patch.value} in {where}")


@check(variants=failing)
def atomic(api: Api, patch: Patch, name: str) -> None:
    """A patch of which one operation fails changes nothing."""
    shown_to_work(api, patch.subject)
    with _started(api, patch) as context:
        api.send(_request(api, patch, context, FAILING[name]))
        wrong.keep(api, patch.subject, f"patch {name}")
        body = read(api, subject(api, patch.subject, context))
        expect_equal(get(body, patch.value), START, patch.value)


@check()
def concurrent(api: Api, patch: Patch) -> None:
    """Of patches that come at one instant and add different members each that is answered with a success is there."""
    with _started(api, patch) as context:
        names = [f"added{number}" for number in range(TOGETHER)]
        requests = [_request(api, patch, context, [{"op": "add", "path": f"/{name}", "value": name}]) for name in names]
        replies = api.together(requests)
        taken = {name: name for name, reply in zip(names, replies, strict=True) if api.succeeded(reply)}
        if not taken:
            raise Inconclusive(f"none of {TOGETHER} patches at one instant was carried out")
        body = read(api, subject(api, patch.subject, context))
        expect_equal(get(body, patch.value), {**START, **taken}, f"{patch.value} after patches at one instant")


@check(variants=failing, level="observe")
def fails(api: Api, patch: Patch, name: str) -> None:
    """A patch of which one operation fails is refused."""

    def send() -> None:
        with _started(api, patch) as context:
            api.send(_request(api, patch, context, FAILING[name]))

    found = wrong.exchange(api, patch.subject, f"patch {name}", send)
    if found is None or found.reply is None:
        raise Inconclusive("the patch got no reply that says anything of it")
    if found not in api.history:
        api.history.append(found)
    api.observe(status=found.reply.status)
    api.expect_refusal(found.reply)


@check(level="observe")
def without_from(api: Api, patch: Patch) -> None:
    """A move that does not say from where is refused."""
    with _started(api, patch) as context:
        reply = api.send(_request(api, patch, context, [{"op": "move", "path": "/moved"}]))
        api.observe(status=reply.status)
        api.expect_refusal(reply)


@contextmanager
def _started(api: Api, patch: Patch) -> Iterator[Context]:
    """The resource to patch, its value set to ``START``; the next case sets it again, when this one ended well."""
    with lent(api, patch.replace.operation, purpose=f"{patch.subject}/patch") as loan:
        with set_up("setting the value to patch"):
            try:
                _set(api, patch, loan)
            except Mismatch:
                if not loan.borrowed:
                    raise
                loan.renew()
                _set(api, patch, loan)
        yield loan.context
        loan.hand_on()


def _set(api: Api, patch: Patch, loan: Loan) -> None:
    request = patch.replace.place.put(loan.request, START)
    made = after(api, request, api.send(request), loan.context)
    expect_equal(get(made.body, patch.value), START, patch.value)


def _request(api: Api, patch: Patch, context: Context, operations: list[dict[str, Any]]) -> Request:
    return replace(build(api, patch.subject, context), body=operations)
