"""What is removed is gone, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conformance.checks.box import entries, request_of
from conformance.contract.facets.box import Box
from conformance.contract.facets.create import Create
from conformance.contract.facets.list import List
from conformance.contract.facets.removal import Removal
from conformance.contract.message import Reply
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.existence import exists
from conformance.engine.listing import expect_listed
from conformance.engine.making import (
    Made,
    bring,
    build,
    context_of,
    create_request,
    made_by,
    make,
    read,
    read_request,
    run,
    set_up,
)
from conformance.engine.near import near_uuid
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.states import arrive

MANY = 12
"""Resources that are removed at once: more than a server that works through a few at a time takes."""


def has_existence(removal: Removal) -> bool:
    """Whether an operation tells what exists."""
    return removal.exists is not None


def _made(api: Api, removal: Removal) -> Made:
    made = make(api, removal.subject)
    with set_up("asking for the new one"):
        expect(exists(api, made.resource, made.id), "the new one to exist", "it does not")
    return made


def _made_near(api: Api, removal: Removal, known: Made) -> Made:
    """Another one, under an id that begins as that of ``known`` does where the caller chooses it."""
    request = create_request(api, known.resource, {})
    create = api.vendor.semantics.operations[request.operation].facets.get("create")
    if isinstance(create, Create) and create.key and create.format == "uuid":
        request = create.key[-1].put(request, near_uuid(api, known.id))
    return make(api, removal.subject, request=request)


def _remove(api: Api, removal: Removal, made: Made) -> Reply:
    request = build(api, removal.operation, context_of(made))
    return api.send(removal.id.put(request, made.id))


def _remove_at_once(api: Api, removal: Removal, *doomed: Made) -> Reply:
    assert removal.several is not None
    request = build(api, removal.several.operation, context_of(doomed[0]))
    return api.send(removal.several.ids.put(request, [made.id for made in doomed]))


def _removals(removal: Removal) -> tuple[Callable[..., Reply], ...]:
    """The ways to remove one."""
    return (_remove, _remove_at_once) if removal.several else (_remove,)


@check(when=has_existence)
def created_exists(api: Api, removal: Removal) -> None:
    """One that was created exists, and does so when it came to its end."""
    made = make(api, removal.subject)
    expect_equal(exists(api, made.resource, made.id), True, "exists:")
    if made.resource.end is not None:
        bring(api, made, made.resource.end)
        expect_equal(exists(api, made.resource, made.id), True, f"exists as {made.resource.end}:")


@check(when=has_existence)
def unknown_does_not_exist(api: Api, removal: Removal) -> None:
    """One that nobody created does not exist."""
    expect_equal(exists(api, api.vendor.semantics.resources[removal.subject], api.fresh_uuid()), False, "exists:")


@check()
def gone(api: Api, removal: Removal) -> None:
    """One that is removed does not exist any more, takes no command, and another one does."""
    made = _made(api, removal)
    other = _made_near(api, removal, made)
    with set_up("asking for the other one"):
        expect(exists(api, other.resource, other.id), "the other one to exist", "it does not")
    api.expect_success(_remove(api, removal, made))
    expect_equal(exists(api, made.resource, made.id), False, "exists:")
    expect_equal(exists(api, other.resource, other.id), True, "the other one exists:")
    api.expect_refusal(api.send(read_request(made.resource, made.id)))
    for command in _begun_by(made.resource):
        api.expect_refusal(run(api, command, made))


def _begun_by(resource: Resource) -> list[Command]:
    """Of the commands that lead on from a new one, the first of each operation."""
    leading = [one for one in resource.commands.values() if resource.initial in one.of]
    return list({one.operation: one for one in reversed(leading)}.values())[::-1]


def _lists(vendor: Vendor, removal: Removal) -> bool:
    operation = vendor.semantics.resources[removal.subject].list
    return operation is not None and isinstance(vendor.semantics.operations[operation].facets.get("list"), List)


@check(given=_lists)
def unlisted(api: Api, removal: Removal) -> None:
    """One that is removed, alone or at once with others, is in the list no more."""
    for remove in _removals(removal):
        made = make(api, removal.subject)
        with set_up("the removal"):
            api.expect_success(remove(api, removal, made))

        def without_it(found: list[Any], made: Made = made) -> None:
            expect(not found, f"no {made.resource.name} {made.id} in {made.resource.list}", f"there {len(found)} times")

        expect_listed(api, made, without_it)


def boxes(vendor: Vendor, removal: Removal) -> Iterator[str]:
    """The operations whose lists follow the states of what is removed."""
    for name, call in vendor.semantics.operations.items():
        box = call.facets.get("box")
        if isinstance(box, Box) and box.resource == removal.subject:
            yield name


@check(variants=boxes)
def out_of_the_box(api: Api, removal: Removal, operation: str) -> None:
    """One that is removed, alone or at once with others, has no entry in the list that held one for its state."""
    box = api.vendor.semantics.operations[operation].facets["box"]
    assert isinstance(box, Box)
    for remove in _removals(removal):
        made = arrive(api, api.vendor.semantics.resources[removal.subject], _holding(box))
        request = request_of(api, box, made)
        with set_up("its entries, and the removal"):
            expect(bool(entries(box, made, api.expect_success(api.send(request)))), "an entry before", "none")
            api.expect_success(remove(api, removal, made))
        reply = api.send(request)
        if api.succeeded(reply):
            expect_equal(entries(box, made, api.expect_success(reply)), [], f"{box.shows} of its entries")
        else:
            api.expect_refusal(reply)


def _holding(box: Box) -> str:
    """The first state that gives a resource an entry."""
    return next(state for state, values in box.holds.items() if values)


@check(when=lambda removal: removal.several is not None)
def several_gone(api: Api, removal: Removal) -> None:
    """Each of several that are removed at once does not exist any more, and another one does."""
    doomed, other = [_made(api, removal) for _ in range(MANY)], _made(api, removal)
    api.expect_success(_remove_at_once(api, removal, *doomed))
    for made in doomed:
        expect_equal(exists(api, made.resource, made.id), False, "exists:")
    expect_equal(exists(api, other.resource, other.id), True, "the other one exists:")


def taken_and_left(vendor: Vendor, removal: Removal) -> bool:
    """Whether the caller chooses the key that a removal gives free, and one can be in another state than a new one."""
    resource = vendor.semantics.resources[removal.subject]
    create = vendor.semantics.operations[resource.create].facets.get("create") if resource.create else None
    return isinstance(create, Create) and bool(create.key) and bool(resource.read) and bool(_moved(resource))


def _moved(resource: Resource) -> str | None:
    """A state that commands lead to from a new one."""
    return next((one for one in resource.states if one != resource.initial and resource.way_to(one)), None)


@check(given=taken_and_left)
def made_again(api: Api, removal: Removal) -> None:
    """What a create with the key of one that is removed makes, where it makes one, begins anew."""
    resource = api.vendor.semantics.resources[removal.subject]
    made = arrive(api, resource, _moved(resource) or "")
    with set_up("the removal"):
        api.expect_success(_remove(api, removal, made))
    reply = api.send(made.request)
    if reply.status < 500 and not api.succeeded(reply):
        api.observe(key_of_one_removed=f"refused with {reply.status}")
        return
    again = made_by(api, resource, made.request, reply)
    expect_equal(resource.state_in(read(api, again)), resource.initial, "state")


@check(level="observe")
def again(api: Api, removal: Removal) -> None:
    """What the removal of one that is gone gets."""
    made = _made(api, removal)
    with set_up("the first removal"):
        api.expect_success(_remove(api, removal, made))
    reply = _remove(api, removal, made)
    api.observe(removed_again="accepted" if api.succeeded(reply) else f"refused with {reply.status}")
