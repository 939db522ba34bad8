"""Refusals: what is refused, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from conformance.checks._acting import expect_free, plain_reads
from conformance.contract.facets.create import Create
from conformance.contract.facets.errors import Errors
from conformance.contract.message import Exchange, Reply, Request
from conformance.contract.mutation import mutations
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.document import Call
from conformance.contract.success import succeeded
from conformance.contract.vendor import Vendor
from conformance.engine import wrong
from conformance.engine.api import Api, describe
from conformance.engine.check import check
from conformance.engine.lending import lent, shown_to_work
from conformance.engine.making import build, set_up
from conformance.engine.near import near_text, near_uuid
from conformance.engine.once import made_once
from conformance.engine.outcome import Inconclusive, Mismatch, expect, expect_equal


def path_ids(call: Call) -> list[Place]:
    """The places in the path that name something which exists."""
    return [
        place for place, value in call.request.items() if place.part == "path" and (value.resource or value.fixture)
    ]


def has_path_id(call: Call) -> bool:
    """Whether the path names something which exists."""
    return bool(path_ids(call))


def references(_: Vendor, call: Call) -> Iterator[str]:
    """The labels of the places outside the path that name something which exists."""
    return iter(_references(call))


def _references(call: Call) -> Mapping[str, Place]:
    return {
        place.label: place
        for place, value in call.request.items()
        if place.part != "path" and (value.resource or (value.fixture or "").endswith("_id"))
    }


def stray(api: Api, place: Place, request: Request) -> str:
    """An id that names nothing, in the format that the contract asks for here, and begins as one does that is known."""
    declared = api.vendor.document.operations[request.operation].parameter(place.part, place.name)
    text = declared is not None and declared.schema.get("format") != "uuid"
    known = place.sent(request)
    return near_text(api, known) if text else near_uuid(api, known)


@check(when=has_path_id)
def unknown_id(api: Api, call: Call) -> None:
    """A request for an id that names nothing is refused."""
    place = path_ids(call)[0]
    with lent(api, call.id, succeeds=True) as loan:
        with set_up("the same request with an id that exists"):
            api.expect_success(api.send(loan.request))
        reply = api.send(place.put(loan.request, stray(api, place, loan.request)))
        wrong.keep(api, call.id, wrong.UNKNOWN)
        api.expect_refusal(reply)


@check(variants=references)
def unknown_reference(api: Api, call: Call, label: str) -> None:
    """A request that refers to something which does not exist is refused."""
    shown_to_work(api, call.id)
    place = _references(call)[label]
    with lent(api, call.id) as loan:
        api.expect_refusal(api.send(place.put(loan.request, stray(api, place, loan.request))))


def keyed_and_referring(call: Call) -> bool:
    """Whether the operation is a create with a key, and refers to something that may not exist."""
    create = call.facets.get("create")
    return isinstance(create, Create) and bool(create.key) and bool(_references(call))


@check(when=keyed_and_referring)
def spent_key(api: Api, call: Call) -> None:
    """A key that a refused create carried is free: a create with it makes a new resource."""
    place = next(iter(_references(call).values()))
    with lent(api, call.id) as loan:
        with set_up("the same create with a reference to nothing"):
            api.expect_refusal(api.send(place.put(loan.request, stray(api, place, loan.request))))
        expect_free(api, loan.request)


def refusable(vendor: Vendor, call: Call) -> bool:
    """Whether a request of the operation can be wrong in a way that the contract tells."""
    operation = vendor.document.operations[call.id]
    can_break = has_path_id(call) or bool(operation.body) or bool(mutations(vendor.document, operation, call.request))
    return can_break or not operation.is_open


@check(given=refusable)
def body(api: Api, call: Call) -> None:
    """Every refusal of the operation has the body that the contract describes."""
    operation = api.vendor.document.operations[call.id]
    refusals = list(_refusals(api, call))
    if not refusals:
        raise Inconclusive("the server refused none of the wrong requests")
    for _, reply in refusals:
        violation = api.vendor.validators.reply(operation, reply)
        if violation is not None:
            raise Mismatch(f"{violation.expected} {violation.pointer}".strip(), violation.actual)


def _refusals(api: Api, call: Call) -> Iterator[tuple[str, Reply]]:
    """Each kind of wrong request of the operation that is refused, with the refusal as the last of the case's history.

    They are sent once a run, for all checks that judge refusals; what met weather tells nothing of them.
    """
    name = f"{api.vendor.name}/{call.id}/refusals"
    for kind, exchange in made_once(api, name, lambda apart: _wrong_exchanges(apart, call)).items():
        if exchange.reply is not None and not succeeded(api.vendor.semantics, call.id, exchange.reply):
            api.history.append(exchange)
            yield kind, exchange.reply


def _wrong_exchanges(api: Api, call: Call) -> dict[str, Exchange]:
    """One exchange for each kind of wrong request that the operation has, in fair weather."""
    found: dict[str, Exchange] = {}
    with lent(api, call.id) as loan:
        requests = wrong_requests(api, call, loan.request)
        for kind, request in {**requests, wrong.UNIDENTIFIED: build(api, call.id, loan.context)}.items():
            send = partial(api.send, request, anonymous=kind == wrong.UNIDENTIFIED)
            exchange = wrong.exchange(api, call.id, kind, send)
            if exchange is not None:
                found[kind] = exchange
    return found


def wrong_requests(api: Api, call: Call, request: Request) -> dict[str, Request]:
    """One wrong request of each kind that the operation has, made of a valid one."""
    operation = api.vendor.document.operations[call.id]
    found: dict[str, Request] = {}
    for place in path_ids(call)[:1]:
        found[wrong.UNKNOWN] = place.put(request, stray(api, place, request))
    for mutation in mutations(api.vendor.document, operation, call.request).values():
        found.setdefault(wrong.kind_of(mutation.name), mutation.apply(request))
    if request.media_type and "media" not in found:
        found["media"] = replace(request, media_type="text/plain", body=b"plain")
    for one in found.values():
        api.session.ownership.claim(one)
    return found


def _says_why(vendor: Vendor, call: Call) -> bool:
    errors = vendor.semantics.vendor_facet(Errors)
    return errors is not None and bool(errors.why) and call.id not in errors.bare and refusable(vendor, call)


@check(given=_says_why)
def reason(api: Api, call: Call) -> None:
    """Every refusal of the operation says why, if it says in its body that it is one where that is told there."""
    errors = api.vendor.semantics.vendor_facet(Errors)
    assert errors is not None
    for kind, reply in _refusals(api, call):
        says_so = errors.place is None or errors.place.seen(reply) is not ABSENT
        if kind != wrong.UNIDENTIFIED and says_so:
            texts = [place.seen(reply) for place in errors.why]
            places = " or ".join(map(str, errors.why))
            told = any(isinstance(text, str) and text for text in texts)
            expect(told, f"{kind}: a text at {places}", describe(reply))


def _has_status(vendor: Vendor) -> bool:
    errors = vendor.semantics.vendor_facet(Errors)
    return errors is not None and errors.status is not None


@check(when=_has_status, level="observe")
def status_in_body(api: Api, vendor: Vendor) -> None:
    """The body of a refusal repeats the status of the reply."""
    errors = vendor.semantics.vendor_facet(Errors)
    assert errors is not None
    assert errors.status is not None
    for call in plain_reads(vendor):
        for kind, reply in _refusals(api, call):
            expect_equal(errors.status.seen(reply), reply.status, f"{kind}: {errors.status}")


def _has_statuses(vendor: Vendor, call: Call) -> bool:
    """Whether the statuses of refusals are written, and the operation has rules that a request breaks."""
    errors = vendor.semantics.vendor_facet(Errors)
    rules = has_path_id(call) or mutations(vendor.document, vendor.document.operations[call.id], call.request)
    return errors is not None and bool(errors.statuses) and bool(rules)


@check(given=_has_statuses)
def refused_status(api: Api, call: Call) -> None:
    """A refusal, other than for want of credentials, has a status that is written for refusals."""
    errors = api.vendor.semantics.vendor_facet(Errors)
    assert errors is not None
    for kind, reply in _refusals(api, call):
        if kind != wrong.UNIDENTIFIED:
            expect(reply.status in errors.statuses, f"{kind}: status {_either(errors.statuses)}", describe(reply))


def _either(statuses: tuple[int, ...]) -> str:
    return " or ".join(map(str, statuses))


def kinds(_: object, __: object) -> Iterator[str]:
    """The kinds of refusal whose statuses are noted."""
    yield from STRAYS


def _unknown(api: Api, call: Call) -> Request | None:
    return wrong_requests(api, call, build(api, call.id)).get(wrong.UNKNOWN)


def _malformed(api: Api, call: Call) -> Request | None:
    operation = api.vendor.document.operations[call.id]
    broken = mutations(api.vendor.document, operation, call.request)
    place = next(iter(path_ids(call)), None)
    found = broken.get(f"format-{place.name}") if place else None
    return found.apply(build(api, call.id)) if found else None


def _invalid(api: Api, call: Call) -> Request | None:
    found = wrong_requests(api, call, build(api, call.id))
    return found.get("missing") or found.get("enum") or found.get("type")


STRAYS: Mapping[str, Callable[[Api, Call], Request | None]] = {
    "unknown-id": _unknown,
    "malformed-id": _malformed,
    "invalid-parameter": _invalid,
}


@check(variants=kinds, level="observe")
def status(api: Api, vendor: Vendor, kind: str) -> None:
    """The status of a refusal of this kind."""
    strays = (STRAYS[kind](api, call) for call in plain_reads(vendor))
    seen = {str(api.send(request).status) for request in strays if request is not None}
    api.observe(status=", ".join(sorted(seen)))
