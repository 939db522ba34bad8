"""Requests as they go over the wire, in the suite's name and with a proof of who sends them: pure functions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from conformance.contract.document import Operation
from conformance.contract.message import Request, Wire
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.engine.environment import Target
from conformance.transport.credentials import Proof

_OWN = frozenset({"host", "connection", "user-agent", "accept-encoding", "content-length"})
"""Headers that a client library writes about itself and its connection, which are not those of this run."""


def written(
    request: Request, operation: Operation, target: Target, agent: str, proof: Proof, extra: Mapping[str, str]
) -> Wire:
    """``request`` as the suite sends it; ``agent`` is the name it sends under, ``extra`` are further headers."""
    path = operation.path
    for name, value in request.path.items():
        path = path.replace("{" + name + "}", quote(value, safe="~"))
    request = with_fields(request, proof.fields, operation.media_type)
    url = _address(target.url, path, request.led_to)
    if query := (*request.query, *proof.query.items()):
        url += "?" + urlencode(query)
    content = encode(request.body, request.media_type)
    headers = {"user-agent": agent, "accept": "*/*", **target.headers}
    if request.media_type and request.body is not ABSENT:
        headers["content-type"] = request.media_type
    return Wire(operation.method, url, {**headers, **proof.headers, **request.headers, **extra}, content)


def rewritten(wire: Wire, request: Request, operation: Operation, target: Target, agent: str, proof: Proof) -> Wire:
    """``wire``, which a client wrote and which is ``request``, as it goes out under the name ``agent``."""
    filled = with_fields(request, proof.fields, operation.media_type)
    added = (*filled.query[len(request.query) :], *proof.query.items())
    url = wire.url + ("&" if "?" in wire.url else "?") * bool(added) + urlencode(added)
    headers = {name: value for name, value in wire.headers.items() if name not in _OWN}
    content = wire.content
    if filled.body is not request.body:
        content = encode(filled.body, filled.media_type)
        headers["content-type"] = filled.media_type or ""
    return Wire(wire.method, url, {"user-agent": agent, **target.headers, **headers, **proof.headers}, content)


def _address(base: str, path: str, led_to: str | None) -> str:
    """Where a request goes, never to another server; a path that ends as the operation's own does is that one."""
    if led_to is None or led_to.endswith(path):
        return base.rstrip("/") + path
    return urljoin(base, f"/{led_to.lstrip('/')}")


def with_fields(request: Request, fields: Mapping[str, str], media_type: str | None) -> Request:
    """``request`` with ``fields`` in its JSON body where its operation takes one, else in its query."""
    in_body = "json" in (media_type or "") and (request.body is ABSENT or isinstance(request.body, dict))
    for name, value in fields.items():
        place = Place("request", "body", f"/{name}") if in_body else Place("request", "query", name)
        if place.sent(request) is ABSENT:
            request = place.put(replace(request, media_type=request.media_type or media_type), value)
    return request


def encode(body: Any, media_type: str | None) -> bytes:
    """The bytes of a request body: raw, text of a format of its own, form or JSON."""
    if body is ABSENT:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str) and "json" not in (media_type or "json"):
        return body.encode()
    if media_type == "application/x-www-form-urlencoded":
        return urlencode(body).encode()
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
