"""Bodies in a format of their own: what does not fit is refused and begins nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.contract.facets.payload import Body, Payload
from conformance.contract.message import Request
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.listing import listing_of
from conformance.engine.making import Context, build, made_by, resolve, set_up, with_values
from conformance.engine.outcome import Mismatch, Moved
from conformance.engine.walking import whole

MANY = 8
"""Refusals after which more has begun than others begin meanwhile, where each of them begins something."""


def refused_bodies(_: Vendor, payload: Payload) -> Iterator[str]:
    """The bodies that begin nothing."""
    return iter(payload.refused)


def taken_bodies(_: Vendor, payload: Payload) -> Iterator[str]:
    """The further bodies that begin something."""
    return iter(payload.taken)


def open_bodies(_: Vendor, payload: Payload) -> Iterator[str]:
    """The bodies of which nothing is written."""
    return iter(payload.open)


@check(variants=refused_bodies, phase="quiet")
def refuses(api: Api, payload: Payload, name: str) -> None:
    """A body that does not fit is refused, and nothing begins."""
    with set_up("a body that fits"):
        api.expect_success(api.send(build(api, payload.subject)))
        before = _ids(api, payload)
    for refusals in (1, MANY):
        for _ in range(refusals):
            api.expect_refusal(api.send(_with_body(api, payload, payload.refused[name])))
        after = _ids(api, payload)
        if after <= before:
            return
        begun, before = len(after - before), _ids(api, payload)
        if begun < refusals or not before <= after:
            raise Moved(f"others begin a {payload.resource} all the time")
    raise Mismatch(f"no new {payload.resource} in the list after {MANY} refusals", f"{begun}")


@check(variants=taken_bodies)
def takes(api: Api, payload: Payload, name: str) -> None:
    """A body of another kind that is documented, or none where none is needed, begins something as well."""
    request, resource = _with_body(api, payload, payload.taken[name]), api.vendor.semantics.resources[payload.resource]
    made_by(api, resource, request, api.send(request))


@check(variants=open_bodies, level="observe")
def unwritten(api: Api, payload: Payload, name: str) -> None:
    """What a body gets of which nothing is written."""
    reply = api.send(_with_body(api, payload, payload.open[name]))
    api.observe(answer="taken" if api.succeeded(reply) else f"refused with {reply.status}")
    if reply.status >= 500:
        raise Mismatch("a status below 500", f"status {reply.status}")


def _with_body(api: Api, payload: Payload, body: Body) -> Request:
    context: Context = {}
    request = with_values(api, build(api, payload.subject, context), body.beside, context)
    if body.value is None:
        return replace(payload.place.without(request), media_type=None)
    request = payload.place.put(request, resolve(api, body.value, context))
    return replace(request, media_type=body.media_type or request.media_type)


def _ids(api: Api, payload: Payload) -> frozenset[str]:
    """The ids of all there are; none where nothing lists them."""
    listing = listing_of(api.vendor, api.vendor.semantics.resources[payload.resource])
    return frozenset() if listing is None else frozenset(listing.id_of(item) for item in whole(api, listing))
