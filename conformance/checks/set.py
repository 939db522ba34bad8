"""Sets: replaced as a whole, shown as they are, and without doubles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.contract.facets.list import List
from conformance.contract.facets.set import Agrees, Set, Told
from conformance.contract.identity import id_text
from conformance.contract.message import Reply, Request
from conformance.contract.mutation import mutations
from conformance.contract.pointer import get, tokens
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, build, create_request, make, resolve, set_up
from conformance.engine.outcome import Blocked, Inconclusive, Mismatch, expect, expect_equal
from conformance.engine.sets import can_be_read, held, ids_in, members_in
from conformance.engine.walking import whole
from conformance.transport.credentials import ANONYMOUS


@dataclass(frozen=True)
class Owned:
    """One owner whose set is replaced: ``request`` is a valid one, ``sets`` are two sets of ids to send."""

    promise: Set
    request: Request
    owner: str
    sets: tuple[list[Any], list[Any]]

    def asking(self, members: Iterable[Any]) -> Request:
        """The request that makes ``members`` the whole set."""
        return self.promise.place.put(self.request, list(members))


def is_seen(promise: Set) -> bool:
    """Whether an operation or a control reads the set."""
    return promise.is_seen


def is_told(promise: Set) -> bool:
    """Whether the reply shows the new set."""
    return promise.told is not None


def is_guarded(vendor: Vendor, promise: Set) -> bool:
    """Whether the operation asks for credentials."""
    return bool(vendor.document.operations[promise.subject].security)


def _owned(api: Api, promise: Set) -> Owned:
    context: Context = {}
    with set_up("the request"):
        request = build(api, promise.subject, context)
    first, second = (resolve(api, value, context) for value in promise.members)
    if set(first) <= set(second) or set(second) <= set(first):
        raise Blocked("one of the two sets of members holds the other", "fixture")
    return Owned(promise, request, str(promise.owner.sent(request)), (first, second))


def _replaced_by_the_first(api: Api, promise: Set) -> Owned:
    """An owner that has the first of the two sets."""
    owned = _owned(api, promise)
    with set_up("giving the owner the first set"):
        api.expect_success(api.send(owned.asking(owned.sets[0])))
    return owned


def _expect_told(api: Api, promise: Set, reply: Reply, members: Iterable[Any]) -> None:
    body = api.expect_success(reply)
    if promise.told is not None:
        expect_equal(ids_in(promise.told, body), sorted(map(id_text, members)), promise.told.items)


@check(when=is_seen)
def replaced(api: Api, promise: Set) -> None:
    """After a replacement, by fewer or by more, the owner has the new members and none of the old."""
    owned = _replaced_by_the_first(api, promise)
    second = owned.sets[1]
    for new in (second, second[:1], _both(owned)):
        api.expect_success(api.send(owned.asking(new)))
        expect_equal(held(api, owned.promise, owned.owner), sorted(map(id_text, new)), "the set")


def _both(owned: Owned) -> tuple[Any, ...]:
    """The members of the two sets, each once."""
    return tuple({id_text(one): one for one in (*owned.sets[0], *owned.sets[1])}.values())


@check(when=is_told)
def told(api: Api, promise: Set) -> None:
    """The reply to a replacement shows the new members, each once, and none of the old."""
    owned = _replaced_by_the_first(api, promise)
    _expect_told(api, promise, api.send(owned.asking(owned.sets[1])), owned.sets[1])


@check()
def same_twice(api: Api, promise: Set) -> None:
    """A replacement by the set that the owner has succeeds and leaves it that set."""
    owned = _replaced_by_the_first(api, promise)
    same = owned.sets[0]
    _expect_told(api, promise, api.send(owned.asking(same)), same)
    if can_be_read(api, promise):
        expect_equal(held(api, owned.promise, owned.owner), sorted(map(id_text, same)), "the set")


@check(when=lambda promise: is_seen(promise) and promise.made_with is not None)
def made_with(api: Api, promise: Set) -> None:
    """An owner that is made with members has those and no other."""
    assert promise.made_with is not None
    owner = api.vendor.semantics.operations[promise.subject].request[promise.owner].resource
    if owner is None:
        raise Blocked(f"nothing makes what {promise.owner} names", "suite")
    context: Context = {}
    members = resolve(api, promise.members[0], context)
    request = create_request(api, api.vendor.semantics.resources[owner], context)
    made = make(api, owner, request=promise.made_with.put(request, members))
    expect_equal(held(api, promise, made.id), sorted(map(id_text, members)), "the set")


@check(when=is_seen)
def together(api: Api, promise: Set) -> None:
    """Of replacements that are sent at one instant one stands, whole."""
    owned = _replaced_by_the_first(api, promise)
    api.together([owned.asking(one) for one in owned.sets] * 2)
    found = held(api, owned.promise, owned.owner)
    expect(found in [sorted(map(id_text, one)) for one in owned.sets], "one of the two sets, whole", found)


@check(when=lambda promise: promise.empty == "removes-all")
def emptied(api: Api, promise: Set) -> None:
    """A replacement by nothing succeeds and takes every member away."""
    owned = _replaced_by_the_first(api, promise)
    _expect_told(api, promise, api.send(owned.asking(())), ())
    if can_be_read(api, promise):
        expect_equal(held(api, owned.promise, owned.owner), [], "the set")


@check(when=lambda promise: promise.empty == "refused")
def empty_refused(api: Api, promise: Set) -> None:
    """A replacement by nothing is refused."""
    owned = _replaced_by_the_first(api, promise)
    api.expect_refusal(api.send(owned.asking(())))


@check(when=lambda promise: is_told(promise) and promise.agrees is not None)
def agrees(api: Api, promise: Set) -> None:
    """What the reply tells of a member is what the list of its kind tells of it, before or after."""
    assert promise.told is not None
    assert promise.agrees is not None
    owned = _owned(api, promise)
    with set_up("the list that the members are in"):
        listed = _listed(api, promise.agrees.operation)
    members = members_in(promise.told, api.expect_success(api.send(owned.asking(_both(owned)))))
    try:
        _expect_agreement(promise.told, promise.agrees, members, listed)
    except Mismatch:
        # Others may have changed a member since it was listed.
        with set_up("the list again"):
            again = _listed(api, promise.agrees.operation)
        _expect_agreement(promise.told, promise.agrees, members, {**listed, **again})


def _expect_agreement(told: Told, agrees: Agrees, members: Iterable[Any], listed: Mapping[str, Any]) -> None:
    for member in members:
        item = listed.get(id_text(get(member, told.id)))
        if item is None:
            raise Blocked(f"{agrees.operation} does not list the member {get(member, told.id)}")
        for own, theirs in agrees.pairs.items():
            expect_equal(get(member, own), get(item, theirs), f"{own} =")


def _listed(api: Api, operation: str) -> Mapping[str, Any]:
    """The items of a whole list by id."""
    listing = api.vendor.semantics.operations[operation].facets.get("list")
    if not isinstance(listing, List):
        raise Blocked(f"{operation} is no list", "suite")
    return {listing.id_of(item): item for item in whole(api, listing)}


@check(when=is_seen)
def refused_changes_nothing(api: Api, promise: Set) -> None:
    """A replacement that is refused leaves the owner the set that it had."""
    owned = _replaced_by_the_first(api, promise)
    refused = 0
    for wrong in _wrong_requests(api, owned):
        if not api.succeeded(api.send(wrong)):
            refused += 1
            expect_equal(
                held(api, owned.promise, owned.owner), sorted(map(id_text, owned.sets[0])), "the set after the refusal"
            )
    if not refused:
        raise Inconclusive("the server refused none of the wrong requests")


@check(when=is_seen, given=is_guarded)
def stays_without_access(api: Api, promise: Set) -> None:
    """A replacement that is refused for wrong credentials, or for none, leaves the owner the set that it had."""
    owned = _replaced_by_the_first(api, promise)
    request, before = owned.asking(owned.sets[1]), sorted(map(id_text, owned.sets[0]))
    for proof in (api.wrong_proofs(request, api.identity)[""], ANONYMOUS.proof()):
        if api.succeeded(api.send(request, proof=proof)):
            raise Blocked("wrong credentials are taken for good ones")
        expect_equal(held(api, owned.promise, owned.owner), before, "the set after the refusal")


def _wrong_requests(api: Api, owned: Owned) -> Iterable[Request]:
    """Requests about the owner with something wrong with the members; last, as it may be taken, one that is unknown."""
    operation = api.vendor.document.operations[owned.promise.subject]
    label = ".".join(tokens(owned.promise.place.name))
    for rule, mutation in mutations(api.vendor.document, operation, (owned.promise.place,)).items():
        if rule in {f"missing-{label}", f"type-{label}"}:
            yield mutation.apply(owned.asking(owned.sets[0]))
    yield owned.asking([*owned.sets[1], api.fresh_uuid()])


@check(when=lambda promise: promise.media_type == "optional")
def without_media_type(api: Api, promise: Set) -> None:
    """A replacement whose body comes without a content type succeeds."""
    owned = _owned(api, promise)
    request = owned.asking(owned.sets[0])
    with set_up("the same request with its content type"):
        api.expect_success(api.send(request))
    _expect_told(api, promise, api.send(replace(request, media_type=None)), owned.sets[0])


@check(level="observe")
def unknown_member(api: Api, promise: Set) -> None:
    """What a member that does not exist, among others that do, gets."""
    owned = _owned(api, promise)
    api.observe(unknown_member=_taken(api, api.send(owned.asking([*owned.sets[0], api.fresh_uuid()]))))


@check(level="observe")
def duplicate_member(api: Api, promise: Set) -> None:
    """What a member that is sent twice gets."""
    owned = _owned(api, promise)
    api.observe(duplicate_member=_taken(api, api.send(owned.asking([*owned.sets[0], owned.sets[0][0]]))))


def _taken(api: Api, reply: Reply) -> str:
    return "taken" if api.succeeded(reply) else "refused"


@check(when=lambda listing: bool(listing.unique))
def unique(api: Api, listing: List) -> None:
    """The arrays within an item that are sets hold no member twice."""
    for item in whole(api, listing):
        for pointer in listing.unique:
            double = twice(get(item, pointer))
            if double is not None:
                raise Mismatch(f"every member of {pointer} once", f"{double} twice")


def twice(members: Any) -> str | None:
    """The first member of an array, as JSON, that comes more than once; of anything but an array, none."""
    counts = Counter(json.dumps(member, sort_keys=True) for member in members) if isinstance(members, list) else {}
    return next((member for member, times in counts.items() if times > 1), None)
