"""Whether something exists."""

from __future__ import annotations

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.making import read_request
from conformance.engine.outcome import expect


def exists(api: Api, resource: Resource, id: str) -> bool:  # noqa: A002 - an id is what it is
    """Whether one with this id exists: as an operation tells it, else as a read succeeds or is refused."""
    removal = resource.facets.get("removal")
    if not isinstance(removal, Removal) or removal.exists is None:
        reply = api.send(read_request(resource, id))
        if not api.succeeded(reply):
            api.expect_refusal(reply)
        return api.succeeded(reply)
    reply = api.send(removal.exists.id.put(Request(removal.exists.operation), id))
    api.expect_success(reply)
    answer = removal.exists.at.seen(reply)
    expect(isinstance(answer, bool), f"true or false at {removal.exists.at}", repr(answer))
    return bool(answer)
