"""Every part of an address counts, and it leads everybody to the same place."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.echo import expect_answered, expect_logged, telling
from conformance.contract.facets.address import Address
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import build, set_up


def parts(_: Vendor, address: Address) -> Iterator[str]:
    """The parts of the address by the names of their places."""
    for place in address.parts:
        yield place.label


def whoever(_: Vendor, address: Address) -> Iterator[str]:
    """The identities that may use the address."""
    yield from address.whoever


@check(variants=parts)
def wrong(api: Api, address: Address, part: str) -> None:
    """A request with one part of the address wrong is refused, whether it waits or not, and the right one is not."""
    request = build(api, address.subject)
    with set_up("the right address"):
        api.expect_success(api.send(request))
    place = next(place for place in address.parts if place.label == part)
    # It begins or ends with the right one, for a server that looks at no more, and for one that does not look at all.
    api.expect_refusal(api.send(place.put(request, f"{place.sent(request)}{api.fresh_text()}")))
    _, waiting = telling(api, address.subject) or (None, request)
    api.expect_refusal(api.send(place.put(waiting, f"{api.fresh_text()}{place.sent(request)}")))


@check(variants=whoever)
def same_for(api: Api, address: Address, identity: str) -> None:
    """An address leads another identity to the same place, with the inputs that it sends."""
    same = api.acting_as(identity)
    same.expect_success(same.send(build(api, address.subject)))
    if answered := expect_answered(same, address.subject):
        expect_logged(same, *answered)


@check(level="observe")
def status(api: Api, address: Address) -> None:
    """The status of a refusal of a wrong address."""
    request = build(api, address.subject)
    for place in address.parts:
        api.observe(**{place.label: f"status {api.send(place.put(request, api.fresh_text())).status}"})
