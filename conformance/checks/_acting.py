"""One request about one resource: what is sent, and what reply and later reads then show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.removal import Removal
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.semantics.model import Value
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.making import Context, Made, build, made_by, read, read_request, with_values
from conformance.engine.outcome import Blocked, Mismatch, expect


def request_with(
    api: Api, operation: str, context: Context, place: Place, value: Any, beside: Mapping[Place, Value]
) -> Request:
    """The smallest valid request of ``operation`` with ``value`` at ``place`` and further values beside it."""
    request = with_values(api, build(api, operation, context), dict(beside), context)
    return place.put(request, value)


def subject(api: Api, operation: str, context: Context) -> Made:
    """The resource that the path of ``operation`` names last, as ``context`` holds it: those before are its parents."""
    for place, value in reversed(api.vendor.semantics.operations[operation].request.items()):
        if place.part == "path" and value.resource in context:
            return context[value.resource]
    raise Blocked(f"the path of {operation} names no resource of this run", "suite")


def after(api: Api, request: Request, reply: Reply, context: Context) -> Made:
    """The resource that a successful reply to a create or a change shows; ``Mismatch`` for any other reply."""
    create = api.vendor.semantics.operations[request.operation].facets.get("create")
    if isinstance(create, Create):
        return made_by(api, api.vendor.semantics.resources[create.resource], request, reply, context)
    return replace(subject(api, request.operation, context), body=api.expect_success(reply))


def expect_not_created(api: Api, request: Request) -> None:
    """Raise ``Mismatch`` when something answers to the key that a refused create carried."""
    create = api.vendor.semantics.operations[request.operation].facets.get("create")
    if not isinstance(create, Create) or not create.key:
        return
    resource = api.vendor.semantics.resources[create.resource]
    if resource.read is not None and resource.key is None:
        api.expect_refusal(api.send(read_request(resource, str(create.key[-1].sent(request)))))


def exists(api: Api, resource: Resource, id: str) -> bool:  # noqa: A002 - an id is what it is
    """Whether one with this id exists: as an operation tells it, else as a read succeeds or is refused."""
    removal = resource.facets.get("removal")
    if not isinstance(removal, Removal) or removal.exists is None:
        reply = api.send(read_request(resource, id))
        if not api.succeeded(reply):
            api.expect_refusal(reply)
        return api.succeeded(reply)
    reply = api.send(removal.exists.id.put(Request(removal.exists.operation), id))
    api.expect_success(reply)
    answer = removal.exists.at.seen(reply)
    expect(isinstance(answer, bool), f"true or false at {removal.exists.at}", repr(answer))
    return bool(answer)


def sightings(api: Api, made: Made) -> Iterator[tuple[str, Any]]:
    """What the reply shows of the resource, and what a read shows now, each with its name."""
    yield "the reply", made.body
    if made.resource.read:
        yield "a later read", read(api, made)


def expect_json(actual: Any, expected: Any, what: str) -> None:
    """Raise ``Mismatch`` unless two JSON values are equal, true being no 1; ``what`` names them."""
    if not same(actual, expected):
        raise Mismatch(f"{what}: {_short(expected)}", f"{what}: {_short(actual)}")


def same(left: Any, right: Any) -> bool:
    """Equality of JSON values: numbers by value, booleans only with booleans, members of objects in any order."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
