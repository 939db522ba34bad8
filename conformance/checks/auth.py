"""Who is let in, and that whoever is not changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from typing import Any, get_args

from conformance.checks._acting import plain_reads
from conformance.checks._paging import steady
from conformance.checks._shut import expect_shut
from conformance.checks.echo import expect_answered, expect_defaults, waiting
from conformance.contract.facets.auth import Auth
from conformance.contract.facets.list import List
from conformance.contract.facets.token import Token
from conformance.contract.identity import id_text
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call, Effect
from conformance.contract.vendor import Vendor
from conformance.engine import wrong
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.lending import Needs, lent, needs_of
from conformance.engine.making import Context, build, make, read, resolve, set_up
from conformance.engine.outcome import Inconclusive, Mismatch, Skip, expect_equal
from conformance.engine.populations import ground, unmoved
from conformance.engine.walking import Query, whole
from conformance.transport.credentials import Proof

CHANCE = 2
"""Tokens that are refused before their time until that is no chance: a server may forget one when it starts anew."""


def identities(vendor: Vendor, _: object = None) -> Iterator[str]:
    """The main identity and those that prove the same one in another way."""
    yield "main"
    yield from equivalents(vendor)


def equivalents(vendor: Vendor, _: object = None) -> Iterator[str]:
    """The identities that see what the main one sees."""
    auth = vendor.semantics.vendor_facet(Auth)
    yield from auth.equivalent if auth else ()


def is_guarded(vendor: Vendor, call: Call) -> bool:
    """Whether the operation asks for credentials, be it in one of several modes."""
    declared = vendor.document.operations[call.id]
    return bool(declared.security) and (not declared.is_open or bool(vendor.semantics.modes))


def shut(vendor: Vendor, call: Call) -> Iterator[None]:
    """One case for an operation that the contract guards."""
    yield from (None,) if is_guarded(vendor, call) else ()


def guarded_identities(vendor: Vendor, call: Call) -> Iterator[str]:
    """The identities, for an operation that the contract guards."""
    yield from (*identities(vendor), *accepted_by(vendor, call)) if is_guarded(vendor, call) else ()


def guarded_alike(vendor: Vendor, call: Call) -> Iterator[str]:
    """The identities for which ``call`` stands for all that is guarded as it is: the one that takes least."""
    for identity in guarded_identities(vendor, call):
        alike = [
            other
            for other in vendor.semantics.operations.values()
            if _way_in(vendor, other) == _way_in(vendor, call) and identity in guarded_identities(vendor, other)
        ]
        if call is min(alike, key=_work):
            yield identity


def _way_in(vendor: Vendor, call: Call) -> tuple[object, bool]:
    """What the contract asks for, and whether a body comes with it: one may hold the secret."""
    declared = vendor.document.operations[call.id]
    return declared.security, declared.media_type is not None


def _work(call: Call) -> tuple[int, bool, int]:
    """How much a request of the operation takes: first by its effect, then by what is made before, then by values."""
    made = any(value.resource for value in call.request.values())
    return get_args(Effect).index(call.effect), made, len(call.request)


def accepted_by(vendor: Vendor, call: Call) -> Iterator[str]:
    """The identities that this operation lets in, and perhaps no other."""
    auth = vendor.semantics.vendor_facet(Auth)
    for identity, operations in auth.accepted.items() if auth else ():
        if call.id in operations:
            yield identity


@check(variants=accepted_by)
def accepted(api: Api, call: Call, identity: str) -> None:
    """An identity that the operation lets in gets the success that the main one gets, with inputs as well."""
    with lent(api, call.id, succeeds=True) as loan:
        reply = api.send(loan.request, identity)
        api.expect_success(reply)
        expect_defaults(api, reply)
    expect_answered(api.acting_as(identity), call.id)


@check(variants=shut)
def without_credentials(api: Api, call: Call) -> None:
    """A request without credentials is refused and changes nothing."""

    def send(request: Request) -> Iterator[tuple[str, Reply]]:
        reply = api.send(request, anonymous=True)
        wrong.keep(api, call.id, wrong.UNIDENTIFIED)
        yield "", reply
        yield from (("", api.send(one, anonymous=True)) for one in waiting(api, call.id))

    expect_shut(api, call, send)


@check(variants=guarded_identities)
def wrong_credentials(api: Api, call: Call, identity: str) -> None:
    """A request whose credentials have a wrong secret is refused and changes nothing."""

    def send(request: Request) -> Iterator[tuple[str, Reply]]:
        proof = api.wrong_proofs(request, identity)[""]
        yield from (("", api.send(one, identity, proof=proof)) for one in (request, *waiting(api, call.id)))

    expect_shut(api, call, send)


@check(variants=guarded_alike)
def nearly_right(api: Api, call: Call, identity: str) -> None:
    """A request whose credentials have a secret that is nearly right is refused and changes nothing.

    Where that costs nothing, a right one comes before each of them: some servers lock accounts for several wrong ones.
    """

    def send(request: Request) -> Iterator[tuple[str, Reply]]:
        near = {miss: proof for miss, proof in api.wrong_proofs(request, identity).items() if miss}
        if not near:
            raise Skip("identity", f"the secret of the identity {identity!r} is too short: one nearly right is luck")
        for miss, proof in near.items():
            if call.effect in {"read", "token"}:
                with set_up("the same request with the right secret"):
                    api.expect_success(api.send(request, identity))
            yield miss, api.send(request, identity, proof=proof)

    expect_shut(api, call, send)


def _opened(vendor: Vendor, call: Call) -> bool:
    """Whether the call is what tokens are tried on that tell for how long they are good."""
    tokens = (one.facets.get("token") for one in vendor.semantics.operations.values())
    return any(isinstance(one, Token) and one.opens == call.id and one.lifetime for one in tokens)


@check(given=_opened, phase="last")
def kept(api: Api, _: Call) -> None:
    """Tokens of the run are not refused before their time while those that are got in their place are not."""
    early = api.session.watch.early
    if len(early) >= CHANCE:
        api.history.append(early[-1])
        raise Mismatch("tokens that are good for as long as they tell", f"{len(early)} refused before")


def _bodied(vendor: Vendor, call: Call) -> bool:
    auth = vendor.semantics.vendor_facet(Auth)
    media_type = vendor.document.operations[call.id].media_type
    return auth is not None and auth.idle is not None and is_guarded(vendor, call) and "json" in (media_type or "")


def _idling(vendor: Vendor, call: Call) -> bool:
    auth = vendor.semantics.vendor_facet(Auth)
    return auth is not None and auth.idle is not None and is_guarded(vendor, call)


@check(given=_bodied)
def idle_null(api: Api, call: Call) -> None:
    """Where nothing asks for credentials, a request with null in the field for them is carried out."""
    _expect_idle(api, call, None)


@check(given=_idling)
def idle_text(api: Api, call: Call) -> None:
    """Where nothing asks for credentials, whatever the field for them holds is ignored."""
    _expect_idle(api, call, api.fresh_text())


def _expect_idle(api: Api, call: Call, value: str | None) -> None:
    auth, declared = api.vendor.semantics.vendor_facet(Auth), api.vendor.document.operations[call.id]
    assert auth is not None
    request = build(api, call.id)
    if "json" in (declared.media_type or ""):
        place = Place("request", "body", f"/{auth.idle}")
    else:
        place = Place("request", "query", str(auth.idle))
    api.expect_success(api.send(place.put(request, value), anonymous=True))


def _auth(vendor: Vendor, _: object = None) -> Auth:
    return vendor.semantics.vendor_facet(Auth) or Auth()


@check(given=lambda vendor, _: _auth(vendor).revoke is not None, phase="quiet")
def revoked(api: Api, vendor: Vendor) -> None:
    """Credentials that were revoked are refused from then on."""
    revoke = _auth(vendor).revoke
    assert revoke is not None
    spare = api.acting_as(revoke.identity)
    request = build(api, vendor.semantics.known_good)
    if not api.succeeded(spare.send(request)):
        raise Inconclusive(f"the credentials of {revoke.identity!r} were of no use before they were revoked")
    further = list(_guarded(api, vendor))
    api.control(revoke.control, **{revoke.secret: spare.secret()})
    for one in (request, *further, request):
        api.expect_refusal(spare.send(one))


@check(given=lambda vendor, _: _auth(vendor).change is not None, phase="quiet")
def changed(api: Api, vendor: Vendor) -> None:
    """When the secret is changed, the new one is accepted and the one before is refused, by whatever takes it."""
    auth = _auth(vendor)
    assert auth.change is not None
    request, old, new = build(api, vendor.semantics.known_good), api.secret(), api.fresh_text()
    with set_up("the secret of before"):
        api.expect_success(api.send(request))
    further, proof = list(_guarded(api, vendor)), Proof(fields={str(auth.idle): new})
    try:
        api.control(auth.change.control, **{auth.change.argument: new})
        after = [api.send(one, proof=proof) for one in (request, *_without_needs(api, vendor))]
        before = [api.send(one) for one in (request, *further)]
    finally:
        api.control(auth.change.control, **{auth.change.argument: old})
    for reply in after:
        api.expect_success(reply)
    for reply in before:
        api.expect_refusal(reply)


def _guarded(api: Api, vendor: Vendor) -> Iterator[Request]:
    """A request of every guarded operation that the profile allows, where the environment gives what it needs."""
    sent = {"read"} if api.session.target.profile == "read-only" else {"read", "write-own", "starts-execution"}
    made: dict[Needs, Context] = {}
    for call in sorted(vendor.semantics.operations.values(), key=_work):
        if is_guarded(vendor, call) and call.effect in sent:
            with suppress(Skip):
                yield build(api, call.id, made.setdefault(needs_of(vendor, call.id), {}))


def _without_needs(api: Api, vendor: Vendor) -> Iterator[Request]:
    """A request of every guarded operation that reads and needs nothing made before."""
    for call in plain_reads(vendor):
        if is_guarded(vendor, call):
            with suppress(Skip):
                yield build(api, call.id)


def callers(vendor: Vendor, _: object) -> Iterator[str]:
    """The identities of which it is known who they are."""
    named = _auth(vendor).caller
    yield from named.each if named else ()


@check(variants=callers)
def caller(api: Api, vendor: Vendor, identity: str) -> None:
    """The caller is told to be the one whose credentials were sent."""
    named = _auth(vendor).caller
    assert named is not None
    same = api.acting_as(identity)
    body = same.expect_success(same.send(build(same, named.operation)))
    expect_equal(id_text(get(body, named.at)), id_text(resolve(api, named.each[identity], {})), f"{named.at} =")


@check(given=lambda vendor, _: _auth(vendor).author is not None, variants=callers)
def author(api: Api, vendor: Vendor, identity: str) -> None:
    """What somebody makes names that caller as its author, whoever else reads it."""
    named, shown = _auth(vendor).caller, _auth(vendor).author
    assert named is not None
    assert shown is not None
    same = api.acting_as(identity)
    made = make(same, shown.resource)
    if made.resource.read:
        read(same, made)
    others = [one for one, who in named.each.items() if who != named.each[identity] and one in api.session.identities]
    who, request = id_text(resolve(api, named.each[identity], {})), shown.id.put(Request(shown.operation), made.id)
    for reader in (identity, *others):
        reading = api.acting_as(reader)
        body = reading.expect_success(reading.send(request))
        expect_equal(id_text(get(body, shown.at)), who, f"{shown.at} as {reader} reads it =")


@check(variants=equivalents)
def equivalent(api: Api, vendor: Vendor, identity: str) -> None:
    """An identity that proves itself in another way sees what the main identity sees."""
    same = api.acting_as(identity)
    for call in _still_reads(vendor):
        listing = call.facets.get("list")
        if isinstance(listing, List):
            _expect_same_list(api, same, listing)
            continue
        request = build(api, call.id)
        with set_up(f"{call.id} by the main identity"):
            expected = api.expect_success(api.send(request))
        expect_equal(same.expect_success(same.send(request)), expected, call.id)


def _expect_same_list(api: Api, same: Api, listing: List) -> None:
    """Both see the same items, in whatever order: the one without sort is not written."""
    query = Query(sort=steady(listing))
    with ExitStack() as stack:
        with set_up(f"{listing.subject} by the main identity"):
            on = ground(api, listing)
            items = stack.enter_context(unmoved(api, listing, on, query))
        seen = whole(same, listing, query, on.base)
        expect_equal(_by_id(listing, seen), _by_id(listing, items), listing.subject)


def _by_id(listing: List, items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=listing.id_of)


@check(level="observe")
def status(api: Api, vendor: Vendor) -> None:
    """The status of a refusal for want of credentials."""
    guarded = [call for call in vendor.semantics.operations.values() if is_guarded(vendor, call)]
    calls = list(_still_reads(vendor)) or guarded
    replies: list[Reply] = []
    for call in calls:
        with lent(api, call.id) as loan:
            replies.append(api.send(loan.request, anonymous=True))
    api.observe(without_credentials=", ".join(sorted({str(reply.status) for reply in replies})))


def _still_reads(vendor: Vendor) -> Iterator[Call]:
    """The plain reads that are no lists which others' work moves."""
    for call in plain_reads(vendor):
        if getattr(call.facets.get("list"), "scope", "private") != "moving":
            yield call
