"""Values that fit or break their schema, and how they are marked."""

from __future__ import annotations

import re
from typing import Any

from conformance.checks._acting import after, request_with, sightings
from conformance.contract.facets.validity import Validity
from conformance.contract.pointer import ABSENT, get, join, tokens
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, Made, resolve, set_up
from conformance.engine.outcome import expect, expect_equal


@check()
def fits(api: Api, validity: Validity) -> None:
    """A value that fits its schema is kept and marked valid, without errors."""
    context = Context()
    value = resolve(api, validity.valid, context)
    _expect_valid(api, validity, _save(api, validity, value, context), value)


@check()
def breaks(api: Api, validity: Validity) -> None:
    """A value that breaks its schema is kept as it was sent and marked invalid, with its errors."""
    context = Context()
    value = resolve(api, validity.invalid, context)
    made = _save(api, validity, value, context)
    for where, body in sightings(api, made):
        expect_equal(get(body, validity.value), value, f"{validity.value} in {where}")
        expect_equal(get(body, validity.flag), False, f"{validity.flag} in {where}")
        errors = get(body, validity.errors)
        expect(isinstance(errors, list) and bool(errors), f"an error at {validity.errors} in {where}", errors)


@check(when=lambda validity: validity.leads is not None)
def errors_lead(api: Api, validity: Validity) -> None:
    """Each error has a pointer to a property of the value, or to one that an object in it lacks."""
    context = Context()
    value = resolve(api, validity.invalid, context)
    with set_up("saving a value that breaks its schema"):
        errors = get(_save(api, validity, value, context).body, validity.errors)
        expect(isinstance(errors, list) and bool(errors), f"an error at {validity.errors}", errors)
    for error in errors:
        pointer = get(error, validity.leads or "")
        if pointer is not ABSENT:
            expect(leads_into(value, pointer), f"a pointer into the value at {validity.leads}", pointer)


def leads_into(value: Any, pointer: Any) -> bool:
    """Whether a pointer resolves in the value, but perhaps for its last token."""
    if not isinstance(pointer, str) or not re.fullmatch(r"(/([^/~]|~[01])*)*", pointer):
        return False
    *parents, _ = tokens(pointer) or [""]
    return isinstance(get(value, join(*parents)), dict | list)


def saves_again(vendor: Vendor, validity: Validity) -> bool:
    """Whether the operation saves a value over the one before: a create does not."""
    return "create" not in vendor.semantics.operations[validity.subject].facets


@check(given=saves_again)
def mended(api: Api, validity: Validity) -> None:
    """A value that fits, saved over one that broke the schema, is marked valid, without errors."""
    context = Context()
    with set_up("saving a value that breaks its schema"):
        _save(api, validity, resolve(api, validity.invalid, context), context)
    value = resolve(api, validity.valid, context)
    _expect_valid(api, validity, _save(api, validity, value, context), value)


def _save(api: Api, validity: Validity, value: Any, context: Context) -> Made:
    request = request_with(api, validity.subject, context, validity.place, value, validity.beside)
    return after(api, request, api.send(request), context)


def _expect_valid(api: Api, validity: Validity, made: Made, value: Any) -> None:
    for where, body in sightings(api, made):
        expect_equal(get(body, validity.value), value, f"{validity.value} in {where}")
        expect_equal(get(body, validity.flag), True, f"{validity.flag} in {where}")
        errors = get(body, validity.errors)
        expect(errors is ABSENT or not errors, f"no error at {validity.errors} in {where}", errors)
