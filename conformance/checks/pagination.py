"""Pages: together they are the whole list, and what they tell of it is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from conformance.checks._acting import make_full
from conformance.checks._agreeing import answer, expect_as_read, expect_first_ones_as_read
from conformance.checks._inserting import created_key, walk_with_an_insert
from conformance.checks._paging import quiet_if_moving, sample, size_of, sizes, steady
from conformance.contract.facets.create import Create
from conformance.contract.facets.list import List
from conformance.contract.identity import id_text
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.listing import LAG, appearances, expect_items, expect_once, is_below, listing_of, may_be_behind
from conformance.engine.making import Context, Made, bring, build, context_of, make, read
from conformance.engine.outcome import Inconclusive, Skip, expect, expect_equal
from conformance.engine.populations import Ground, Population, ground, made_otherwise, member, unmoved
from conformance.engine.walking import (
    Page,
    Query,
    fetch,
    following,
    number_of,
    page_of,
    page_request,
    walk,
    whole,
)


def paged(listing: List) -> bool:
    """Whether pages are asked for by number and size."""
    return listing.paged


def counted(listing: List) -> bool:
    """Whether pages tell the total."""
    return listing.paged and listing.total is not None


def _some(items: Sequence[Any]) -> None:
    if not items:
        raise Inconclusive("the list is empty")


@check(phase=quiet_if_moving)
def union(api: Api, listing: List) -> None:
    """The pages from the first to the last hold every item of the list once."""
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        _some(items)
        size = size_of(api, listing, "few-pages", len(items)) if listing.size else None
        pages = list(walk(api, listing, Query(size=size), on.base))
        longest = max(len(page.ids) for page in pages)
        expect(size is None or longest <= size, f"at most {size} items on a page", longest)
        ids = [one for page in pages for one in page.ids]
        twice = [one for one, times in Counter(ids).items() if times > 1]
        expect(not twice, "every item once on the pages", f"{len(twice)} of {len(ids)} more often, as {twice[:1]}")
        known = {one for of_parent in on.ids.values() for one in of_parent} if isinstance(on, Population) else None
        expect_equal(sorted(ids), sorted(known or map(listing.id_of, items)), f"ids of {len(known or items)} items")
        if pages[0].total is not None:
            expect_equal(len(ids), pages[0].total, "items on all pages =")


@check(when=lambda listing: listing.paged, phase=quiet_if_moving)
def default_page(api: Api, listing: List) -> None:
    """Without a page number, the page is the first."""
    assert listing.number is not None
    on = ground(api, listing)
    query = Query(size=5, sort=steady(listing))
    with unmoved(api, listing, on) as items:
        _some(items)
        explicit = fetch(api, listing, Query(listing.number.first, 5, query.sort), on.base)
        expect_equal(fetch(api, listing, query, on.base).ids, explicit.ids, "ids")


@check(when=lambda listing: listing.paged and listing.size.default is not None, phase=quiet_if_moving)
def default_size(api: Api, listing: List) -> None:
    """Without a size, the page is the one that the default size gives."""
    assert listing.size is not None
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        _some(items)
        explicit = fetch(api, listing, Query(size=listing.size.default, sort=steady(listing)), on.base)
        default = fetch(api, listing, Query(sort=steady(listing)), on.base)
        expect_equal(len(default.items), min(listing.size.default or 0, len(items)), "number of items")
        expect_equal(default.ids, explicit.ids, "ids")


def _echoed(listing: List, page: Page, number: int | None, size: int | None) -> Iterator[tuple[str, Any, Any]]:
    for place, expected in ((listing.number, number), (listing.size, size)):
        name = place.place.label if place else ""
        if name in listing.echo:
            yield f"{listing.echo[name].label} =", listing.echo[name].seen(page.reply), expected


@check(when=lambda listing: listing.paged and bool(listing.echo), phase=quiet_if_moving)
def echo(api: Api, listing: List) -> None:
    """A page repeats the number and the size that were asked for, and the defaults that were left out."""
    assert listing.number is not None
    assert listing.size is not None
    on = ground(api, listing)
    for index, size in ((0, 7), (1, 3), (2, 2)):
        number = number_of(listing, index, size)
        page = fetch(api, listing, Query(number, size), on.base)
        for what, seen, asked in _echoed(listing, page, number, size):
            expect_equal(seen, asked, what)
    page = fetch(api, listing, Query(), on.base)
    for what, seen, default in _echoed(listing, page, listing.number.first, listing.size.default):
        expect_equal(seen, default, what)


@check(when=lambda listing: listing.size is not None and listing.size.max is not None, phase=quiet_if_moving)
def largest_size(api: Api, listing: List) -> None:
    """A page of the largest size holds that many items, or all when there are fewer."""
    assert listing.size is not None
    on = ground(api, listing)
    request = page_request(api, listing, Query(size=listing.size.max), on.base)
    page = page_of(api, listing, api.send(request))
    _some(page.items)
    if listing.next and len(page.items) < (listing.size.max or 0):
        expect(following(listing, request, page) is None, "no page after one that is not full", "a next one")
    _expect_filled(on, page, listing.size.max or 0)


def _expect_filled(on: Ground, page: Page, size: int) -> None:
    """As many items as the size says, or as there are, where the run or the list knows how many that is."""
    expect(len(page.items) <= size, f"at most {size} items", len(page.items))
    known = sum(map(len, on.ids.values())) if isinstance(on, Population) else page.total
    if known is not None:
        expect_equal(len(page.items), min(size, known), "number of items")


@check(when=lambda listing: listing.size is not None and listing.size.clamps, phase=quiet_if_moving)
def clamped(api: Api, listing: List) -> None:
    """A page of more than the largest size is the page of the largest size."""
    assert listing.size is not None
    largest, on, order = listing.size.max or 0, ground(api, listing), steady(listing)
    with unmoved(api, listing, on):
        expected = fetch(api, listing, Query(size=largest, sort=order), on.base)
        _some(expected.items)
        for size in (largest + 1, largest * 10):
            page = fetch(api, listing, Query(size=size, sort=order), on.base)
            expect_equal(page.ids, expected.ids, f"ids on a page of size {size}:")


@check(when=lambda listing: listing.size is not None and listing.size.min is not None, phase=quiet_if_moving)
def smallest_size(api: Api, listing: List) -> None:
    """A page of the smallest size is answered, and holds that many items, or all when there are fewer."""
    assert listing.size is not None
    on, query, smallest = ground(api, listing), Query(size=listing.size.min), listing.size.min or 0
    page = fetch(api, listing, query, on.base)
    _expect_filled(on, page, smallest)
    if len(page.items) < smallest and page.total is None:
        with unmoved(api, listing, on) as items:
            page = fetch(api, listing, query, on.base)
            expect_equal(len(page.items), min(smallest, len(items)), "number of items")


@check(when=counted, phase=quiet_if_moving)
def total(api: Api, listing: List) -> None:
    """Every page of every size tells the number of items in the whole list."""
    assert listing.size is not None
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        for name in ("one", "three", "largest" if listing.size.max else "seven"):
            size = size_of(api, listing, name, len(items))
            last = max(0, -(-len(items) // size) - 1)
            for index in sorted({0, min(1, last), last}):
                page = fetch(api, listing, Query(number_of(listing, index, size), size), on.base)
                expect_equal(page.total, len(items), f"total on page {index} of size {size} =")


@check(when=lambda listing: listing.paged and listing.pages is not None, phase=quiet_if_moving)
def page_count(api: Api, listing: List) -> None:
    """Every page tells the number of pages: the total divided by the size, rounded up."""
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        _some(items)
        for name in sizes(api.vendor, listing):
            size = size_of(api, listing, name, len(items))
            page = fetch(api, listing, Query(size=size), on.base)
            expect_equal(page.pages, -(-len(items) // size), f"pages of size {size} =")


@check(when=paged, variants=sizes, phase=quiet_if_moving)
def pages(api: Api, listing: List, name: str) -> None:
    """A page holds the items that its number and size say, in the order of the whole list."""
    on = ground(api, listing)
    query = Query(sort=steady(listing))
    with unmoved(api, listing, on, query) as items:
        _some(items)
        _told_apart(listing, items)
        size = size_of(api, listing, name, len(items))
        ids = list(map(listing.id_of, items))
        for index in sample(-(-len(ids) // size)):
            page = fetch(api, listing, Query(number_of(listing, index, size), size, query.sort), on.base)
            expect(len(page.ids) <= size, f"at most {size} items", len(page.ids))
            expect_equal(list(page.ids), ids[index * size : (index + 1) * size], f"page {index} of size {size}:")


def _told_apart(listing: List, items: Sequence[Any]) -> None:
    """Items that no key tells apart have no fixed order, and pages of them say nothing."""
    pointers = [listing.sort.keys[one.key].at or "" for one in steady(listing)] if listing.sort else []
    if pointers and len({tuple(str(get(item, pointer)) for pointer in pointers) for item in items}) < len(items):
        raise Inconclusive("some items share the values of every sort key")


@check(when=lambda listing: listing.population is not None and created_key(listing) is not None)
def insert_at_the_end(api: Api, listing: List) -> None:
    """An item created during a walk in the order of creation comes last, and the others still come once."""
    walked = walk_with_an_insert(api, listing, "asc")
    if walked.created not in walked.seen and may_be_behind(api, listing):
        walked = walk_with_an_insert(api, listing, "asc", LAG)
    if not walked.later:
        raise Inconclusive("the new item shows no later moment of creation than the others")
    others, last = walked.seen[:-1], walked.seen[-1:]
    expect_equal([*sorted(others), *last], [*sorted(walked.before), walked.created], "ids")


@check(when=lambda listing: listing.population is not None and created_key(listing) is not None, level="observe")
def insert_at_the_beginning(api: Api, listing: List) -> None:
    """What a walk from the newest item shows when one is created meanwhile."""
    walked = walk_with_an_insert(api, listing, "desc")
    seen = set(walked.seen)
    api.observe(items_seen_twice=len(walked.seen) - len(seen), items_missed=len(set(walked.before) - seen))
    api.observe(new_item_seen=walked.created in seen)


@check(when=counted, phase=quiet_if_moving, level="observe")
def past_the_end(api: Api, listing: List) -> None:
    """What the page after the last one is."""
    on = ground(api, listing)
    count = fetch(api, listing, Query(size=5), on.base).total or 0
    index = -(-count // 5) + 1
    reply = api.send(page_request(api, listing, Query(number_of(listing, index, 5), 5), on.base))
    items = get(reply.json, listing.items)
    api.observe(past_the_end=f"status {reply.status}", items=len(items) if isinstance(items, list) else "none")


@check(
    when=lambda listing: listing.pages is not None and listing.size is not None and listing.size.min == 0,
    phase=quiet_if_moving,
    level="observe",
)
def pages_of_size_zero(api: Api, listing: List) -> None:
    """How many pages of size 0 there are said to be."""
    page = fetch(api, listing, Query(size=0), ground(api, listing).base)
    api.observe(pages_of_size_zero="none told" if page.pages is None else page.pages)


@check(when=lambda listing: listing.belongs is not None, phase=quiet_if_moving)
def belonging(api: Api, listing: List) -> None:
    """The list holds what belongs to the thing that the request names, all of it, and nothing else."""
    assert listing.belongs is not None
    on, belongs = ground(api, listing), listing.belongs
    named = id_text(belongs.to.sent(on.base))
    with unmoved(api, listing, on) as items:
        strangers = [found for item in items if (found := id_text(get(item, belongs.at))) != named]
        expect(not strangers, f"items with {belongs.at} {named}", f"{len(strangers)} others, the first {strangers[:1]}")
        all_of_them = listing_of(api.vendor, api.vendor.semantics.resources[listing.resource])
        if all_of_them is not None and all_of_them != listing:
            own = [item for item in whole(api, all_of_them) if id_text(get(item, belongs.at)) == named]
            expect_equal(sorted(map(listing.id_of, items)), sorted(map(all_of_them.id_of, own)), "ids")
        _some(items)


def _resource(vendor: Vendor, listing: List) -> Resource:
    return vendor.semantics.resources[listing.resource]


def takes_newcomers(vendor: Vendor, listing: List) -> bool:
    """Whether it lists a kind whose creates choose the id: with a caller's key, replays show the same."""
    resource = _resource(vendor, listing)
    call = vendor.semantics.operations.get(resource.create or "")
    create = call.facets.get("create") if call else None
    return resource.list == listing.subject and isinstance(create, Create) and not create.key


