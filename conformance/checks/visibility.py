"""Who sees what: resources are shown to those with access, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from conformance.checks._shut import expect_shut
from conformance.contract.facets.list import List
from conformance.contract.facets.visibility import Visibility
from conformance.contract.identity import id_text
from conformance.contract.message import Reply, Request
from conformance.contract.pointer import get, join
from conformance.contract.semantics.document import Call, Semantics
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.lending import lent, needs_of
from conformance.engine.listing import expect_listed, listing_of, neighbours
from conformance.engine.making import Made, build, make, read, read_request, resolve
from conformance.engine.outcome import Blocked, Mismatch, expect, expect_equal

STRANGER = "other"
"""The identity that sees none of what the main one sees."""


def is_read(vendor: Vendor, visibility: Visibility) -> bool:
    """Whether an operation reads one of the kind."""
    return vendor.semantics.resources[visibility.subject].read is not None


def is_listed(vendor: Vendor, visibility: Visibility) -> bool:
    """Whether an operation lists the kind."""
    return vendor.semantics.resources[visibility.subject].list is not None


def is_hidden(vendor: Vendor, visibility: Visibility) -> bool:
    """Whether one that the main identity does not see is named, and an operation reads it."""
    return visibility.hidden is not None and is_read(vendor, visibility)


def _resource(api: Api, visibility: Visibility) -> Resource:
    return api.vendor.semantics.resources[visibility.subject]


@contextmanager
def _known(api: Api, resource: Resource) -> Iterator[Made]:
    """One that the main identity sees: made or lent, or the fixture that is declared or that its read names."""
    if resource.create is None:
        yield _fixed(api, resource)
    elif resource.read is None:
        yield make(api, resource.name)
    else:
        with lent(api, resource.read.operation) as loan:
            yield loan.context.get(resource.name) or make(api, resource.name)


def _fixed(api: Api, resource: Resource) -> Made:
    visibility = resource.facets["visibility"]
    if isinstance(visibility, Visibility) and visibility.shown is not None:
        return Made(resource, str(resolve(api, visibility.shown, {})), None, Request(resource.list or ""))
    if resource.read is None:
        raise Blocked(f"nothing reads a {resource.name}", "suite")
    request = build(api, resource.read.operation)
    return Made(resource, str(resource.read.id.sent(request)), None, request)


def _hidden(api: Api, visibility: Visibility) -> str:
    """The id of one that the main identity does not see; the other identity's reading it, if it can, proves it."""
    assert visibility.hidden is not None
    resource = _resource(api, visibility)
    hidden = str(resolve(api, visibility.hidden, {}))
    if resource.read and not api.succeeded(_look(api.acting_as(STRANGER), resource, hidden)):
        raise Blocked(f"the identity {STRANGER!r} cannot read the {resource.name} {hidden} either", "fixture")
    return hidden


def _look(api: Api, resource: Resource, id: str) -> Reply:  # noqa: A002 - an id is what it is
    return api.send(read_request(resource, id))


def _listed(api: Api, resource: Resource) -> list[str]:
    """The ids in the whole list, as the identity that ``api`` acts as sees it."""
    listing = _listing(api, resource)
    return [listing.id_of(item) for item in neighbours(api, listing)]


def _listing(api: Api, resource: Resource) -> List:
    listing = listing_of(api.vendor, resource)
    assert listing is not None
    return listing


@check(given=is_read)
def read_by_id(api: Api, visibility: Visibility) -> None:
    """A resource that the caller has access to is answered to a read, with the id asked for."""
    with _known(api, _resource(api, visibility)) as known:
        expect_equal(id_text(get(read(api, known), known.resource.id)), id_text(known.id), "id")


@check(given=is_listed)
def listed(api: Api, visibility: Visibility) -> None:
    """A resource that the caller has access to is in its list."""
    with _known(api, _resource(api, visibility)) as known:
        what = f"{known.resource.name} {known.id} in the list"
        expect_listed(api, known, lambda found: expect(bool(found), what, "none"))


@check(given=is_hidden, identities=(STRANGER,))
def hidden_read(api: Api, visibility: Visibility) -> None:
    """A resource that the caller has no access to is refused to a read."""
    hidden = _hidden(api, visibility)
    api.expect_refusal(_look(api, _resource(api, visibility), hidden))


