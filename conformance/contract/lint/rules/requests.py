"""The smallest valid request of every operation has what the contract requires."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.place import Place
from conformance.contract.pointer import join, tokens
from conformance.contract.semantics.document import Call
from conformance.contract.semantics.inside import Inside
from conformance.contract.shape import properties, required
from conformance.contract.vendor import Vendor


def findings(vendor: Vendor, _: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A required parameter, body, or property of a body, that no value is for."""
    for name, call in vendor.semantics.operations.items():
        if name in vendor.document.operations:
            for place in _missing(vendor, call):
                yield join("operations", name, "request"), f"{name} requires {place}, and no value is for it"


def _missing(vendor: Vendor, call: Call) -> Iterator[Place]:
    operation, filled = vendor.document.operations[call.id], _filled(call)
    for parameter in operation.parameters:
        if parameter.required and parameter.place != "cookie" and parameter.name.lower() not in _told_by_others(vendor):
            place = Place("request", parameter.place, parameter.name)
            if not any(one.part == place.part and _same(one, place) for one in filled):
                yield place
    bodies = [
        (*tokens(place.name), *inner)
        for place in filled
        if place.part == "body"
        for inner in _parts(call.request[place].literal if place in call.request else None)
    ]
    if operation.body_required and not bodies:
        yield Place("request", "body", "")
    elif bodies and () not in bodies:
        media_type = call.media_type or operation.media_type
        yield from _absent(vendor, operation.body.get(media_type or "", {}), bodies, ())


def _filled(call: Call) -> Collection[Place]:
    """The places that have a value, and those of the key of a create, which is made up."""
    create = call.facets.get("create")
    return {*call.request, *(create.key if isinstance(create, Create) else ())}


def _parts(literal: Any) -> Iterator[tuple[str, ...]]:
    """The ways into a literal to what is no object any more; into an object without properties one to nothing."""
    if isinstance(literal, dict):
        for name, inner in literal.items() or [("", None)]:
            yield from ((str(name), *further) for further in _parts(inner))
    else:
        yield ()


def _told_by_others(vendor: Vendor) -> Collection[str]:
    """The parameters that the body, the client and the credentials have values for."""
    schemes = vendor.document.root.get("components", {}).get("securitySchemes", {}).values()
    keys = (str(vendor.document.resolve(one).get("name", "")).lower() for one in schemes)
    return {"accept", "content-type", "authorization", *keys}


def _same(one: Place, other: Place) -> bool:
    return one.name.lower() == other.name.lower() if one.part == "header" else one.name == other.name


def _absent(vendor: Vendor, schema: Any, bodies: list[tuple[str, ...]], at: tuple[str, ...]) -> Iterator[Place]:
    """What a body requires below ``at`` where nothing is put, as far as the body is put together of parts there."""
    known = properties(vendor.document, schema)
    for name in required(vendor.document, schema):
        told_in_replies = known.get(name, {}).get("readOnly")
        if not told_in_replies and not any(body[: len(at) + 1] == (*at, name) for body in bodies):
            yield Place("request", "body", join(*at, name))
    for name, inner in known.items():
        here = (*at, name)
        if here not in bodies and any(body[: len(here)] == here for body in bodies):
            yield from _absent(vendor, inner, bodies, here)
