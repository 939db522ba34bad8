"""Generated values put into requests that are valid without them, one at a time, so that nothing else is judged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.contract.facets.auth import Auth
from conformance.contract.facets.list import List
from conformance.contract.media import is_json
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, join, tokens
from conformance.contract.requests import violations
from conformance.contract.shape import declared, required
from conformance.contract.validation import Violation
from conformance.contract.vendor import Vendor
from conformance.generation.generated import Generated

JUDGED = frozenset({"missing", "parameter", "body"})
"""Rules of which a request that breaks them is to be refused: required, type, enum, format and bounds."""

_EMPTY = frozenset({"''", "None"})
BODY = Place("request", "body", "")


@dataclass(frozen=True)
class Change:
    """A generated ``value`` for a ``place``; ``ABSENT`` leaves out what stands there."""

    place: Place
    value: Any
    media_type: str | None = None

    def apply(self, valid: Request) -> Request:
        """``valid`` with the value in its place."""
        changed = self.place.without(valid) if self.value is ABSENT else self.place.put(valid, self.value)
        return replace(changed, media_type=self.media_type) if self.media_type else changed

    def __str__(self) -> str:
        shown = "nothing" if self.value is ABSENT else json.dumps(self.value, default=repr, ensure_ascii=False)
        return f"{self.place} = {shown if len(shown) <= 120 else f'{shown[:117]}...'}"


@dataclass(frozen=True)
class Prepared:
    """A request ready to be sent; ``breaks`` is the first written rule that it breaks, and ``rule`` that rule's kind.

    ``free`` says that nothing but the contract decides whether it is taken. Requests of one ``kind`` break one rule in
    one place, all by a value that has parts or all by one that has none; ``by_null`` says that the value is null.
    """

    request: Request
    says: str
    breaks: str
    rule: str
    free: bool
    kind: str
    by_null: bool


def changes(generated: Iterable[Generated], valid: Request) -> tuple[Change, ...]:
    """What the generated requests have that a valid one has not, each once, in the order in which it was generated."""
    found: dict[str, Change] = {}
    for one in generated:
        for change in _differences(one.request, valid):
            found.setdefault(f"{change.place} {change.value!r} {change.media_type}", change)
    return tuple(found.values())


def prepared(vendor: Vendor, change: Change, valid: Request) -> Prepared:
    """A valid request with one change, and what is to be said of it."""
    request = change.apply(valid)
    broken = list(violations(vendor, request))
    written = next(_written(vendor, request, broken), None)
    return Prepared(
        request,
        str(change),
        written.expected if written else "",
        written.rule if written else "",
        not broken and _is_free(vendor, request.operation, change.place),
        _kind(written) if written else "",
        written is not None and written.actual == "None",
    )


def broken_kind(vendor: Vendor, request: Request) -> str:
    """The kind of a request that somebody else broke; empty where no written rule is."""
    return next(map(_kind, _written(vendor, request, violations(vendor, request))), "")


def _written(vendor: Vendor, request: Request, broken: Iterable[Violation]) -> Iterator[Violation]:
    return (wrong for wrong in broken if _is_written(vendor, request, wrong))


def _kind(broken: Violation) -> str:
    """What is broken, and whether by a value that has parts; each thing that is missing is a kind of its own."""
    parameter = broken.expected.partition(":")[0] if broken.rule == "parameter" else ""
    missing = not broken.keyword or broken.keyword.endswith("/required")
    what = broken.expected if missing else f"{parameter} {broken.keyword}"
    return f"{broken.pointer} {what} {broken.actual.startswith(('[', '{'))}"


def _differences(request: Request, valid: Request) -> Iterator[Change]:
    for name, text in request.path.items():
        if valid.path.get(name) != text:
            yield Change(Place("request", "path", name), text)
    ours, theirs = _by_name(request.query), _by_name(valid.query)
    for name, values in ours.items():
        if theirs.get(name) != values:
            yield Change(Place("request", "query", name), values)
    yield from (Change(Place("request", "query", name), ABSENT) for name in theirs if name not in ours)
    for name, text in request.headers.items():
        if valid.headers.get(name) != text:
            yield Change(Place("request", "header", name), text)
    yield from _bodies(request, valid)


def _by_name(query: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in query:
        found.setdefault(name, []).append(value)
    return found


def _bodies(request: Request, valid: Request) -> Iterator[Change]:
    if valid.media_type and request.media_type and request.media_type != valid.media_type:
        return
    if not isinstance(request.body, Mapping) or not isinstance(valid.body, Mapping):
        if request.body is not ABSENT or valid.body is not ABSENT:
            yield Change(BODY, request.body, request.media_type)
        return
    for name, value in request.body.items():
        if name not in valid.body or valid.body[name] != value:
            yield Change(Place("request", "body", join(name)), value)
    for name in valid.body:
        if name not in request.body:
            yield Change(Place("request", "body", join(name)), ABSENT)


def _is_written(vendor: Vendor, request: Request, wrong: Violation) -> bool:
    """Whether a refusal is due: what is empty may stand for nothing, what is read-only is none of a request's,
    and credentials have rules of their own.

    A null where something is required is to be refused whether it stands for nothing or not.
    """
    if wrong.rule == "body" and wrong.actual == "None" and wrong.pointer in _needed(vendor, request):
        return True
    if (wrong.rule == "body" and request.body in (None, "", ABSENT)) or wrong.actual in _EMPTY:
        return False
    if wrong.rule == "body" and _is_read_only(vendor, request.operation, wrong.pointer):
        return False
    auth = vendor.semantics.vendor_facet(Auth)
    return auth is None or auth.idle is None or wrong.pointer != join(auth.idle)


def _needed(vendor: Vendor, request: Request) -> frozenset[str]:
    """Pointers to the properties that a body of this operation has to have."""
    return frozenset(map(join, required(vendor.document, _schema(vendor, request.operation))))


def _is_read_only(vendor: Vendor, operation: str, pointer: str) -> bool:
    """Whether what stands at ``pointer`` in a body, or what that is part of, is the server's to say."""
    schema, path = _schema(vendor, operation), tokens(pointer)
    return any(declared(vendor.document, schema, path[: end + 1]).get("readOnly") for end in range(len(path)))


def _schema(vendor: Vendor, operation: str) -> Mapping[str, Any]:
    bodies = vendor.document.operations[operation].body
    return next((schema for media_type, schema in bodies.items() if is_json(media_type)), {})


def _is_free(vendor: Vendor, operation: str, place: Place) -> bool:
    """Whether the contract alone says what may stand here: how much of a list, or one of a few values of a read."""
    call = vendor.semantics.operations[operation]
    listing = call.facets.get("list")
    if isinstance(listing, List) and place in {part.place for part in (listing.number, listing.size) if part}:
        return True
    declared = vendor.document.operations[operation].parameter(place.part, place.name)
    if call.effect != "read" or declared is None or place in call.request:
        return False
    return "enum" in declared.schema or declared.schema.get("type") == "boolean"
