"""Workers: the bounds of what describes one."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.document import Document
from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.contract.shape import properties
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build
from conformance.engine.outcome import expect_equal


def bounds(vendor: Vendor, call: Call) -> Iterator[str]:
    """Each text property with its shortest and longest length, as ``property-LENGTH``."""
    for name, (shortest, longest) in _lengths(vendor.document, call).items():
        # The shortest identity could be that of somebody's worker.
        yield from (f"{name}-{length}" for length in (shortest, longest) if (name, length) != ("identity", shortest))


@check(when=only("createWorker"), variants=bounds)
def takes(api: Api, call: Call, variant: str) -> None:
    """A worker with the shortest or the longest text that the contract allows is registered and shows it."""
    name, _, length = variant.partition("-")
    place = Place("request", "body", f"/{name}")
    request = build(api, call.id)
    start = str(place.sent(request)) if name == "identity" else ""
    text = (start + "1" * int(length))[: int(length)]
    body = api.expect_success(api.send(place.put(request, text)))
    expect_equal(get(body, place.name), text, name)


def _lengths(document: Document, call: Call) -> dict[str, tuple[int, int]]:
    schema = next(iter(document.operations[call.id].body.values()))
    return {
        name: (declared["minLength"], declared["maxLength"])
        for name, declared in properties(document, schema).items()
        if {"minLength", "maxLength"} <= declared.keys()
    }
