"""Hold a request against the contract: its parameters, its media type, its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from conformance.contract.document import Operation, Parameter
from conformance.contract.media import bare, covering, is_json
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.contract.validation import Violation
from conformance.contract.vendor import Vendor


def violations(vendor: Vendor, request: Request) -> Iterator[Violation]:
    """Every way in which ``request`` breaks what the contract says; ``pointer`` is where in a body or a parameter.

    ``rule`` is missing, parameter, media type or body.
    """
    operation = vendor.document.operations[request.operation]
    yield from _parameters(vendor, operation, request)
    yield from _body(vendor, operation, request)


def _parameters(vendor: Vendor, operation: Operation, request: Request) -> Iterator[Violation]:
    for parameter in operation.parameters:
        place = "header" if parameter.place == "cookie" else parameter.place
        sent = Place("request", place, parameter.name).sent(request)
        title = f"{parameter.place} parameter {parameter.name}"
        if sent is ABSENT:
            if parameter.required and parameter.place != "cookie":
                yield Violation("missing", f"no {title}, which is required", "absent")
            continue
        key = f"{operation.id} parameter {parameter.place} {parameter.name}"
        found = vendor.validators.value(key, parameter.schema, _parsed(vendor, parameter, sent), "request")
        if found is not None:
            yield replace(found, rule="parameter", expected=f"{title}: {found.expected}")


def _body(vendor: Vendor, operation: Operation, request: Request) -> Iterator[Violation]:
    if request.body is ABSENT:
        if operation.body_required:
            yield Violation("missing", "no body, which is required", "absent")
        return
    media_type = bare(request.media_type)
    described = covering(operation.body, media_type)
    if described is None:
        taken = " or ".join(operation.body) or "no body"
        told = media_type or "a body of no media type"
        yield Violation("media type", f"{told} was taken, where the contract has {taken}", media_type)
    elif is_json(media_type) and isinstance(request.body, bytes):
        yield Violation("body", "a body that is JSON", "bytes")
    elif is_json(media_type) or isinstance(request.body, dict):
        found = vendor.validators.value(
            f"{operation.id} request {described}", operation.body[described], request.body, "request"
        )
        if found is not None:
            yield replace(found, rule="body")


def _parsed(vendor: Vendor, parameter: Parameter, sent: Any) -> Any:
    """A parameter's value as its schema has it; a text that is none is left as it is."""
    kinds = _kinds(parameter.schema)
    if "array" in kinds:
        items = _kinds(vendor.document.schema(parameter.schema.get("items", {})))
        return [_scalar(items, one) for one in (sent if isinstance(sent, list) else [sent])]
    return _scalar(kinds, sent)


def _kinds(schema: Any) -> frozenset[str]:
    """The types that a schema names."""
    named = schema.get("type", ()) if isinstance(schema, Mapping) else ()
    return frozenset([named] if isinstance(named, str) else named)


def _scalar(kinds: frozenset[str], text: Any) -> Any:
    """A text as the number or the truth value that it spells, where one is meant and no text."""
    if "string" in kinds or not isinstance(text, str):
        return text
    for kind, read in (("integer", int), ("number", float)):
        if kind in kinds:
            try:
                return read(text)
            except ValueError:
                continue
    return {"true": True, "false": False}.get(text, text) if "boolean" in kinds else text