@check(given=is_listed, when=lambda visibility: visibility.hidden is not None, identities=(STRANGER,))
def hidden_list(api: Api, visibility: Visibility) -> None:
    """A resource that the caller has no access to is not in its list."""
    resource, hidden = _resource(api, visibility), _hidden(api, visibility)
    if id_text(hidden) not in _listed(api.acting_as(STRANGER), resource):
        raise Blocked(f"the list of the identity {STRANGER!r} does not hold the {resource.name} {hidden}", "fixture")
    if id_text(hidden) in _listed(api, resource):
        raise Mismatch(f"a list without the {resource.name} {hidden}", "a list with it")


@check(given=is_read, identities=(STRANGER,))
def stranger_read(api: Api, visibility: Visibility) -> None:
    """What the main identity sees is refused to a read by an identity without access."""
    with _known(api, _resource(api, visibility)) as known:
        read(api, known)
        api.expect_refusal(_look(api.acting_as(STRANGER), known.resource, known.id))


@check(given=is_listed, identities=(STRANGER,))
def stranger_list(api: Api, visibility: Visibility) -> None:
    """What the main identity sees is not in the list of an identity without access."""
    with _known(api, _resource(api, visibility)) as known:
        if id_text(known.id) in _listed(api.acting_as(STRANGER), known.resource):
            raise Mismatch(f"a list without the {known.resource.name} {known.id}", "a list with it")


@check(when=lambda visibility: visibility.shared is not None, identities=(STRANGER,))
def shared_list(api: Api, visibility: Visibility) -> None:
    """What several identities have access to is in the list of each."""
    assert visibility.shared is not None
    resource, shared = _resource(api, visibility), str(resolve(api, visibility.shared, {}))
    for one in (api, api.acting_as(STRANGER)):
        expect(
            id_text(shared) in _listed(one, resource),
            f"{resource.name} {shared} in the list of {one.identity!r}",
            "none",
        )


def rights_of(_: Vendor, visibility: Visibility) -> Iterator[str]:
    """Of which one it is known what the list is to show of rights."""
    return iter(visibility.rights)


@check(variants=rights_of, identities=(STRANGER,))
def rights(api: Api, visibility: Visibility, name: Literal["shown", "shared"]) -> None:
    """The list shows of the rights to one those of the caller."""
    known, wanted = getattr(visibility, name), resolve(api, visibility.rights[name], {})
    if known is None or not isinstance(wanted, dict):
        raise Blocked(f"the rights to the one that is {name} are no object", "fixture")
    caller = api if name == "shown" else api.acting_as(STRANGER)
    listing, key = _listing(api, _resource(api, visibility)), id_text(resolve(api, known, {}))
    found = [item for item in neighbours(caller, listing) if listing.id_of(item) == key]
    if not found:
        raise Blocked(f"the list of {caller.identity!r} does not hold {key}")
    for member, value in wanted.items():
        expect_equal(_as_set(get(found[0], join(member))), _as_set(value), f"{member} for {caller.identity!r} =")


def _as_set(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list) else value


@check(given=is_hidden, identities=(STRANGER,), level="observe")
def status(api: Api, visibility: Visibility) -> None:
    """The status of a refusal to show a resource that exists."""
    hidden = _hidden(api, visibility)
    api.observe(status=_look(api, _resource(api, visibility), hidden).status)


def is_for_some(vendor: Vendor, call: Call) -> bool:
    """Whether it is asked of, or for, what only identities with access see, and does not read that itself."""
    semantics = vendor.semantics
    seen = {name: one for name, one in semantics.resources.items() if "visibility" in one.facets}
    reads = {one.read.operation for one in seen.values() if one.read is not None}
    if STRANGER not in semantics.identities or call.id in reads:
        return False
    named = {name for name, _ in needs_of(vendor, call.id)}
    above = {one.parent.resource for one in map(semantics.resources.__getitem__, named) if one.parent is not None}
    return bool(seen.keys() & (named | above)) or _is_of_one_shown(semantics, call, reads)


def _is_of_one_shown(semantics: Semantics, call: Call, reads: Iterable[str]) -> bool:
    """Whether its path names by a fixture what one of ``reads`` reads."""
    told = [value for place, value in call.request.items() if place.part == "path" and value.fixture is not None]
    return any(value in semantics.operations[name].request.values() for value in told for name in reads)


@check(given=is_for_some, identities=(STRANGER,))
def stranger_call(api: Api, call: Call) -> None:
    """An operation on something, by an identity without access to it, is refused and changes nothing."""

    def send(request: Request) -> Iterator[tuple[str, Reply]]:
        reply = api.send(request, STRANGER)
        api.observe(status=reply.status)
        yield "", reply

    expect_shut(api, call, send)
