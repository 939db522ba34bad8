"""Replies that depend on the state of a resource."""

from __future__ import annotations

from conformance.contract.facets.varies import Varies
from conformance.contract.pointer import ABSENT, get
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import build, context_of
from conformance.engine.outcome import expect
from conformance.engine.states import arrive


@check()
def by_state(api: Api, varies: Varies) -> None:
    """The reply shows something else in each of the states."""
    seen: dict[str, str] = {}
    for state in varies.states:
        made = arrive(api, api.vendor.semantics.resources[varies.resource], state)
        found = get(api.expect_success(api.send(build(api, varies.subject, context_of(made)))), varies.at)
        expect(found is not ABSENT, f"something at {varies.at}", "nothing")
        expect(repr(found) not in seen, f"something else at {varies.at} than when {seen.get(repr(found))}", repr(found))
        seen[repr(found)] = state
