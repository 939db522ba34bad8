"""Pages: together they are the whole list, and what they tell of it is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.list import List, Members
from conformance.contract.identity import id_text
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import Phase, check
from conformance.engine.listing import appearances, expect_items, expect_once, listing_of
from conformance.engine.making import Context, Made, make, read_request
from conformance.engine.ordering import instant
from conformance.engine.outcome import Inconclusive, Mismatch, Skip, expect, expect_equal
from conformance.engine.populations import Population, alone, ground, member, populate, unmoved
from conformance.engine.walking import (
    Criterion,
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

FEW = 9
"""A list of up to so many pages is walked from end to end; of a longer one the ends and the middle are read."""
SIZES = ("one", "two", "three", "seven", "default", "total-less-one", "total", "total-plus-one", "largest")


def quiet_if_moving(listing: List) -> Phase:
    """Lists that other cases change are examined when nothing else runs."""
    return "quiet" if listing.scope == "moving" else "middle"


def paged(listing: List) -> bool:
    """Whether pages are asked for by number and size."""
    return listing.paged


def counted(listing: List) -> bool:
    """Whether pages tell the total."""
    return listing.paged and listing.total is not None


def sizes(_: Vendor, listing: List) -> Iterable[str]:
    """The sizes to try, by name."""
    assert listing.size is not None
    given = {"default": listing.size.default, "largest": listing.size.max}
    return [name for name in SIZES if given.get(name, 1) is not None]


def size_of(listing: List, name: str, total: int) -> int:
    """The number behind the name of a size, as far as the bounds allow it."""
    assert listing.size is not None
    numbers = {"one": 1, "two": 2, "three": 3, "seven": 7, "total": total}
    numbers |= {"total-less-one": total - 1, "total-plus-one": total + 1}
    numbers |= {"default": listing.size.default or 1, "largest": listing.size.max or 1}
    return max(1, min(numbers[name], listing.size.max or numbers[name]))


def sample(count: int) -> list[int]:
    """The indexes of the pages to read of ``count``: all of a few, else the first two, the middle, the last two."""
    if count <= FEW:
        return list(range(count))
    return [0, 1, count // 2, count - 2, count - 1]


def steady(listing: List) -> tuple[Criterion, ...]:
    """Criteria that tell any two items apart as far as the list can: the id, else all keys that items show."""
    keys = {name: key.at for name, key in listing.sort.keys.items() if key.at} if listing.sort else {}
    by_id = [name for name, at in keys.items() if at == listing.id]
    names = by_id or (list(keys) if listing.sort and listing.sort.several else list(keys)[:1])
    return tuple(Criterion(name, "asc") for name in names)


def _some(items: Sequence[Any]) -> None:
    if not items:
        raise Inconclusive("the list is empty")


@check(phase=quiet_if_moving)
def union(api: Api, listing: List) -> None:
    """The pages from the first to the last hold every item of the list once."""
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        _some(items)
        size = max(3, -(-len(items) // FEW)) if listing.size else None
        pages = list(walk(api, listing, Query(size=size), on.base))
        longest = max(len(page.ids) for page in pages)
        expect(size is None or longest <= size, f"at most {size} items on a page", longest)
        ids = [one for page in pages for one in page.ids]
        twice = [one for place, one in enumerate(ids) if one in set(ids[:place])]
        expect(not twice, "every item on one page", f"{len(twice)} on two, the first {twice[:1]}")
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
    if page.total is not None:
        expect_equal(len(page.items), min(listing.size.max or 0, page.total), "number of items")
    expect(len(page.items) <= (listing.size.max or 0), f"at most {listing.size.max} items", len(page.items))


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
    """A page of the smallest size is answered, and holds that many items."""
    assert listing.size is not None
    on = ground(api, listing)
    page = fetch(api, listing, Query(size=listing.size.min), on.base)
    expect(len(page.items) <= (listing.size.min or 0), f"at most {listing.size.min} items", len(page.items))


@check(when=counted, phase=quiet_if_moving)
def total(api: Api, listing: List) -> None:
    """Every page of every size tells the number of items in the whole list."""
    assert listing.size is not None
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        for name in ("one", "three", "largest" if listing.size.max else "seven"):
            size = size_of(listing, name, len(items))
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
            size = size_of(listing, name, len(items))
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
        size = size_of(listing, name, len(items))
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
    walked = _walk_with_an_insert(api, listing, "asc")
    if not walked.later:
        raise Inconclusive("the new item shows no later moment of creation than the others")
    others, last = walked.seen[:-1], walked.seen[-1:]
    expect_equal([*sorted(others), *last], [*sorted(walked.before), walked.created], "ids")


@check(when=lambda listing: listing.population is not None and created_key(listing) is not None, level="observe")
def insert_at_the_beginning(api: Api, listing: List) -> None:
    """What a walk from the newest item shows when one is created meanwhile."""
    walked = _walk_with_an_insert(api, listing, "desc")
    seen = set(walked.seen)
    api.observe(items_seen_twice=len(walked.seen) - len(seen), items_missed=len(set(walked.before) - seen))
    api.observe(new_item_seen=walked.created in seen)


def created_key(listing: List) -> str | None:
    """The sort key that is the moment of creation."""
    keys = listing.sort.keys if listing.sort else {}
    return next((name for name, key in keys.items() if key.moment == "create"), None)


@dataclass(frozen=True)
class _Walked:
    """The ids ``seen`` by a walk in which an item is ``created`` after the first page, and those there ``before``.

    ``later`` says that no other item shows the moment of the new one, or a later one.
    """

    seen: tuple[str, ...]
    before: tuple[str, ...]
    created: str
    later: bool


def _walk_with_an_insert(api: Api, listing: List, direction: str) -> _Walked:
    assert listing.population is not None
    context: Context = {}
    on = alone(api, listing, populate(api, listing, (Members(times=5),), context))
    before = tuple(one for ids in on.ids.values() for one in ids)
    key = created_key(listing) or ""
    query = Query(size=2, sort=(Criterion(key, direction),))
    items: list[Any] = []
    created: Made | None = None
    for page in walk(api, listing, query, on.base, limit=len(before) + 2):
        items += page.items
        created = created or member(api, listing, context, Members())
    assert created is not None
    seen = list(map(listing.id_of, items))
    at = listing.sort.keys[key].at if listing.sort else None
    moments = dict(zip(seen, (_moment(item, at) for item in items), strict=True))
    new = moments.pop(created.id, None) or _moment(created.body, at)
    return _Walked(tuple(seen), before, created.id, not any(new and one and one >= new for one in moments.values()))


def _moment(item: Any, at: str | None) -> datetime | None:
    """The moment that ``item`` shows, if any."""
    return None if at is None else instant(str(get(item, at)))


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
        all_of_them = listing_of(api, api.vendor.semantics.resources[listing.resource])
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

    def once(items: list[Any]) -> None:
        for one in made:
            found = len(appearances(listing, one, items))
            expect(found == 1, f"{listing.resource} {one.id}, {one.state}, once in {listing.subject}", f"{found} times")

    expect_items(api, listing, once)


def _readable(vendor: Vendor, listing: List) -> bool:
    resource = vendor.semantics.resources.get(listing.resource)
    return resource is not None and resource.read is not None


@check(given=_readable, phase=quiet_if_moving)
def projection(api: Api, listing: List) -> None:
    """An item of the list agrees with a read of it in every property that both show."""
    resource = api.vendor.semantics.resources[listing.resource]
    assert resource.read is not None
    on = ground(api, listing)
    for item in fetch(api, listing, Query(size=3, sort=steady(listing)), on.base).items:
        body = api.expect_success(api.send(read_request(resource, listing.id_of(item))))
        for pointer, listed, shown in differences(item, get(body, resource.read.at)):
            raise Mismatch(f"{pointer} {shown!r}, as a read shows it", f"{listed!r} in the list")


def differences(item: Any, body: Any, pointer: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The places where a list item and a read differ in what both show: pointer, listed, read."""
    if isinstance(item, dict) and isinstance(body, dict):
        for name in item.keys() & body.keys():
            yield from differences(item[name], body[name], f"{pointer}/{name}")
    elif item != body and ABSENT not in (item, body):
        yield pointer, item, body
