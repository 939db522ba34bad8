"""States that resources are brought to, by their own commands or by those of their parents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.contract.pointer import without
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.making import Made, bring, make, read, run, set_up
from conformance.engine.outcome import Blocked, expect_equal


def reachable(vendor: Vendor, resource: Resource, state: str) -> bool:
    """Whether commands lead to ``state``, the parent's included."""
    return resource.way_to(state) is not None or _taken_along(vendor, resource, state) is not None


def _taken_along(vendor: Vendor, resource: Resource, state: str) -> tuple[Command, str] | None:
    """The command of the parent that takes its children along to ``state``, and a state that it takes them from."""
    parent = vendor.semantics.resources[resource.parent.resource] if resource.parent else None
    for command in parent.commands.values() if parent else ():
        rule = command.cascade.get(resource.name)
        start = next((one for one in rule.of if resource.way_to(one) is not None), None) if rule else None
        if rule and start and rule.to == state:
            return command, start
    return None


def arrive(api: Api, resource: Resource, state: str) -> Made:
    """A new resource in ``state``; a failure blocks the case."""
    if resource.way_to(state) is not None:
        made = make(api, resource.name, state=state)
        with set_up(f"a {resource.name} that is {state}"):
            if made.state != state and resource.read:
                made = replace(made, body=read(api, made))
            expect_equal(made.state, state, "state")
        return made
    found = _taken_along(api.vendor, resource, state)
    if found is None:
        raise Blocked(f"no sequence of commands brings a {resource.name} to {state}", "suite")
    command, start = found
    made = bring(api, make(api, resource.name), start)
    assert made.parent is not None
    with set_up(f"bringing a {resource.name} to {state}"):
        api.expect_success(run(api, command, made.parent))
        body = read(api, made)
        expect_equal(resource.state_in(body), state, "state")
    return replace(made, body=body)


def settled(made: Made, body: Any) -> Any:
    """``body`` without the properties that change whenever anything is done to the resource, or though nothing is."""
    return made.resource.still(without(body, made.resource.audit))
