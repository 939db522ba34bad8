"""What lists show of one resource, and of the children of one."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.list import List
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.making import Made, build
from conformance.engine.walking import whole


def listing_of(api: Api, resource: Resource) -> List | None:
    """How the resource's kind is listed; ``None`` when nothing lists it."""
    if resource.list is None:
        return None
    listing = api.vendor.semantics.operations[resource.list].facets.get("list")
    return listing if isinstance(listing, List) else None


def neighbours(api: Api, listing: List, parent: Made | None = None) -> list[Any]:
    """Every item of the list; only those below ``parent`` where the list narrows to one."""
    base = None
    if listing.population and parent:
        base = listing.filters[listing.population.filter].place.put(build(api, listing.subject), parent.id)
    return whole(api, listing, base=base)


def appearances(api: Api, made: Made) -> list[Any] | None:
    """The items of its kind's list that carry the id of ``made``; ``None`` when nothing lists its kind."""
    listing = listing_of(api, made.resource)
    if listing is None:
        return None
    return [item for item in neighbours(api, listing, made.parent) if str(get(item, listing.id)) == made.id]
