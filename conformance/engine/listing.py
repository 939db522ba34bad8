"""What lists show of one resource, and of the children of one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from conformance.contract.facets.list import List
from conformance.contract.identity import same_id
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.making import Made, build, context_of
from conformance.engine.outcome import Mismatch, Moved, expect
from conformance.engine.walking import sendable, whole

LAG = 0.5
"""Seconds for which a list may be behind what was done; no vendor says how soon it shows it."""

WALKS = 4
"""How often a list is walked that does not show what it has to."""

PAUSE = 0.1
"""Seconds between two looks at a list that is behind."""

T = TypeVar("T")


def listing_of(vendor: Vendor, resource: Resource) -> List | None:
    """How the resource's kind is listed; ``None`` when nothing lists it."""
    if resource.list is None:
        return None
    listing = vendor.semantics.operations[resource.list].facets.get("list")
    return listing if isinstance(listing, List) else None


def neighbours(api: Api, listing: List, parent: Made | None = None) -> list[Any]:
    """Every item of the list; only those below ``parent`` where its request names one or it narrows to one."""
    return whole(api, listing, base=below(api, listing, parent) if parent else None)


def below(api: Api, listing: List, *parents: Made) -> Request:
    """The smallest request of the list, about a parent where it names one, narrowed to all of them where it can be."""
    request = build(api, listing.subject, context_of(parents[0]))
    if listing.population is None:
        return request
    one = listing.filters[listing.population.filter]
    return one.place.put(request, sendable(one, [parent.id for parent in parents]))


def is_below(vendor: Vendor, listing: List) -> bool:
    """Whether the request of a list names the parent of what it lists."""
    parent = vendor.semantics.resources[listing.resource].parent
    values = vendor.semantics.operations[listing.subject].request.values()
    return parent is not None and any(value.resource == parent.resource for value in values)


def appearances(listing: List, made: Made, items: Iterable[Any]) -> list[Any]:
    """The items that carry the id of ``made``."""
    return [item for item in items if same_id(listing.id_of(item), made.id)]


def _lag(listing: List) -> str:
    """The name under which it is remembered that a list was waited for in vain."""
    return f"lag of {listing.subject}"


def may_be_behind(api: Api, listing: List) -> bool:
    """Whether a list may show later what was done: none in this process does, nor one waited for in vain."""
    return not api.session.in_process_controls and not api.session.shared.has_given_up(_lag(listing))


def caught_up(api: Api, listing: List, base: Request, states: Mapping[str, str | None]) -> tuple[Any, ...]:
    """Every item of a list that is given ``LAG`` to show what it has to, by id and state; ``None`` is any state."""
    began = time.monotonic()
    while True:
        items = tuple(whole(api, listing, base=base))
        if _shows(api, listing, items, states) or not may_be_behind(api, listing):
            return items
        if time.monotonic() - began > LAG:
            api.session.shared.give_up(_lag(listing))
        time.sleep(PAUSE)


def _shows(api: Api, listing: List, items: Iterable[Any], states: Mapping[str, str | None]) -> bool:
    resource = api.vendor.semantics.resources[listing.resource]
    shown = {listing.id_of(item): resource.state_in(item) for item in items}
    return all(one in shown and (state is None or shown[one] in (state, ABSENT)) for one, state in states.items())


def seen_in_time(api: Api, listing: List, look: Callable[[], T]) -> T:
    """What ``look`` finds in a list that nobody else moves; a ``Mismatch`` counts when it is there ``LAG`` later."""
    try:
        return look()
    except Mismatch:
        if not may_be_behind(api, listing):
            raise
    time.sleep(LAG)
    try:
        return look()
    except Mismatch:
        api.session.shared.give_up(_lag(listing))
        raise


def expect_items(api: Api, listing: List, holds: Callable[[list[Any]], None], parent: Made | None = None) -> None:
    """Hold the items of the list against ``holds``; ``Moved`` when others move it all the time.

    A ``Mismatch``, be it of ``holds`` or of the walk, counts once the next walk shows the same, and one more after
    ``LAG``, which is waited for until that was in vain once.
    """
    before: list[str] | None = None
    waited = False
    for left in reversed(range(WALKS)):
        wrong, shown = _walked(api, listing, holds, parent)
        if wrong is None:
            return
        if shown == before:
            if waited:
                api.session.shared.give_up(_lag(listing))
            if waited or not left or not may_be_behind(api, listing):
                raise wrong
            waited = True
            time.sleep(LAG)
        before = shown
    raise Moved(f"{listing.subject} shows other items every time")


def _walked(
    api: Api, listing: List, holds: Callable[[list[Any]], None], parent: Made | None
) -> tuple[Mismatch | None, list[str]]:
    """What is wrong with the list by ``holds`` or by the walk, if anything, and what it showed."""
    try:
        items = neighbours(api, listing, parent)
        shown = sorted(listing.id_of(item) for item in items)
    except Mismatch as wrong:
        return wrong, [wrong.expected]
    try:
        holds(items)
    except Mismatch as wrong:
        return wrong, shown
    return None, shown


def expect_listed(api: Api, made: Made, holds: Callable[[list[Any]], None]) -> None:
    """Hold the items that carry the id of ``made`` against ``holds``, as ``expect_items`` does.

    Nothing is held against it where nothing lists its kind.
    """
    listing = listing_of(api.vendor, made.resource)
    if listing is not None:
        expect_items(api, listing, lambda items: holds(appearances(listing, made, items)), made.parent)


def expect_once(api: Api, made: Made) -> None:
    """``Mismatch`` unless its kind's list, where there is one, holds ``made`` exactly once."""

    def once(found: list[Any]) -> None:
        expect(len(found) == 1, f"{made.resource.name} {made.id} once in {made.resource.list}", f"{len(found)} times")

    expect_listed(api, made, once)
