"""Moments that a resource tells of itself, held against those at which it was."""

from __future__ import annotations

from conformance.checks._ends import Watch, expect_at_hand
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import make
from conformance.engine.outcome import Inconclusive


@check(when=lambda resource: resource.created_at is not None)
def created(api: Api, resource: Resource) -> None:
    """The moment of its create that a resource tells lies in the time of the create."""
    watch = Watch.start(api)
    shown = get(make(api, resource.name).body, resource.created_at or "")
    span = watch.span()
    if span is None:
        raise Inconclusive("neither a control nor the header Date tells the server's time")
    expect_at_hand(span, shown, f"a moment at {resource.created_at}")
