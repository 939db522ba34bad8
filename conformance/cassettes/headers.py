"""Which headers a cassette keeps: those that the API means, none that only this connection or this moment has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conformance.contract.document import Document, Operation
from conformance.contract.message import Reply, Wire

_OF_REQUESTS = frozenset({"authorization", "content-type", "cookie", "idempotency-key", "if-match", "if-none-match"})
_OF_REPLIES = frozenset(
    {
        "allow",
        "content-disposition",
        "content-type",
        "etag",
        "link",
        "location",
        "retry-after",
        "set-cookie",
        "www-authenticate",
    }
)


def kept_request(document: Document, operation: Operation | None, wire: Wire) -> Wire:
    """``wire`` with the headers that the API means, among them those that the contract declares."""
    declared = {one.name.lower() for one in operation.parameters if one.place == "header"} if operation else set()
    names = _OF_REQUESTS | declared | key_headers(document)
    return replace(wire, headers=_only(wire.headers, names))


def kept_reply(reply: Reply) -> Reply:
    """``reply`` with the headers that the API means."""
    return replace(reply, headers=_only(reply.headers, _OF_REPLIES), seconds=0.0)


def key_headers(document: Document) -> frozenset[str]:
    """The headers in which the contract has API keys, by lower-case name."""
    return key_names(document, "header")


def key_names(document: Document, *places: str) -> frozenset[str]:
    """The lower-case names of the API keys of the contract that stand in one of ``places``, or anywhere."""
    schemes = (document.root.get("components") or {}).get("securitySchemes") or {}
    found = [document.resolve(scheme) for scheme in schemes.values()]
    keys = [one for one in found if one.get("type") == "apiKey" and (not places or one.get("in") in places)]
    return frozenset(one["name"].lower() for one in keys)


def _only(headers: Mapping[str, str], names: frozenset[str] | set[str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items() if name.lower() in names}
