"""What a vendor's document prints, asked of a server: the printed request as far as it can be sent there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.cassettes.cassette import Interaction
from conformance.cassettes.provenance import Sample
from conformance.cassettes.structure import Told, disagreements
from conformance.contract.document import Operation
from conformance.contract.facets.create import Create
from conformance.contract.message import Reply, Request
from conformance.contract.pointer import ABSENT, get, put, without
from conformance.contract.reading import read_back
from conformance.engine.api import Api
from conformance.engine.making import build
from conformance.engine.outcome import Blocked


def compared_with(api: Api, base: str, sample: Sample, one: Interaction) -> list[Told]:
    """How a server disagrees with a sample: of one that is a request only, in status and media type."""
    operation, reply = ask(api, base, sample, one)
    told = disagreements(
        api.vendor.document, operation, one.reply, reply, constants=frozenset(sample.constants), part=sample.part
    )
    return [(pointer, message) for pointer, message in told if sample.printed != "request" or not pointer]


def ask(api: Api, base: str, sample: Sample, one: Interaction) -> tuple[Operation, Reply]:
    """The operation that ``one`` calls, and the server's reply to it.

    The request is the smallest valid one of the operation, and what the sample prints beside that. Printed ids mean
    nothing to a server, so those of the environment take their places. A printed refusal is asked for with an id that
    names nothing, and a printed reply to a repeated create by sending the create twice.
    """
    printed = read_back(api.vendor.document, base, one.wire)
    if printed is None:
        raise Blocked(f"{one.line} is no operation of the contract", "document")
    operation = api.vendor.document.operations[printed.operation]
    request = build(api, operation.id)
    if sample.printed != "reply":
        request = _with_printed(api, request, printed, sample)
    if one.reply.status >= 400:
        request = replace(request, path={name: api.fresh_uuid() for name in request.path})
    reply = api.send(request)
    create = api.vendor.semantics.operations[operation.id].facets.get("create")
    if isinstance(create, Create) and one.reply.status not in create.first and reply.status in create.first:
        reply = api.send(request)
    return operation, reply


def _with_printed(api: Api, request: Request, printed: Request, sample: Sample) -> Request:
    """``request`` with what the sample prints and it has not."""
    names = {name for name, _ in request.query}
    query = (*request.query, *(pair for pair in printed.query if pair[0] not in names))
    body = without(_merged(request.body, printed.body), sample.omits)
    for pointer, fixture in sample.binds.items():
        body = put(body, pointer, api.fixture(fixture))
    media_type = request.media_type if request.body is not ABSENT else printed.media_type
    return replace(request, query=query, body=body, media_type=media_type)


def _merged(known: Any, printed: Any) -> Any:
    """``printed``, with the values of ``known`` wherever it has one."""
    if known is ABSENT:
        return printed
    if isinstance(known, dict) and isinstance(printed, dict):
        keys = {**printed, **known}
        return {key: _merged(known.get(key, ABSENT), get(printed, f"/{_token(key)}")) for key in keys}
    return known


def _token(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
