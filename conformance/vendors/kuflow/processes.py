"""Processes and the ones that they are related to."""

from __future__ import annotations

from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import build
from conformance.engine.outcome import expect
from conformance.vendors.kuflow._calls import only


@check(when=only("retrieveProcess"), level="observe")
def related(api: Api, call: Call) -> None:
    """A process of which nobody said otherwise is related to no other."""
    body = api.expect_success(api.send(build(api, call.id)))
    found = {name: get(body, f"/processRelated/{name}") for name in ("incoming", "outcoming")}
    expect(not any(found.values()), "no related process", found)
