"""Children whose parent is about to take them along, or to leave them as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.checks._acting import append_entry, make_full
from conformance.contract.semantics.resource import Command
from conformance.engine.api import Api
from conformance.engine.listing import appearances, expect_items, listing_of
from conformance.engine.making import Made, bring, context_of, make, make_otherwise, read, set_up
from conformance.engine.outcome import Blocked, expect, expect_equal
from conformance.engine.populations import made_otherwise
from conformance.engine.states import settled

EACH = 2
"""Children made in each state: more than one, so that one forgotten is seen."""


def family(
    api: Api, command: Command, parent: Made, wanted: Callable[[str, Any], bool], each: int = EACH
) -> list[tuple[Made, Any]]:
    """Children of ``parent`` in every state that is ``wanted`` and that their own commands lead to, with their rule."""
    found = []
    for name, rule in command.cascade.items():
        resource = api.vendor.semantics.resources[name]
        states = [state for state in resource.states if wanted(state, rule) and resource.way_to(state) is not None]
        for state in states:
            for _ in range(each):
                child = make(api, name, context=context_of(parent))
                found.append((bring(api, child, state), rule))
    if not found:
        raise Blocked("the semantics lead no child to such a state", "suite")
    return found


def many(api: Api, name: str, parent: Made, count: int) -> list[Made]:
    """So many children of ``parent``: one with all that its create keeps, one of each other make, one with a log."""
    listing = listing_of(api.vendor, api.vendor.semantics.resources[name])
    others = [part.request for part in made_otherwise(listing) if not part.leave_out]
    children = [make_full(api, name, context_of(parent))]
    children += [make_otherwise(api, name, values, (), context_of(parent)) for values in others]
    children += [make(api, name, context=context_of(parent)) for _ in range(count - len(children))]
    append_entry(api, children[-1])
    return children


def expect_states(api: Api, children: list[tuple[Made, str]]) -> None:
    """``Mismatch`` unless each child shows its state, in a read and in the list."""
    for child, state in children:
        expect_equal(child.resource.state_in(read(api, child)), state, f"state of a {child.resource.name}")
    first = children[0][0]
    listing = listing_of(api.vendor, first.resource)
    if listing is None:
        return
    alike = [(child, state) for child, state in children if child.resource == first.resource]

    def in_their_states(items: list[Any]) -> None:
        for child, state in alike:
            shown = [first.resource.state_in(item) for item in appearances(listing, child, items)]
            expect(shown == [state], f"{child.resource.name} {child.id} {state} in {listing.subject}", shown)

    expect_items(api, listing, in_their_states, first.parent)


def read_all(api: Api, children: list[Made]) -> list[tuple[Made, Any]]:
    """The children, each with what a read shows of it."""
    with set_up("reading the children"):
        return [(child, read(api, child)) for child in children]


def expect_unchanged(api: Api, kept: list[tuple[Made, Any]]) -> None:
    """``Mismatch`` unless a read shows of each child what it showed before."""
    for child, before in kept:
        expect_equal(settled(child, read(api, child)), settled(child, before), f"stored {child.resource.name}")
