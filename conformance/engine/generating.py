"""Generated requests of an operation, ready for a target: valid ones, each with one generated value in it."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.facets.create import Create
from conformance.contract.message import Request
from conformance.contract.semantics.document import Call
from conformance.engine import wrong
from conformance.engine.api import Api
from conformance.engine.lending import lent
from conformance.engine.making import build
from conformance.engine.outcome import Skip
from conformance.engine.ownership import WRITES
from conformance.generation.filling import Change, Prepared, changes, prepared
from conformance.generation.generated import Generated, covering, fuzzed

HANDFUL = 5
"""Generated requests of an operation that a server elsewhere gets, unless more are asked for."""

COSTLY = 8
"""Requests that fit the contract, of an operation that changes or starts something: each may use up what it names."""


def ready(api: Api, call: Call, *, breaking: bool) -> Iterator[Prepared]:
    """Each generated request that breaks a written rule of the contract, or each that breaks none, as it is sent.

    A server elsewhere gets those of reads only, unless more are asked for.
    """
    if not (api.session.target.is_loopback or api.session.examples or call.effect in {"read", "token"}):
        raise Skip("profile", "a server elsewhere gets generated reads only, unless --examples asks for more")
    with lent(api, call.id) as loan:
        found = tuple(_fitting(api, call, loan.request, breaking=breaking))
        if breaking or call.effect not in WRITES:
            yield from (made for _, made in found)
            return
        for change, _ in found:
            if loan.is_used():
                loan.renew()
            yield prepared(api.vendor, change, build(api, call.id, loan.context))


def _fitting(api: Api, call: Call, valid: Request, *, breaking: bool) -> Iterator[tuple[Change, Prepared]]:
    """Each change of a valid request that is to be sent, and the request that it makes of that one."""
    count, kinds = 0, set[str]()
    found = changes(_chosen(api, call), valid)
    # Of one kind the first is sent: null, which clients send by mistake, before what nobody sends.
    for change in sorted(found, key=lambda one: one.value is not None) if breaking else found:
        made = prepared(api.vendor, change, valid)
        if bool(made.breaks) is not breaking or (not breaking and _may_be_others(call, change)):
            continue
        if breaking and not api.session.examples and (made.kind in kinds or _is_known(api, call, made)):
            continue
        kinds.add(made.kind)
        count += 1
        if _is_enough(api, call, count, breaking=breaking):
            return
        yield change, made


def _is_known(api: Api, call: Call, made: Prepared) -> bool:
    """Whether a case has shown that this kind is refused; some take a null for nothing and refuse all else."""
    return not made.by_null and wrong.is_refused(api, call.id, made.kind)


def _may_be_others(call: Call, change: Change) -> bool:
    """Whether a change asks for something to be done to, or made as, what somebody may have under a generated id."""
    create = call.facets.get("create")
    keys = create.key if isinstance(create, Create) else ()
    value = call.request.get(change.place)
    named = change.place in keys or (value is not None and any(value.ids_in(change.value)))
    return call.effect in WRITES and named


def _chosen(api: Api, call: Call) -> tuple[Generated, ...]:
    """What the options and the place of the target allow for."""
    found = covering(api.vendor.document).get(call.id, ())
    if api.session.examples:
        found += fuzzed(api.vendor.document, call.id, api.session.examples, api.session.seed)
    return found


def _is_enough(api: Api, call: Call, count: int, *, breaking: bool) -> bool:
    """Whether no more are sent: a server elsewhere gets a handful, unless more are asked for."""
    if api.session.examples:
        return False
    if not api.session.target.is_loopback:
        return count > HANDFUL
    return count > COSTLY and call.effect in WRITES and not breaking
