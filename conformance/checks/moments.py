"""Moments that a resource tells of itself, held against those at which it was."""

from __future__ import annotations

from conformance.checks._ends import APART, Watch
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import make
from conformance.engine.ordering import instant
from conformance.engine.outcome import Inconclusive, expect


@check(when=lambda resource: resource.created_at is not None)
def created(api: Api, resource: Resource) -> None:
    """A resource tells a moment of its create at which it can have been made."""
    watch = Watch.start(api)
    shown = get(make(api, resource.name).body, resource.created_at or "")
    span = watch.span()
    if span is None:
        raise Inconclusive("neither a control nor the header Date tells the server's time")
    told = instant(str(shown))
    near = told is not None and span[0] - APART <= told.timestamp() <= span[1] + APART
    expect(near, f"a moment within {APART} s of the create at {resource.created_at}", repr(shown))
