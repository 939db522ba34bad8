"""What the OpenAPI document itself promises: statuses, media types, bodies, and the refusal of what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.checks._acting import expect_missing
from conformance.contract.mutation import mutations
from conformance.contract.semantics.clause import Level
from conformance.contract.semantics.document import Call
from conformance.contract.success import refusal
from conformance.contract.vendor import Vendor
from conformance.engine import wrong
from conformance.engine.api import Api, describe
from conformance.engine.check import check
from conformance.engine.generating import ready
from conformance.engine.lending import lent, shown_to_work
from conformance.engine.outcome import Mismatch, Skip
from conformance.generation.filling import JUDGED, broken_kind

SCHEMATHESIS: Mapping[str, Level] = {
    "status_code_conformance": "must",
    "content_type_conformance": "must",
    "response_headers_conformance": "must",
    "response_schema_conformance": "must",
    "positive_data_acceptance": "must",
    "negative_data_rejection": "should",
    "missing_required_header": "should",
    "not_a_server_error": "should",
    "ignored_auth": "observe",
    "unsupported_method": "observe",
    "allow_header_conformance": "observe",
    "use_after_free": "observe",
    "ensure_resource_availability": "observe",
    "object_level_authorization": "observe",
}
"""What each check of Schemathesis is worth here, where other checks of the suite do not judge it by clauses."""


@check(level="must", phase="first")
def valid_request(api: Api, call: Call) -> None:
    """A valid request gets a documented success status, and a reply as the contract describes it."""
    api.session.watch.forget_silence(call.id)
    with lent(api, call.id, succeeds=True) as loan:
        reply = api.send(loan.request)
    api.expect_success(reply)
    violation = api.vendor.validators.reply(api.vendor.document.operations[call.id], reply)
    if violation is not None:
        raise Mismatch(f"{violation.expected} {at(violation.pointer)}".strip(), violation.actual)


def has_generated(vendor: Vendor, call: Call) -> bool:
    """Whether there is anything to generate: a parameter or a body."""
    operation = vendor.document.operations[call.id]
    return bool(operation.parameters or operation.body)


def can_be_broken(vendor: Vendor, call: Call) -> bool:
    """Whether the contract has a rule for what is sent."""
    return any(broken_rules(vendor, call))


@check(level="must", given=has_generated, phase="broad")
def generated_valid(api: Api, call: Call) -> None:
    """Every generated request that fits the contract gets a documented reply, and a success where no prose decides."""
    for one in ready(api, call, breaking=False):
        api.session.ownership.claim(one.request)
        reply = api.send(one.request)
        violation = api.vendor.validators.reply(api.vendor.document.operations[call.id], reply)
        if violation is not None:
            expected = f"{violation.expected} {at(violation.pointer)}".strip()
            raise Mismatch(expected, f"{violation.actual}, for {one.says}")
        if one.free and not api.succeeded(reply):
            raise Mismatch(f"a success, for {one.says}", describe(reply))


@check(level="should", given=can_be_broken, phase="broad")
def generated_invalid(api: Api, call: Call) -> None:
    """Every generated request that breaks a written rule of the contract is refused with a status below 500."""
    for one in ready(api, call, breaking=True):
        if one.rule not in JUDGED:
            continue
        api.session.ownership.claim(one.request)
        reply = api.send(one.request)
        if reply.status >= 500 or api.succeeded(reply):
            raise Mismatch(f"{refusal(api.vendor.semantics)}, for {one.says}: {one.breaks}", describe(reply))


@check(level="must", phase="last")
def every_exchange(api: Api, call: Call) -> None:
    """Every reply that any case of the run got from the operation is as the contract describes it."""
    needs_replies(api, call)
    sighting = api.session.watch.sightings.get(call.id)
    if sighting is not None:
        api.history.append(sighting.exchange)
        violation = sighting.violation
        actual = f"{violation.actual} in {sighting.case}"
        raise Mismatch(f"{violation.expected} {at(violation.pointer)}".strip(), actual)


@check(level="should", phase="last")
def no_server_error(api: Api, call: Call) -> None:
    """No reply that any case of the run got from the operation says that the server failed."""
    needs_replies(api, call)
    crash = api.session.watch.crashes.get(call.id)
    if crash is not None and crash.exchange.reply is not None:
        api.history.append(crash.exchange)
        raise Mismatch("a status below 500", f"status {crash.exchange.reply.status} in {crash.case}")


@check(level="observe", phase="last")
def undeclared(api: Api, call: Call) -> None:
    """The replies that any case of the run got show no property that the contract does not declare."""
    needs_replies(api, call)
    seen = api.session.watch.undeclared.get(call.id, {})
    if seen:
        api.observe(undeclared=sorted(seen))
        pointer, case = next(iter(seen.items()))
        raise Mismatch("declared properties only", f"{pointer} in {case}")


def needs_replies(api: Api, call: Call) -> None:
    """Skip the case when the run got no reply from the operation: none says nothing of any."""
    if not api.session.watch.counts.get(call.id):
        raise Skip("replies", "no case of the run got any from the operation")


def at(pointer: str) -> str:
    """A pointer as part of a phrase."""
    return f"at {pointer}" if pointer else ""


def broken_rules(vendor: Vendor, call: Call) -> Iterator[str]:
    """The names of the ways to break a request of this operation."""
    return iter(mutations(vendor.document, vendor.document.operations[call.id], call.request))


@check(level="should", variants=broken_rules)
def refuses(api: Api, call: Call, rule: str) -> None:
    """A request that breaks a written rule is refused and changes nothing."""
    shown_to_work(api, call.id)
    mutation = mutations(api.vendor.document, api.vendor.document.operations[call.id], call.request)[rule]
    with lent(api, call.id, succeeds="create" in call.facets) as loan:
        request = mutation.apply(loan.request)
        api.session.ownership.claim(request)
        loan.look()
        reply = api.send(request)
        wrong.keep(api, call.id, wrong.kind_of(rule))
        if api.succeeded(reply):
            raise Mismatch(f"a refusal, for {mutation.says}", f"status {reply.status}")
        if reply.status >= 500:
            raise Mismatch(f"{refusal(api.vendor.semantics)}, for {mutation.says}", f"status {reply.status}")
        for made, before, after in loan.look_again():
            if after != before:
                raise Mismatch(f"an unchanged {made.resource.name} after the refusal", "a changed one")
        if wrong.kind_of(rule) == "missing":
            expect_missing(api, request)
        wrong.note_refused(api, call.id, broken_kind(api.vendor, request))
