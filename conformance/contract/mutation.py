"""Requests that break one written rule of the contract: a required part, a type, a format, an enum, a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from conformance.contract.document import Document, Operation
from conformance.contract.media import bare, covering, is_json
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, join
from conformance.contract.shape import properties, required

UNDECLARED = "noSuchProperty"
"""A property that no contract declares."""

Apply = Callable[[Request], Request]

_WRONG_TYPE: Mapping[str, Any] = {
    "string": 17,
    "integer": "many",
    "number": "many",
    "boolean": "perhaps",
    "array": "no-array",
    "object": "no-object",
}
_WRONG_FORMAT: Mapping[str, str] = {
    "uuid": "no-uuid",
    "email": "no address",
    "date-time": "yesterday",
}


@dataclass(frozen=True)
class Mutation:
    """One broken rule: ``name`` is ``{rule}-{where}``, ``says`` puts it in words, ``apply`` breaks a valid request."""

    name: str
    says: str
    apply: Apply


def mutations(document: Document, operation: Operation, given: Iterable[Place]) -> dict[str, Mutation]:
    """The mutations of a valid request of ``operation`` that carries something at each of the places ``given``."""
    found: dict[str, Mutation] = {}
    pointers = tuple(place.name for place in given if place.message == "request" and place.part == "body")
    parts = (_parameters(document, operation), _body(document, operation, pointers), _envelope(document, operation))
    for mutation in chain.from_iterable(parts):
        found.setdefault(mutation.name, mutation)
    return found


def _parameters(document: Document, operation: Operation) -> Iterator[Mutation]:
    for parameter in operation.parameters:
        if parameter.place not in {"query", "path"}:
            continue
        place = Place("request", parameter.place, parameter.name)
        if parameter.required and parameter.place == "query":
            yield _without(place, parameter.name)
        schema = parameter.schema
        if schema.get("type") == "array":
            schema = document.schema(schema.get("items", {}))
        if schema.get("type") == "object":
            continue  # spread over parameters that are called as its members are
        # Everything in a URL is text, so only what is not plain text has a wrong type there.
        if schema.get("type") != "string":
            yield from _types(place, parameter.name, schema)
        yield from _values(place, parameter.name, schema)


def _body(document: Document, operation: Operation, given: tuple[str, ...]) -> Iterator[Mutation]:
    for media_type, schema in operation.body.items():
        if is_json(media_type):
            found = _below(document, document.schema(schema), (), given)
            # RFC 6902 has members that an operation does not use ignored, whatever they are.
            patch = bare(media_type) == "application/json-patch+json" and not any(
                one.endswith("/from") for one in given
            )
            yield from (one for one in found if not (patch and one.name.endswith(".from")))
            return


def _envelope(document: Document, operation: Operation) -> Iterator[Mutation]:
    """The body as a whole: left out, no JSON, empty where it has members, or of a media type that is not taken."""
    for media_type, schema in operation.body.items():
        if operation.body_required:
            yield Mutation("no-body", "the body is left out", lambda request: replace(request, body=ABSENT))
        if is_json(media_type):
            yield Mutation("syntax", "the body is no JSON", lambda request: replace(request, body=b'{"cut": '))
            if document.schema(schema).get("type") == "object" and required(document, schema):
                yield Mutation("no-object", "the body is an array round the object", _in_an_array)
            if document.schema(schema).get("minItems"):
                yield Mutation("minItems", "the body has no members", lambda request: replace(request, body=[]))
        other = "application/xml" if is_json(media_type) else "application/json"
        if covering(operation.body, other) is None:
            yield Mutation("media-type", f"the body is sent as {other}", _sent_as(other))
        return


def _in_an_array(request: Request) -> Request:
    """A request whose body is an array with nothing but the right one, which some readers of JSON unwrap."""
    return replace(request, body=[{} if request.body is ABSENT else request.body])


def _sent_as(media_type: str) -> Apply:
    """A request whose body, an empty object where it has none, is called something else."""
    return lambda request: replace(request, media_type=media_type, body={} if request.body is ABSENT else request.body)


def _below(
    document: Document, schema: Mapping[str, Any], where: tuple[str, ...], given: tuple[str, ...]
) -> Iterator[Mutation]:
    if schema.get("type") == "array":
        item = document.schema(schema.get("items", {}))
        yield from _below(document, item, (*where, "0"), given)
        return
    if schema.get("additionalProperties") is False and not schema.get("patternProperties"):
        label = ".".join((*where, UNDECLARED))
        yield _with(
            f"undeclared-{'.'.join(where)}".rstrip("-"), Place("request", "body", join(*where, UNDECLARED)), label, 1
        )
    needed = required(document, schema)
    for name, declared in properties(document, schema).items():
        at = (*where, name)
        place, label = Place("request", "body", join(*at)), ".".join(at)
        if declared.get("readOnly"):
            continue
        if name in needed:
            yield _without(place, label)
        yield from _types(place, label, declared)
        yield from _values(place, label, declared)
        if declared.get("type") == "array":
            item = document.schema(declared.get("items", {}))
            yield from _values(Place("request", "body", join(*at, 0)), label, item)
        if properties(document, declared) and any(pointer.startswith(join(*at)) for pointer in given):
            yield from _below(document, declared, at, given)


def _without(place: Place, label: str) -> Mutation:
    return Mutation(f"missing-{label}", f"{label} is left out", place.without)


def _types(place: Place, label: str, schema: Mapping[str, Any]) -> Iterator[Mutation]:
    kind = str(schema.get("type"))
    if kind in _WRONG_TYPE:
        yield _with(f"type-{label}", place, label, _WRONG_TYPE[kind])


def _values(place: Place, label: str, schema: Mapping[str, Any]) -> Iterator[Mutation]:
    if schema.get("format") in _WRONG_FORMAT:
        yield _with(f"format-{label}", place, label, _WRONG_FORMAT[schema["format"]])
    if "enum" in schema:
        yield _with(f"enum-{label}", place, label, "NO_SUCH_MEMBER")
    for bound, beyond in ("minimum", -1), ("maximum", 1):
        if isinstance(schema.get(bound), int) and (place.part == "body" or _is_number(schema)):
            yield _with(f"{bound}-{label}", place, label, schema[bound] + beyond)
    if schema.get("minLength"):
        yield _with(f"minLength-{label}", place, label, "x" * (schema["minLength"] - 1))
    if isinstance(schema.get("maxLength"), int):
        yield _with(f"maxLength-{label}", place, label, "x" * (schema["maxLength"] + 1))


def _is_number(schema: Mapping[str, Any]) -> bool:
    """Whether what is no number breaks the schema: in a URL, where all are texts, one that takes texts takes any."""
    kinds = schema.get("type")
    named = set(kinds if isinstance(kinds, list) else [kinds])
    return named <= {"integer", "number", "null"}


def _with(name: str, place: Place, label: str, value: Any) -> Mutation:
    shown = repr(value) if len(str(value)) < 40 else f"{len(str(value))} characters"
    return Mutation(name, f"{label} is {shown}", lambda request: place.put(request, value))
