"""One request about one resource: what is sent, and what reply and later reads then show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.log import Log
from conformance.contract.facets.removal import Removal
from conformance.contract.facets.stores import Kept, Stores
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get, tokens
from conformance.contract.semantics.document import Call
from conformance.contract.semantics.model import Value
from conformance.contract.shape import declared
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.existence import exists
from conformance.engine.making import (
    Context,
    Made,
    build,
    context_of,
    create_request,
    made_by,
    make,
    read,
    read_request,
    set_up,
    with_values,
)
from conformance.engine.outcome import Blocked, NotApplicable, expect_equal


def plain_reads(vendor: Vendor) -> Iterator[Call]:
    """The operations that read and need nothing made before."""
    for call in vendor.semantics.operations.values():
        if call.effect == "read" and not any(value.resource for value in call.request.values()):
            yield call


def request_with(
    api: Api, operation: str, context: Context, place: Place, value: Any, beside: Mapping[Place, Value]
) -> Request:
    """The smallest valid request of ``operation`` with ``value`` at ``place`` and further values beside it."""
    request = with_values(api, build(api, operation, context), dict(beside), context)
    return place.put(request, value)


def subject(api: Api, operation: str, context: Context) -> Made:
    """The resource that the path of ``operation`` names last, as ``context`` holds it: those before are its parents."""
    for name in reversed(api.vendor.semantics.operations[operation].named):
        if name in context:
            return context[name]
    raise Blocked(f"the path of {operation} names no resource of this run", "suite")


def kept_by(call: Call) -> tuple[Kept, ...]:
    """What an operation keeps."""
    stores = call.facets.get("stores")
    return tuple(stores.kept.values()) if isinstance(stores, Stores) else ()


def keeping(api: Api, request: Request) -> Request:
    """The request with everything beside that its operation keeps."""
    for item in kept_by(api.vendor.semantics.operations[request.operation]):
        request = with_values(api, request, {item.place: item.value, **item.beside}, {})
    return request


def optional_values(vendor: Vendor, operation: str) -> dict[str, Kept]:
    """What a create keeps beside what its smallest request has, by where it shows: of several that show there, one."""
    call, found = vendor.semantics.operations[operation], dict[str, Kept]()
    for item in kept_by(call):
        if item.place not in call.request and not item.instead_of:
            found.setdefault(item.at, item)
    return found


def with_optional_values(api: Api, request: Request, context: Context) -> Request:
    """A create with everything optional that it keeps; what is to be fresh is so each time."""
    for item in optional_values(api.vendor, request.operation).values():
        request = with_values(api, request, {**item.beside, item.place: item.value}, context)
    return request


def make_full(api: Api, name: str, context: Context) -> Made:
    """A new resource with everything optional that its create keeps; a failure blocks the case."""
    request = create_request(api, api.vendor.semantics.resources[name], context)
    return make(api, name, context=context, request=with_optional_values(api, request, context))


def alike(api: Api, requests: Sequence[Request], place: Place) -> list[Request]:
    """The requests with texts at ``place`` as long as the contract lets them be, which differ at their ends alone.

    Where it does not say how long, they stay as they are.
    """
    longest = None
    if place.part == "body":
        body = next(iter(api.vendor.document.operations[requests[0].operation].body.values()), {})
        longest = declared(api.vendor.document, body, tokens(place.name)).get("maxLength")
    if longest is None:
        return list(requests)
    stem = api.fresh_text().ljust(longest - 1, "x")
    texts = [f"{stem}{end}" for end in "abcdefgh"[: len(requests)]]
    for text in texts:
        api.session.ledger.claim(text)
    return [place.put(request, text) for request, text in zip(requests, texts, strict=True)]


def is_refused(api: Api, reply: Reply) -> bool:
    """Whether a server, or what stands before it, takes no such value: that it takes every one is seldom written."""
    return 400 <= reply.status < 500 and not api.succeeded(reply)


def append_entry(api: Api, made: Made) -> None:
    """Append an entry to the log of ``made``, where an operation does; a failure blocks the case."""
    for call in api.vendor.semantics.operations.values():
        named = {value.resource for value in call.request.values()}
        if isinstance(call.facets.get("log"), Log) and made.resource.name in named:
            with set_up("an entry in its log"):
                api.expect_success(api.send(build(api, call.id, context_of(made))))


def expect_as_made(api: Api, made: Made, body: Any, where: str) -> None:
    """``body`` shows what the reply to the create of ``made`` showed of its state and its optional values."""
    for pointer in (*optional_values(api.vendor, made.request.operation), *filter(None, [made.resource.state])):
        before = get(made.body, pointer)
        if before is not ABSENT:
            expect_equal(get(body, pointer), before, f"{pointer} in {where}")


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


def expect_missing(api: Api, request: Request) -> None:
    """Raise ``Mismatch`` when something is told to exist under the key that a refused create carried."""
    create = api.vendor.semantics.operations[request.operation].facets.get("create")
    if isinstance(create, Create) and create.key:
        resource = api.vendor.semantics.resources[create.resource]
        removal = resource.facets.get("removal")
        if isinstance(removal, Removal) and removal.exists is not None:
            expect_equal(exists(api, resource, str(create.key[-1].sent(request))), False, "exists:")


def expect_free(api: Api, request: Request) -> None:
    """Raise ``Mismatch`` unless a valid create makes something under the key that a refused one carried."""
    create = api.vendor.semantics.operations[request.operation].facets.get("create")
    if isinstance(create, Create) and create.key:
        api.expect_success(api.send(request), *create.first)


def sightings(api: Api, made: Made) -> Iterator[tuple[str, Any]]:
    """What the reply shows of the resource, and what a read shows now, each with its name."""
    yield "the reply", made.body
    if made.resource.read:
        yield "a later read", read(api, made)


def with_longer_lists(api: Api, create: Create, request: Request) -> Request:
    """The request with every kept list that is written out, and an element more in each."""
    for item in kept_by(api.vendor.semantics.operations[create.subject]):
        if isinstance(item.value.literal, list):
            request = item.place.put(request, [*item.value.literal, "of the first create"])
    return request


def other_values(api: Api, create: Create, made: Made) -> tuple[Request, dict[str, Any]]:
    """The same request with every kept literal changed, and where the changed values show."""
    request, changed = made.request, {}
    for item in kept_by(api.vendor.semantics.operations[create.subject]):
        if isinstance(item.value.literal, str | list) and item.place.sent(request) not in (ABSENT, item.value.literal):
            request = item.place.put(request, item.value.literal)
            changed[item.at] = item.value.literal
    if not changed:
        raise NotApplicable("the semantics name no value that the create keeps")
    return request, changed
