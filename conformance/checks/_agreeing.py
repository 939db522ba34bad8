"""What a list and a read show of one thing."""

from __future__ import annotations

from typing import Any

from conformance.checks._paging import steady
from conformance.contract.facets.list import List
from conformance.contract.message import Request
from conformance.contract.place import text_of
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.likeness import alike, told
from conformance.engine.making import read_request
from conformance.engine.outcome import Mismatch, expect
from conformance.engine.populations import ground
from conformance.engine.walking import Query, fetch

FIRST = 3
"""Items that are read one by one."""


def answer(api: Api, request: Request) -> Any:
    """The body of a success."""
    return api.expect_success(api.send(request))


def expect_as_read(item: Any, body: Any, resource: Resource) -> None:
    """``Mismatch`` when an item shows anything else than a read where both show something."""
    for at, listed, shown in told(item, body):
        expect(
            alike(listed, shown),
            f"{at} of the {resource.name} {shown!r}, as a read shows it",
            f"{listed!r} in the list",
        )


def expect_first_ones_as_read(api: Api, listing: List, resource: Resource) -> None:
    """Hold the first items against reads; what somebody changes between the two is held against them once more."""

    def agree() -> None:
        for item in fetch(api, listing, Query(size=FIRST, sort=steady(listing)), ground(api, listing).base).items:
            body = answer(api, read_request(resource, text_of(get(item, listing.id))))
            expect_as_read(item, get(body, resource.read.at if resource.read else ""), resource)

    try:
        agree()
    except Mismatch:
        agree()
