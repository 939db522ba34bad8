"""Moments that a resource tells of itself and a refusal of itself, held against those at which it was."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.checks._ends import Watch, expect_at_hand
from conformance.contract.facets.errors import Errors
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import make, read_request
from conformance.engine.outcome import Inconclusive


@check(when=lambda resource: resource.created_at is not None)
def created(api: Api, resource: Resource) -> None:
    """The moment of its create that a resource tells lies in the time of the create."""
    watch = Watch.start(api)
    shown = get(make(api, resource.name).body, resource.created_at or "")
    _expect_at_hand(watch, shown, resource.created_at or "")


def tells_when_refused(vendor: Vendor) -> bool:
    """Whether refusals tell when they were, and anything is read that can be refused."""
    errors = vendor.semantics.vendor_facet(Errors)
    return errors is not None and errors.moment is not None and any(map(_is_read, _resources(vendor)))


@check(when=tells_when_refused)
def refused(api: Api, vendor: Vendor) -> None:
    """A refusal tells the moment at which it was."""
    errors, watch = vendor.semantics.vendor_facet(Errors), Watch.start(api)
    assert errors is not None
    assert errors.moment is not None
    reply = api.send(read_request(next(filter(_is_read, _resources(vendor))), api.fresh_uuid()))
    if api.succeeded(reply):
        raise Inconclusive("the read of what there is not was no refusal")
    _expect_at_hand(watch, errors.moment.seen(reply), str(errors.moment))


def _resources(vendor: Vendor) -> Iterable[Resource]:
    return vendor.semantics.resources.values()


def _is_read(resource: Resource) -> bool:
    return resource.read is not None


def _expect_at_hand(watch: Watch, shown: object, where: str) -> None:
    """``Mismatch`` unless what is shown ``where`` is a moment since ``watch``."""
    span = watch.span()
    if span is None:
        raise Inconclusive("neither a control nor the header Date tells the server's time")
    expect_at_hand(span, shown, f"a moment at {where}")
