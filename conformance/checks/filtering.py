"""Filters: what they keep, what they drop, and how they go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from conformance.checks._narrowing import (
    Known,
    examples,
    holders,
    kept,
    known_values,
    nobodys_value,
    telling,
    value_to_send,
)
from conformance.checks._paging import quiet_if_moving, sample, steady
from conformance.contract.facets.list import List
from conformance.contract.identity import id_text
from conformance.contract.place import text_of
from conformance.contract.semantics.model import Value
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.listing import seen_in_time
from conformance.engine.making import resolve
from conformance.engine.outcome import Inconclusive, Mismatch, expect, expect_equal
from conformance.engine.populations import Ground, ground, unmoved
from conformance.engine.walking import Query, fetch, number_of, page_of, page_request, value_of, walk, whole

PRESUPPOSES = "pagination"
SIZE = 3
"""Items on a page where filtered pages are followed."""


def filters(_: Vendor, listing: List) -> Iterable[str]:
    """Every filter."""
    return listing.filters


def repeatable(_: Vendor, listing: List) -> Iterator[str]:
    """The filters that take several values."""
    return (name for name, one in listing.filters.items() if one.match == "any")


def single(_: Vendor, listing: List) -> Iterator[str]:
    """The filters that take one value, which items show."""
    return (name for name, one in listing.filters.items() if one.match == "equals" and one.field is not None)


def with_default(_: Vendor, listing: List) -> Iterator[str]:
    """The filters that stand for a value when they are left out."""
    return (name for name, one in listing.filters.items() if one.default is not None)


def with_wild(_: Vendor, listing: List) -> Iterator[str]:
    """The filters that have a value which stands for any."""
    return (name for name, one in listing.filters.items() if one.wild is not None)


def _expect_kept(api: Api, listing: List, name: str, known: Known, values: Sequence[str]) -> None:
    """Every item shown has one of ``values``, and every known one that still has it is shown, if not at first."""
    seen_in_time(api, listing, lambda: _expect_kept_now(api, listing, name, known, values))


def _expect_kept_now(api: Api, listing: List, name: str, known: Known, values: Sequence[str]) -> None:
    query = Query(filters={name: values})
    shown = whole(api, listing, query, known.on.base)
    field = listing.filters[name].field or ""
    asked = set(map(id_text, values))
    wrong = [one for item in shown if (one := value_of(item, field)) is None or id_text(text_of(one)) not in asked]
    expect(
        not wrong, f"items with {name} {' or '.join(values)} only", f"{len(wrong)} others, the first with {wrong[:1]}"
    )
    having = frozenset().union(*(known.having.get(value, frozenset()) for value in values))
    missing = having.difference(map(listing.id_of, shown))
    if missing and not known.on.private:
        now = holders(listing, name, whole(api, listing, base=known.on.base))
        missing &= frozenset().union(*(now.get(value, frozenset()) for value in values))
    expect(not missing, f"every item with {name} {' or '.join(values)}", f"{len(missing)} missing")


@check(variants=filters, phase=quiet_if_moving)
def keeps(api: Api, listing: List, name: str) -> None:
    """A filter keeps the items that have its value, all of them, and no others."""
    if listing.filters[name].field is None:
        _keeps_hidden(api, listing, name)
        return
    if listing.filters[name].match == "contains":
        _keeps_containing(api, listing, name)
        return
    known = known_values(api, listing, name)
    if len(known.having) < 2:
        raise Inconclusive(f"no two items differ in {name}")
    for value in (*known.values()[:3], *(["0"] if listing.filters[name].numeric and "0" not in known.having else [])):
        _expect_kept(api, listing, name, known, [value])
    if listing.filters[name].exact:
        beginning = known.values()[0][:-1]
        wrong = _kept_by_a_beginning(api, listing, name, beginning, known.on) & known.having[known.values()[0]]
        expect(not wrong, f"no item with another {name} than {beginning!r}", len(wrong))


def _kept_by_a_beginning(api: Api, listing: List, name: str, beginning: str, on: Ground) -> frozenset[str]:
    """The ids of the items on the first page that the beginning of a value keeps; it may be refused as none."""
    if not beginning:
        return frozenset()
    reply = api.send(page_request(api, listing, Query(filters={name: [beginning]}), on.base))
    return frozenset(page_of(api, listing, reply).ids if api.succeeded(reply) else ())


def _keeps_containing(api: Api, listing: List, name: str) -> None:
    """The same of a text that the field of an item contains, the whole value being too much to ask."""
    on, pointer = ground(api, listing), listing.filters[name].field or ""
    with unmoved(api, listing, on) as items:
        values = {listing.id_of(item): str(value_of(item, pointer) or "") for item in items}
        texts = telling(list(values.values()))
        if not texts:
            raise Inconclusive(f"no part of a {name} tells items apart")
        for text in texts[:3]:
            expected = sorted(one for one, value in values.items() if text in value)
            shown = sorted(set(map(listing.id_of, whole(api, listing, Query(filters={name: [text]}), on.base))))
            expect_equal(shown, expected, f"ids of the {len(expected)} items whose {name} contains {text!r}:")
        nobodys = "".join(filter(str.isalnum, api.fresh_text()))
        reply = api.send(page_request(api, listing, Query(filters={name: [nobodys]}), on.base))
        if api.succeeded(reply):
            stray = page_of(api, listing, reply).items
            expect(not stray, f"no item whose {name} contains {nobodys!r}", len(stray))


def _keeps_hidden(api: Api, listing: List, name: str) -> None:
    """The same of a value that items do not show, as far as the environment tells who has it."""
    one = listing.filters[name]
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        shown = whole(api, listing, Query(filters={name: [value_to_send(api, one)]}), on.base)
        ids = frozenset(map(listing.id_of, shown))
        stray = ids - frozenset(map(listing.id_of, items))
        expect(not stray, "items of the unfiltered list", f"{len(stray)} others")
        if one.member is not None:
            member, beginning = _id(api, one.member), value_to_send(api, one)[:-1]
            expect(member in ids, f"the item that has the value of {name}", f"{len(ids)} without it")
            if one.exact and member in _kept_by_a_beginning(api, listing, name, beginning, on):
                raise Mismatch(f"no item with another {name} than {beginning!r}", "one whose value begins so")
        if one.lacks is not None:
            expect(_id(api, one.lacks) not in ids, f"no item without the value of {name}", "one")
        if one.narrows:
            expect(bool(ids), f"some of {len(items)} items", "none")
            if len(ids) == len(items):
                _drops_all(api, listing, on, name)


def _drops_all(api: Api, listing: List, on: Ground, name: str) -> None:
    """Every item there may have the value that was sent; none has one that was just made up."""
    nobodys = nobodys_value(api, value_to_send(api, listing.filters[name]))
    reply = api.send(page_request(api, listing, Query(filters={name: [nobodys]}), on.base))
    if not api.succeeded(reply):
        raise Inconclusive(f"every item may have the value of {name}, and a value that none has is refused")
    shown = page_of(api, listing, reply).items
    expect(not shown, f"no item with a value of {name} that none has", len(shown))


def _id(api: Api, value: Value) -> str:
    return id_text(resolve(api, value, {}))


@check(variants=repeatable, phase=quiet_if_moving)
def any_of(api: Api, listing: List, name: str) -> None:
    """Several values of a filter keep the items that have any of them."""
    one = listing.filters[name]
    if one.field is None:
        on, value = ground(api, listing), value_to_send(api, one)
        with unmoved(api, listing, on):
            alone = whole(api, listing, Query(filters={name: [value]}), on.base)
            both = whole(api, listing, Query(filters={name: [nobodys_value(api, value), value]}), on.base)
            expect_equal(sorted(set(map(listing.id_of, both))), sorted(set(map(listing.id_of, alone))), "ids")
        return
    known = known_values(api, listing, name)
    values = known.values()[:3]
    if len(values) < 2:
        raise Inconclusive(f"every item has the same {name}")
    for several in (values[:2], values[::-1]):
        _expect_kept(api, listing, name, known, several)


@check(variants=single, phase=quiet_if_moving, level="observe")
def repeated(api: Api, listing: List, name: str) -> None:
    """What a filter of one value gets when it is sent twice."""
    known = known_values(api, listing, name)
    values = (known.values() * 2)[:2]
    page = fetch(api, listing, Query(size=1, filters={name: values}), known.on.base)
    kept = {value: len(known.having[value]) for value in values}
    api.observe(repeated=_told(page.total, kept, values))


def _told(total: int | None, kept: Mapping[str, int], values: Sequence[str]) -> str:
    first, last = (kept[value] for value in values)
    return {first: "the first value", last: "the last value", first + last: "any of them"}.get(
        total or 0, "other items"
    )


@check(variants=with_wild, phase=quiet_if_moving)
def wild_value(api: Api, listing: List, name: str) -> None:
    """The value of a filter that stands for any keeps the items of every value."""
    known = known_values(api, listing, name)
    query = Query(filters={name: [listing.filters[name].wild or ""]})

    def keeps_all() -> None:
        shown = frozenset(map(listing.id_of, whole(api, listing, query, known.on.base)))
        for value, ids in known.having.items():
            missing = ids - shown
            expect(not missing, f"all {len(ids)} items with {name} {value}", f"{len(missing)} missing")

    seen_in_time(api, listing, keeps_all)


@check(variants=with_default, phase=quiet_if_moving)
def default_value(api: Api, listing: List, name: str) -> None:
    """Leaving a filter out is the same as sending its default."""
    on = ground(api, listing)
    query = Query(sort=steady(listing))
    with unmoved(api, listing, on, query) as items:
        explicit = whole(
            api, listing, Query(sort=query.sort, filters={name: [listing.filters[name].default or ""]}), on.base
        )
        expect_equal(sorted(set(map(listing.id_of, explicit))), sorted(set(map(listing.id_of, items))), "ids")


@check(when=lambda listing: len(listing.filters) > 1, phase=quiet_if_moving)
def combined(api: Api, listing: List) -> None:
    """Two filters together keep the items that each of them keeps."""
    on = ground(api, listing)
    with unmoved(api, listing, on):
        sent = examples(api, listing)
        alone = {name: frozenset(map(listing.id_of, kept(api, listing, on, {name: sent[name]}))) for name in sent}
        for one, other in combinations(sent, 2):
            both = frozenset(map(listing.id_of, kept(api, listing, on, {one: sent[one], other: sent[other]})))
            expected = alone[one] & alone[other]
            extra, missing = both - expected, expected - both
            wrong = f"{len(both)} items, {len(extra)} too many and {len(missing)} too few"
            expect(not extra and not missing, f"{one} and {other}: {len(expected)} items", wrong)


@check(when=lambda listing: listing.total is not None and bool(listing.filters), phase=quiet_if_moving)
def totals(api: Api, listing: List) -> None:
    """Every page of a filtered list tells the number of items that pass the filter."""
    on = ground(api, listing)
    with unmoved(api, listing, on):
        for name, value in examples(api, listing).items():
            count = len(kept(api, listing, on, {name: value}))
            for index in sorted({0, max(0, -(-count // SIZE) - 1)}):
                number = number_of(listing, index, SIZE) if listing.paged else None
                page = fetch(api, listing, Query(number, SIZE, filters={name: [value]}), on.base)
                expect_equal(page.total, count, f"total under {name}, on page {index} =")


@check(when=lambda listing: listing.next is not None and bool(listing.filters), phase=quiet_if_moving)
def filtered_walk(api: Api, listing: List) -> None:
    """What leads from page to page of a filtered list keeps to the filter."""
    on = ground(api, listing)
    with unmoved(api, listing, on):
        for name, value in examples(api, listing).items():
            expected = [listing.id_of(item) for item in kept(api, listing, on, {name: value})]
            query = Query(size=SIZE if listing.size else None, filters={name: [value]})
            ids = [one for page in walk(api, listing, query, on.base) for one in page.ids]
            expect_equal(sorted(ids), sorted(expected), f"ids under {name}:")


@check(when=lambda listing: listing.paged and bool(listing.filters), phase=quiet_if_moving)
def filtered_pages(api: Api, listing: List) -> None:
    """Pages of a filtered and sorted list are full, and hold what passes the filter in that order."""
    on = ground(api, listing)
    with unmoved(api, listing, on):
        for name, value in examples(api, listing).items():
            query = Query(sort=steady(listing), filters={name: [value]})
            ids = [listing.id_of(item) for item in whole(api, listing, query, on.base)]
            for index in sample(-(-len(ids) // SIZE)):
                here = Query(number_of(listing, index, SIZE), SIZE, query.sort, query.filters)
                page = fetch(api, listing, here, on.base)
                expect_equal(list(page.ids), ids[index * SIZE : (index + 1) * SIZE], f"{name}, page {index}:")
