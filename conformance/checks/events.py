"""Events that the server sends out, as a subscriber receives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from conformance.checks._repeating import answers_the_same
from conformance.contract.facets.create import Create
from conformance.contract.facets.events import Events, Trigger
from conformance.contract.identity import id_text, same_id
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, Made, command_request, make, make_otherwise, resolve, run, set_up
from conformance.engine.outcome import Blocked, Inconclusive, Mismatch, expect, expect_equal, same
from conformance.engine.waiting import TRAVEL, attempts

PATIENCE, SHORTLY = 30.0, 0.2
"""Seconds in which an event arrives that has to come, and in which one would be noticed that has not."""
FIRST_PAUSE = 0.05
"""Seconds before the inbox is looked into again; each pause is twice the one before."""
EVERYTHING = 10**9
"""More deliveries than an inbox holds."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
"""The letters of an RFC 3339 moment; which of them are dates is the calendar's to say."""


def _events(vendor: Vendor) -> Events:
    events = vendor.semantics.vendor_facet(Events)
    assert events is not None
    return events


def sends(vendor: Vendor) -> bool:
    """Whether the vendor sends events."""
    return vendor.semantics.vendor_facet(Events) is not None


def kinds(vendor: Vendor, _: Vendor) -> Iterator[str]:
    """What triggers events."""
    return iter(_events(vendor).each)


@check(when=sends, variants=kinds, controls=("webhook_inbox",))
def sent_once(api: Api, vendor: Vendor, kind: str) -> None:
    """What triggers an event sends it once, and it names what it is about."""
    told = _told(api, _events(vendor), kind)
    expect_equal(len(told.bodies), 1, f"events {kind}:")
    for pointer, expected in told.names.items():
        if not told.is_named(told.bodies[0], pointer):
            expect_equal(get(told.bodies[0], pointer), expected, f"{pointer} =")


@check(when=sends, variants=kinds, controls=("webhook_inbox",))
def conforms(api: Api, vendor: Vendor, kind: str) -> None:
    """A delivered event is as the contract describes events of its kind, with a version and a moment that parse."""
    events = _events(vendor)
    told = _told(api, events, kind)
    expect(bool(told.bodies), f"a delivery of {kind}", "none")
    violation = vendor.validators.event(events.webhook, told.bodies[0])
    if violation is not None:
        raise Mismatch(f"{violation.expected} {violation.pointer}".strip(), violation.actual)
    if events.version:
        expect(bool(get(told.bodies[0], events.version)), f"text at {events.version}", "none")
    if events.timestamp:
        moment = str(get(told.bodies[0], events.timestamp))
        expect(is_moment(moment), f"an RFC 3339 moment at {events.timestamp}", moment)


@check(when=sends, controls=("webhook_inbox",), level="observe")
def own_ids(api: Api, vendor: Vendor) -> None:
    """Different events have different ids."""
    events = _events(vendor)
    seen = {kind: api.session.shared.find(_name(kind)) for kind in events.each}
    bodies = [body for kind, told in seen.items() for body in told or _told(api, events, kind).bodies]
    ids = {str(get(body, events.id)) for body in bodies}
    expect_equal(len(ids), len(bodies), "different ids:")


@check(when=sends, variants=lambda vendor, _: _repeatable(vendor), controls=("webhook_inbox",))
def repeat(api: Api, vendor: Vendor, kind: str) -> None:
    """A command or a create that is repeated, and changes nothing, sends no event."""
    events = _events(vendor)
    trigger, told = events.each[kind], _told(api, events, kind)
    with set_up("repeating it"):
        again = told.made.request if trigger.create else command_request(api, _command(vendor, trigger), told.made)
        api.expect_success(api.send(again))
    more = 0
    for _ in attempts(api, FIRST_PAUSE, SHORTLY):
        more = len(_matching(api, events, told)) - len(told.bodies)
        if more:
            break
    expect_equal(more, 0, f"further events {kind}:")


