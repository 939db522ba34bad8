"""Who is let in, and that whoever is not changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conformance.contract.facets.auth import Auth
from conformance.contract.facets.create import Create
from conformance.contract.message import Reply, Request
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, build, read, read_request, set_up
from conformance.engine.outcome import NotApplicable, expect_equal

Send = Callable[[Request], Reply]


def identities(vendor: Vendor, _: object = None) -> Iterator[str]:
    """The main identity and those that prove the same one in another way."""
    yield "main"
    yield from equivalents(vendor)


def equivalents(vendor: Vendor, _: object = None) -> Iterator[str]:
    """The identities that see what the main one sees."""
    auth = vendor.semantics.vendor_facet(Auth)
    yield from auth.equivalent if auth else ()


@check()
def without_credentials(api: Api, call: Call) -> None:
    """A request without credentials is refused and changes nothing."""
    _expect_shut(api, call, lambda request: api.send(request, anonymous=True))


@check(variants=identities)
def wrong_credentials(api: Api, call: Call, identity: str) -> None:
    """A request whose credentials have the right shape and a wrong secret is refused and changes nothing."""
    _expect_shut(api, call, lambda request: api.send(request, identity, spoiled=True))


def _expect_shut(api: Api, call: Call, send: Send) -> None:
    if api.vendor.document.operations[call.id].is_open:
        raise NotApplicable("the contract lets this operation be called without credentials")
    context: Context = {}
    with set_up("the request"):
        request = build(api, call.id, context)
        before = {made.id: read(api, made) for made in context.values() if made.resource.read}
    api.expect_refusal(send(request))
    for made in context.values():
        if made.id in before:
            expect_equal(read(api, made), before[made.id], f"{made.resource.name} after the refusal")
    _expect_not_created(api, call, request)


def _expect_not_created(api: Api, call: Call, request: Request) -> None:
    """Nothing answers to the key that the refused create carried."""
    create = call.facets.get("create")
    if not isinstance(create, Create) or not create.key:
        return
    resource = api.vendor.semantics.resources[create.resource]
    if resource.read is not None and resource.key is None:
        api.expect_refusal(api.send(read_request(resource, str(create.key[-1].sent(request)))))


@check(variants=equivalents)
def equivalent(api: Api, vendor: Vendor, identity: str) -> None:
    """An identity that proves itself in another way sees what the main identity sees."""
    same = api.acting_as(identity)
    for call in _plain_reads(vendor):
        request = build(api, call.id)
        with set_up(f"{call.id} by the main identity"):
            expected = api.expect_success(api.send(request))
        expect_equal(same.expect_success(same.send(request)), expected, call.id)


@check(level="observe")
def status(api: Api, vendor: Vendor) -> None:
    """The status of a refusal for want of credentials."""
    replies = [api.send(build(api, call.id), anonymous=True) for call in _plain_reads(vendor)]
    api.observe(without_credentials=", ".join(sorted({str(reply.status) for reply in replies})))


def _plain_reads(vendor: Vendor) -> Iterator[Call]:
    """The operations that read and need nothing made before; lists that others' work moves are left out."""
    for call in vendor.semantics.operations.values():
        needs = any(value.resource for value in call.request.values())
        moves = getattr(call.facets.get("list"), "scope", "private") == "moving"
        if call.effect == "read" and not needs and not moves:
            yield call
