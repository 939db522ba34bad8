"""What is offered can be done, and what can be done is offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._acting import make_full
from conformance.contract.facets.offers import Offers, Taker
from conformance.contract.identity import id_text
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Made, bring, build, command_request, context_of, make, read, resolve, set_up
from conformance.engine.outcome import Blocked, Mismatch, expect, expect_equal
from conformance.engine.states import arrive, reachable


def open_states(vendor: Vendor, offers: Offers) -> Iterator[str]:
    """The states that are not the end and that the offered operation leads on from."""
    resource = vendor.semantics.resources[offers.resource]
    taken = {state for command in commands(resource, offers) for state in command.of}
    yield from (state for state in resource.states if state in taken and reachable(vendor, resource, state))


def final_states(vendor: Vendor, offers: Offers) -> Iterator[str]:
    """The terminal states in which nothing is offered."""
    resource = vendor.semantics.resources[offers.resource]
    yield from (state for state in resource.terminal if offers.ends and reachable(vendor, resource, state))


def commands(resource: Resource, offers: Offers) -> list[Command]:
    """The commands of the resource that the offered operation runs."""
    return [command for command in resource.commands.values() if command.operation == offers.by.operation]


def _resource(api: Api, offers: Offers) -> Resource:
    return api.vendor.semantics.resources[offers.resource]


def _who(api: Api, offers: Offers, command: Command, made: Made) -> Any:
    """Who gives the command, as its request says it."""
    value = command.request.get(offers.by.actor) if offers.by.actor else None
    return ABSENT if value is None else resolve(api, value, context_of(made))


def _offered(api: Api, offers: Offers, made: Made, who: Any) -> list[str]:
    """The names offered to ``who`` now."""
    return [str(get(item, offers.name)) for item in _items(api, offers, made, who)]


def _items(api: Api, offers: Offers, made: Made, who: Any) -> list[Any]:
    """What is offered to ``who`` now."""
    request = offers.id.put(build(api, offers.subject, context_of(made)), made.id)
    if offers.actor is not None and who is not ABSENT:
        request = offers.actor.put(request, who)
    body = api.expect_success(api.send(request))
    items = get(body, offers.items)
    if not isinstance(items, list):
        raise Mismatch(f"a list at {offers.items}", repr(items))
    return items


def _taking(api: Api, by: Taker, made: Made, name: str, who: Any) -> Request:
    """The request that asks for ``name`` on behalf of ``who``."""
    request = Request(by.operation, media_type=api.vendor.document.operations[by.operation].media_type)
    request = by.place.put(by.id.put(request, made.id), name)
    return by.actor.put(request, who) if by.actor and who is not ABSENT else request


def _callers(api: Api, offers: Offers, made: Made, state: str) -> list[Any]:
    """Everyone who gives a command in this state, each once."""
    found: list[Any] = []
    for command in commands(made.resource, offers):
        who = _who(api, offers, command, made)
        if state in command.of and who not in found:
            found.append(who)
    return found


@check(variants=open_states)
def complete(api: Api, offers: Offers, state: str) -> None:
    """Everything that is documented for the state is offered to those who are let do it."""
    made = arrive(api, _resource(api, offers), state)
    for command in commands(made.resource, offers):
        if state in command.of:
            names = _offered(api, offers, made, _who(api, offers, command, made))
            wanted = str(offers.by.place.sent(command_request(api, command, made)))
            expect(wanted in names, f"{wanted} among what is offered", ", ".join(names) or "nothing")


@check(variants=open_states)
def taken(api: Api, offers: Offers, state: str) -> None:
    """Everything that is offered is taken from whoever it is offered to, and a state that is offered is reached."""
    resource = _resource(api, offers)
    first = arrive(api, resource, state)
    for who in _callers(api, offers, first, state):
        names = _offered(api, offers, first, who)
        if not names:
            raise Blocked("nothing is offered")
        for name in dict.fromkeys(names):
            made = arrive(api, resource, state)
            api.expect_success(api.send(_taking(api, offers.by, made, name, who)))
            if offers.leads:
                expect_equal(made.resource.state_in(read(api, made)), name, "state in a read")


@check(variants=open_states, when=lambda offers: bool(offers.shows))
def shown(api: Api, offers: Offers, state: str) -> None:
    """What is offered tells of the resource what a read tells of it."""
    made = arrive(api, _resource(api, offers), state)
    body = read(api, made)
    for who in _callers(api, offers, made, state):
        for item in _items(api, offers, made, who):
            for there, here in offers.shows.items():
                told = get(item, there)
                same = told in (None, ABSENT) or id_text(told) == id_text(get(body, here))
                expect(same, f"{there} {get(body, here)!r}", repr(told))


@check(variants=final_states)
def none_at_the_end(api: Api, offers: Offers, state: str) -> None:
    """Nothing is offered in a final state, whatever was offered before."""
    made = make(api, offers.resource)
    callers = dict.fromkeys(
        [ABSENT, *(_who(api, offers, command, made) for command in commands(made.resource, offers))]
    )
    with set_up("what is offered at the beginning"):
        for who in callers:
            _offered(api, offers, made, who)
    made = bring(api, made, state)
    for who in callers:
        names = _offered(api, offers, made, who)
        expect(not names, "nothing offered", ", ".join(names))


@check(variants=open_states)
def unoffered(api: Api, offers: Offers, state: str) -> None:
    """What is not offered is refused."""
    for request, _ in _wrong(api, offers, state):
        api.expect_refusal(api.send(request))


@check(variants=open_states)
def unoffered_changes_nothing(api: Api, offers: Offers, state: str) -> None:
    """Asking for what is not offered leaves the resource as it was."""
    for request, made in _wrong(api, offers, state):
        with set_up("reading the resource"):
            before = read(api, made)
        api.send(request)
        after = read(api, made)
        if after != before:
            raise Mismatch(f"an unchanged {made.resource.name}", "a changed one")


def by_several(vendor: Vendor, offers: Offers) -> Iterator[str]:
    """The open states, where it matters who gives a command."""
    yield from open_states(vendor, offers) if offers.actor is not None else ()


@check(variants=by_several)
def unoffered_to_others(api: Api, offers: Offers, state: str) -> None:
    """What is offered to one is refused to another to whom it is not offered, and the resource stays as it was."""
    made = arrive(api, _resource(api, offers), state)
    with set_up("reading the resource"):
        before = read(api, made)
    given = commands(made.resource, offers)
    everybody = list(dict.fromkeys(_who(api, offers, command, made) for command in given))
    for other in everybody:
        with set_up("listing what is offered"):
            offered = _offered(api, offers, made, other)
        for command in given:
            name = str(offers.by.place.sent(command_request(api, command, made)))
            if state in command.of and name not in offered:
                for by in (offers.by, *offers.also):
                    api.expect_refusal(api.send(_taking(api, by, made, name, other)))
    expect(read(api, made) == before, f"an unchanged {made.resource.name}", "a changed one")


def _wrong(api: Api, offers: Offers, state: str) -> Iterator[tuple[Request, Made]]:
    """Requests for what other states offer, and for what nobody knows, on one full resource in ``state``."""
    resource = _resource(api, offers)
    made = bring(api, make_full(api, resource.name, {}), state)
    for command in commands(made.resource, offers):
        who = _who(api, offers, command, made)
        if state not in command.of and command.to != state:
            name = str(offers.by.place.sent(command_request(api, command, made)))
            with set_up("listing what is offered"):
                offered = _offered(api, offers, made, who)
            if name not in offered:
                yield _taking(api, offers.by, made, name, who), made
    yield _taking(api, offers.by, made, api.fresh_text(), who), made