@dataclass(frozen=True)
class _Told:
    """What triggered an event, and the events delivered of it; ``own`` are the names that are its alone.

    ``ids`` are those names that are ids of resources.
    """

    made: Made
    kind: str
    names: dict[str, Any]
    ids: frozenset[str]
    own: frozenset[str]
    mark: int
    bodies: tuple[Any, ...] = ()

    def is_named(self, body: Any, pointer: str) -> bool:
        """Whether an event names there what it is about."""
        seen, name = get(body, pointer), self.names[pointer]
        return same_id(seen, name) if pointer in self.ids else same(seen, name)


def _told(api: Api, events: Events, kind: str) -> _Told:
    """Trigger an event of ``kind`` and read the inbox, again while it is not there."""
    trigger, context = events.each[kind], Context()
    mark = int(_inbox(api, EVERYTHING)["count"])
    made = _trigger(api, trigger, context)
    names = {pointer: resolve(api, value, context) for pointer, value in trigger.names.items()}
    ids = frozenset(at for at, value in trigger.names.items() if value.resource)
    told = _Told(made, trigger.kind or kind, names, ids, ids | set(trigger.apart), mark)
    for _ in attempts(api, FIRST_PAUSE, PATIENCE, real=TRAVEL):
        if bodies := _matching(api, events, told):
            api.session.shared.put(_name(kind), bodies)
            return replace(told, bodies=bodies)
    return told


def _name(kind: str) -> str:
    """What the events that were told last of a kind are remembered by."""
    return f"events {kind}"


def _trigger(api: Api, trigger: Trigger, context: Context) -> Made:
    """What was made, or had the command run on it; of two children the second one is told about."""
    if trigger.create is not None:
        return make_otherwise(api, trigger.create, trigger.request, trigger.leave_out, context)
    command = _command(api.vendor, trigger)
    made = make(api, command.resource, state=command.of[0], context=context)
    for _ in range(2 if trigger.child is not None else 0):
        make(api, trigger.child or "", context=context)
    with set_up(f"running {command.operation}"):
        api.expect_success(run(api, command, made))
    return made


def _command(vendor: Vendor, trigger: Trigger) -> Command:
    for resource in vendor.semantics.resources.values():
        for command in resource.commands.values():
            if command.operation == trigger.command:
                return command
    raise Blocked(f"no command runs {trigger.command}", "suite")


def _repeatable(vendor: Vendor) -> Iterator[str]:
    """The kinds of event whose command or plain create changes nothing when it is repeated."""
    for kind, trigger in _events(vendor).each.items():
        if trigger.create is not None:
            operation = vendor.semantics.resources[trigger.create].create
            create = vendor.semantics.operations[operation or ""].facets["create"]
            repeatable = isinstance(create, Create) and answers_the_same(create) and trigger.kind is None
        else:
            repeatable = trigger.child is None and _command(vendor, trigger).repeat == "no-op"
        if repeatable:
            yield kind


def _matching(api: Api, events: Events, told: _Told) -> tuple[Any, ...]:
    """The events of its kind since the trigger that name what it was about; one id is one event, however often sent."""
    found: dict[str, Any] = {}
    for delivery in _inbox(api, told.mark)["deliveries"]:
        body = get(delivery, "/body")
        if get(body, events.kind) == told.kind and all(told.is_named(body, pointer) for pointer in told.own):
            found.setdefault(id_text(get(body, events.id)), body)
    return tuple(found.values())


def _inbox(api: Api, after: int) -> dict[str, Any]:
    """The deliveries after the first ``after``, and how many there were in all."""
    answer = api.control("webhook_inbox", after=after)
    if not isinstance(answer, dict) or not {"deliveries", "count"} <= answer.keys():
        raise Inconclusive("the control webhook_inbox answers no deliveries and count")
    return answer


def is_moment(text: str) -> bool:
    """Whether ``text`` is a date with time and offset, as RFC 3339 has it."""
    if MOMENT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True
