"""What creates promise of being repeated, and the first create and the replay that cases begin with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from conformance.checks._acting import kept_by, with_optional_values
from conformance.contract.facets.create import Create
from conformance.contract.facets.list import List
from conformance.contract.message import Request
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.listing import appearances, expect_items, expect_once, listing_of, neighbours
from conformance.engine.making import Context, Made, context_of, create_request, made_by, resolve, set_up
from conformance.engine.outcome import Mismatch, expect


def keyed(create: Create) -> bool:
    """Whether the caller chooses the key."""
    return bool(create.key)


def answers_the_same(create: Create) -> bool:
    """Whether a replay is promised to answer the resource as it is."""
    return create.replay is not None and create.replay.gets == "same"


def answers_a_success(create: Create) -> bool:
    """Whether a replay is promised to succeed."""
    return create.replay is not None and create.replay.gets in {"same", "updated", "recorded"}


def conflicts(create: Create) -> bool:
    """Whether a replay is promised to be refused."""
    return create.replay is not None and create.replay.gets == "conflict"


def updates(create: Create) -> bool:
    """Whether a replay is promised to bring the resource up to date."""
    return create.replay is not None and create.replay.gets == "updated"


def created(api: Api, create: Create) -> Made:
    """A resource just created, as set-up."""
    resource = api.vendor.semantics.resources[create.resource]
    context: Context = {}
    request = create_request(api, resource, context, operation=create.subject)
    with set_up("the first create"):
        return made_by(api, resource, request, api.send(request), context, create.first)


def repeated(api: Api, made: Made, *statuses: int) -> Made:
    """The reply to the same request again."""
    reply = api.send(made.request)
    return made_by(api, made.resource, made.request, reply, None, statuses)


def replays_with_other_values(api: Api, create: Create, made: Made) -> Iterator[Request]:
    """Creates with the key of ``made``: as small as they come, with all that is optional, and of every other kind."""
    context = context_of(made)
    smallest = create_request(api, made.resource, context, operation=create.subject)
    for place in create.key:
        smallest = place.put(smallest, place.sent(made.request))
    yield smallest
    yield with_optional_values(api, smallest, context)
    call = api.vendor.semantics.operations[create.subject]
    for item in kept_by(call):
        if item.place in call.request and item.value.fixture and not item.instead_of:
            yield item.place.put(smallest, resolve(api, item.value, context))


def expect_one(api: Api, create: Create, made: Made) -> None:
    """``Mismatch`` unless a list holds ``made`` once, and below a new parent no more than one create brings there."""
    listing = _own_list(api.vendor, made)
    if listing is None:
        expect_once(api, made)
        return

    @cache
    def brought() -> int:
        return _beside_one(api, create, listing)

    def holds(items: list[Any]) -> None:
        found = len(appearances(listing, made, items))
        expect(found == 1, f"{made.resource.name} {made.id} once in {listing.subject}", f"{found} times")
        if len(items) > 1 and len(items) - 1 != brought():
            ids = " ".join(map(listing.id_of, items))
            raise Mismatch(f"{made.resource.name} {made.id} alone in {listing.subject}", ids)

    expect_items(api, listing, holds, made.parent)


def _own_list(vendor: Vendor, made: Made) -> List | None:
    """The list that narrows to what this run made below the parent of ``made``, if any."""
    listing, parent = listing_of(vendor, made.resource), made.parent
    if listing is None or listing.population is None or listing.scope != "private" or parent is None:
        return None
    return listing if listing.population.parent == parent.resource.name else None


def _beside_one(api: Api, create: Create, listing: List) -> int:
    """How many others the list holds below a new parent after a create that nothing repeats."""
    made = created(api, create)
    with set_up(f"{listing.subject} after one create"):
        items = neighbours(api, listing, made.parent)
    return len(items) - len(appearances(listing, made, items))
