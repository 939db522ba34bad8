"""Replies that depend on the state of a resource."""

from __future__ import annotations

from dataclasses import replace

from conformance.contract.facets.varies import Varies
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Made, build, context_of, read, run, set_up
from conformance.engine.outcome import expect, expect_equal
from conformance.engine.states import arrive


@check()
def by_state(api: Api, varies: Varies) -> None:
    """The reply shows something else in each of the states, also once the resource was shown in another."""
    seen: dict[str, str] = {}
    made: Made | None = None
    for state in varies.states:
        made = _in(api, api.vendor.semantics.resources[varies.resource], state, made)
        found = get(api.expect_success(api.send(build(api, varies.subject, context_of(made)))), varies.at)
        expect(found is not ABSENT, f"something at {varies.at}", "nothing")
        expect(repr(found) not in seen, f"something else at {varies.at} than when {seen.get(repr(found))}", repr(found))
        seen[repr(found)] = state


def _in(api: Api, resource: Resource, state: str, before: Made | None) -> Made:
    """The resource of before, where a command leads from its state to this one; else one made for it."""
    step = next(
        (one for one in resource.commands.values() if before and before.state in one.of and one.to == state), None
    )
    if before is None or step is None:
        return arrive(api, resource, state)
    with set_up(f"the {step.name}"):
        api.expect_success(run(api, step, before))
        after = replace(before, body=read(api, before))
        expect_equal(after.state, state, "state")
    return after