@check(given=takes_newcomers)
def newcomer(api: Api, listing: List) -> None:
    """Something that was just created is in the list, once."""
    expect_once(api, make(api, listing.resource))


@check(given=lambda vendor, listing: takes_newcomers(vendor, listing) and bool(_resource(vendor, listing).starts))
def newcomers(api: Api, listing: List) -> None:
    """Whatever state something comes to rest in, it is in the list, once; all that the environment lets be made."""
    made: list[Made] = []
    for state in _resource(api.vendor, listing).starts:
        try:
            made.append(make(api, listing.resource, state=state))
        except Skip as lacking:
            if lacking.cause != "fixture":
                raise
    if not made:
        raise Inconclusive("the environment lets none be made that comes to rest")
    if is_below(api.vendor, listing):
        for one in made:
            expect_once(api, one)
        return

    def once(items: list[Any]) -> None:
        for one in made:
            found = len(appearances(listing, one, items))
            expect(found == 1, f"{listing.resource} {one.id}, {one.state}, once in {listing.subject}", f"{found} times")

    expect_items(api, listing, once)


def _readable(vendor: Vendor, listing: List) -> bool:
    resource = vendor.semantics.resources.get(listing.resource)
    return resource is not None and resource.read is not None


@check(given=_readable, phase=quiet_if_moving)
def listed_as_read(api: Api, listing: List) -> None:
    """What the list shows of something is what a read shows of it."""
    resource = _resource(api.vendor, listing)
    if resource.create is None:
        expect_first_ones_as_read(api, listing, resource)
        return
    context: Context = {}
    if listing.detail is None:
        made = make_full(api, resource.name, context)
        if listing.after is not None:
            made = bring(api, made, resource.commands[listing.after].to)
        told = [(one, partial(read, api, one)) for one in (made, *_others(api, listing, made))]
    else:
        request = build(api, listing.detail, context)
        made = context[resource.name]
        told = [(made, partial(answer, api, request))]

    def agrees(items: list[Any]) -> None:
        for one, tell in told:
            found = appearances(listing, one, items)
            if not found:
                raise Inconclusive(f"{listing.subject} does not show the {resource.name} {one.id}")
            expect_as_read(found[0], tell(), resource)

    expect_items(api, listing, agrees, made.parent)


def _others(api: Api, listing: List, made: Made) -> Iterator[Made]:
    """Beside what was made one of each other make, where the list has a population of several."""
    return (member(api, listing, context_of(made), part) for part in made_otherwise(listing))
