"""Moments that a resource tells of itself and a refusal of itself, held against those at which it was."""

from __future__ import annotations

from dataclasses import replace

from conformance.checks._acting import sightings
from conformance.checks._ends import Watch, expect_at_hand
from conformance.contract.facets.errors import Errors
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, Made, build, command_request, context_of, make, read_request, set_up
from conformance.engine.outcome import Inconclusive

DAY = 24 * 3600
"""Seconds by which a change comes later than what was before it."""


@check(when=lambda resource: resource.created_at is not None)
def created(api: Api, resource: Resource) -> None:
    """The moment of its create that a resource tells lies in the time of the create."""
    watch = Watch.start(api)
    shown = get(make(api, resource.name).body, resource.created_at or "")
    _expect_at_hand(watch, shown, resource.created_at or "")


def _changes(vendor: Vendor, resource: Resource) -> list[str]:
    """The operations that change a value of the resource."""
    calls = (call for call in vendor.semantics.operations.values() if call.named[-1:] == (resource.name,))
    return [call.id for call in calls if {"stores", "patch"} & call.facets.keys() and "create" not in call.facets]


@check(when=lambda resource: resource.modified_at is not None, controls=("advance_clock",), phase="quiet")
def modified(api: Api, resource: Resource) -> None:
    """The moment of its last change that a resource tells lies in the time of that change, of a value or its state."""
    context: Context = {}
    changed, moved = make(api, resource.name, context=context), make(api, resource.name, context=context)
    for operation in _changes(api.vendor, resource):
        _expect_modified(api, changed, build(api, operation, context_of(changed)))
    for command in resource.way_on(moved.state):
        _expect_modified(api, moved, command_request(api, command, moved))


def _expect_modified(api: Api, made: Made, request: Request) -> None:
    """``Mismatch`` unless the reply to a request on the next day, and a read after it, tell that day."""
    api.control("advance_clock", seconds=DAY)
    watch, at = Watch.start(api), made.resource.modified_at or ""
    with set_up(f"{request.operation} on the next day"):
        body = api.expect_success(api.send(request))
    for where, shown in sightings(api, replace(made, body=body)):
        _expect_at_hand(watch, get(shown, at), f"{at} in {where} of {request.operation}")


def tells_when_refused(vendor: Vendor) -> bool:
    """Whether refusals tell when they were, and anything is read that can be refused."""
    errors = vendor.semantics.vendor_facet(Errors)
    return errors is not None and errors.moment is not None and _readable(vendor) is not None


@check(when=tells_when_refused)
def refused(api: Api, vendor: Vendor) -> None:
    """A refusal tells the moment at which it was."""
    errors, resource, watch = vendor.semantics.vendor_facet(Errors), _readable(vendor), Watch.start(api)
    assert errors is not None
    assert errors.moment is not None
    assert resource is not None
    reply = api.send(read_request(resource, api.fresh_uuid()))
    if api.succeeded(reply):
        raise Inconclusive("the read of what there is not was no refusal")
    _expect_at_hand(watch, errors.moment.seen(reply), str(errors.moment))


def _readable(vendor: Vendor) -> Resource | None:
    """The first kind of thing that is read, if any."""
    return next((one for one in vendor.semantics.resources.values() if one.read is not None), None)


def _expect_at_hand(watch: Watch, shown: object, where: str) -> None:
    """``Mismatch`` unless what is shown ``where`` is a moment since ``watch``."""
    span = watch.span()
    if span is None:
        raise Inconclusive("neither a control nor the header Date tells the server's time")
    expect_at_hand(span, shown, f"a moment at {where}")
