"""Counts that another operation than the list tells."""

from __future__ import annotations

from conformance.checks._narrowing import examples, kept
from conformance.checks._paging import quiet_if_moving
from conformance.contract.facets.list import List
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.outcome import Inconclusive, expect_equal
from conformance.engine.populations import ground, unmoved
from conformance.engine.walking import Query, counted_by

PRESUPPOSES = "pagination"


def counted_apart(listing: List) -> bool:
    """Whether another operation counts the list."""
    return listing.count is not None


@check(when=counted_apart, phase=quiet_if_moving)
def whole_list(api: Api, listing: List) -> None:
    """The operation that counts the list tells the number of items in it."""
    on = ground(api, listing)
    with unmoved(api, listing, on) as items:
        if not items:
            raise Inconclusive("the list is empty")
        expect_equal(counted_by(api, listing, Query(), on.base), len(items), "count =")


@check(when=lambda listing: counted_apart(listing) and bool(listing.filters), phase=quiet_if_moving)
def under_filter(api: Api, listing: List) -> None:
    """The operation that counts the list counts, under a filter, the items that pass it."""
    on = ground(api, listing)
    with unmoved(api, listing, on):
        for name, value in examples(api, listing).items():
            expected = len(kept(api, listing, on, {name: value}))
            counted = counted_by(api, listing, Query(filters={name: [value]}), on.base)
            expect_equal(counted, expected, f"count under {name} =")
