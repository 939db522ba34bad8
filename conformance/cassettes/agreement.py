"""A cassette against today's contract and semantics: what was recorded and is no longer what they say."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.cassettes import inbound
from conformance.cassettes.cassette import Cassette, Interaction
from conformance.cassettes.finding import Finding
from conformance.cassettes.headers import key_names
from conformance.contract.facets.create import Create
from conformance.contract.facets.events import Events
from conformance.contract.facets.list import List
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, get
from conformance.contract.reading import read_back
from conformance.contract.requests import violations
from conformance.contract.success import succeeded
from conformance.contract.vendor import Vendor

Told = tuple[str, str]
"""A pointer and what is wrong there."""


def findings(vendor: Vendor, cassette: Cassette) -> Iterator[Finding]:
    """Every way in which ``cassette`` contradicts the contract or the semantics of ``vendor``; no network.

    A request is held against the contract when it got a success: what was refused may well have been wrong. Of a
    create that a document prints nobody can tell whether it was the first.
    """
    witness = cassette.provenance.provenance
    seen: set[tuple[str, ...]] = set()
    for number, one in enumerate(cassette.interactions, 1):
        request = read_back(vendor.document, cassette.provenance.base, one.wire)
        if request is None:
            message = f"{one.line} is no operation of the contract"
            yield Finding(cassette.path, number, "", message, witness)
            continue
        for pointer, message in (
            *_contract(vendor, request, one),
            *_semantics(vendor, request, one, seen, printed=bool(cassette.provenance.samples)),
        ):
            yield Finding(cassette.path, number, pointer, f"{request.operation}: {message}", witness)
    yield from _deliveries(vendor, cassette)


def _contract(vendor: Vendor, request: Request, one: Interaction) -> Iterator[Told]:
    operation = vendor.document.operations[request.operation]
    violation = vendor.validators.reply(operation, one.reply)
    if violation is not None:
        yield violation.pointer, f"reply: {violation.rule}: {violation.expected}, not {violation.actual}"
    if not succeeded(vendor.semantics, request.operation, one.reply):
        return
    for wrong in violations(vendor, request):
        yield wrong.pointer, f"request: {wrong.expected}"
    known = {parameter.name for parameter in operation.parameters if parameter.place == "query"}
    for name in dict.fromkeys(name for name, _ in request.query):
        if name not in known and name.lower() not in key_names(vendor.document, "query"):
            yield "", f"request: the contract has no query parameter {name}"


def _semantics(
    vendor: Vendor, request: Request, one: Interaction, seen: set[tuple[str, ...]], *, printed: bool
) -> Iterator[Told]:
    call = vendor.semantics.operations.get(request.operation)
    facets = call.facets if call else {}
    done = succeeded(vendor.semantics, request.operation, one.reply)
    create, listing = facets.get("create"), facets.get("list")
    if isinstance(create, Create):
        if printed and done and create.replay and one.reply.status in create.replay.statuses:
            return
        yield from _created(create, request, one, done, seen)
    if isinstance(listing, List) and done:
        yield from _listed(listing, request, one)
    yield from _state(vendor, request, one, done)


def _created(
    create: Create, request: Request, one: Interaction, done: bool, seen: set[tuple[str, ...]]
) -> Iterator[Told]:
    keys = tuple(str(place.sent(request)) for place in create.key if place.sent(request) is not ABSENT)
    key = (create.resource, *keys)
    again = bool(keys) and key in seen
    if keys and done:
        seen.add(key)
    if not again:
        if done and create.first and one.reply.status not in create.first:
            yield "", f"a first create is answered with {_or(create.first)}, not {one.reply.status}"
    elif create.replay and create.replay.gets == "conflict":
        if done:
            yield "", "a create with a key that was used is refused, not carried out"
    elif create.replay and done and create.replay.statuses and one.reply.status not in create.replay.statuses:
        yield "", f"a repeated create is answered with {_or(create.replay.statuses)}, not {one.reply.status}"


def _listed(listing: List, request: Request, one: Interaction) -> Iterator[Told]:
    items = get(one.reply.json, listing.items)
    if not isinstance(items, list):
        yield listing.items, f"a list has its items here, not {type(items).__name__}"
        return
    size = listing.size
    asked = size.place.sent(request) if size else ABSENT
    limit = int(asked) if isinstance(asked, str | int) and str(asked).isdigit() else size.default if size else None
    if limit is not None and len(items) > limit:
        yield listing.items, f"a page holds {limit} items at most, not {len(items)}"


def _state(vendor: Vendor, request: Request, one: Interaction, done: bool) -> Iterator[Told]:
    """The state that a resource is shown in is one that the semantics know, and that of a command's end."""
    for resource in vendor.semantics.resources.values():
        reads = {resource.create, resource.read.operation if resource.read else None}
        if not done or resource.state is None or request.operation not in reads:
            continue
        at = resource.read.at if resource.read and request.operation == resource.read.operation else ""
        shown = get(one.reply.json, f"{at}{resource.state}")
        if isinstance(shown, str) and shown not in resource.states:
            yield f"{at}{resource.state}", f"a {resource.name} is in one of {', '.join(resource.states)}, not {shown}"


def _deliveries(vendor: Vendor, cassette: Cassette) -> Iterator[Finding]:
    events = vendor.semantics.vendor_facet(Events)
    for number, delivery in enumerate(inbound.load(cassette.path), 1):
        if events is None:
            message = "the semantics know of no events"
            yield Finding(inbound.beside(cassette.path), number, "", message, cassette.provenance.provenance)
            continue
        violation = vendor.validators.event(events.webhook, delivery["body"])
        if violation is not None:
            message = f"{events.webhook}: {violation.expected}, not {violation.actual}"
            where = inbound.beside(cassette.path)
            yield Finding(where, number, violation.pointer, message, cassette.provenance.provenance)


def _or(statuses: tuple[int, ...]) -> str:
    return " or ".join(map(str, statuses))
