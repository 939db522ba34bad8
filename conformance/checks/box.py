"""Lists that follow the states of a resource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.contract.facets.box import Box
from conformance.contract.identity import same_id
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import FIRST_PAUSE, Made, build, context_of, read, resolve, run, set_up
from conformance.engine.outcome import Mismatch, expect, expect_equal
from conformance.engine.states import arrive
from conformance.engine.waiting import attempts

COMES_WITHIN = 2
"""Seconds within which a list follows a resource that came to rest: servers compute such lists beside their work."""


def states(_: Vendor, box: Box) -> Iterator[str]:
    """The states that the list is documented for."""
    return iter(box.holds)


def request_of(api: Api, box: Box, made: Made) -> Request:
    """The request for the entries of one resource."""
    return box.narrow.put(build(api, box.subject, context_of(made)), made.id)


def entries(box: Box, made: Made, body: Any) -> list[str]:
    """What the entries of one resource show, each once."""
    items = get(body, box.items)
    if not isinstance(items, list):
        raise Mismatch(f"a list at {box.items}", repr(items))
    return sorted({str(get(item, box.shows)) for item in items if same_id(get(item, box.id), made.id)})


@check(variants=states)
def holds(api: Api, box: Box, state: str) -> None:
    """A resource in this state has the entries that the state gives it, and no others."""
    _expect_held(api, box, arrive(api, api.vendor.semantics.resources[box.resource], state), state)


def followed(_: Vendor, box: Box) -> Iterator[str]:
    """The commands that the list follows besides."""
    return iter(box.follows)


@check(variants=followed)
def follows(api: Api, box: Box, name: str) -> None:
    """A resource that this command moved has the entries that the new state gives it, and no others."""
    resource = api.vendor.semantics.resources[box.resource]
    command = resource.commands[name]
    made = arrive(api, resource, command.of[0])
    with set_up(f"its entries, and the {name}"):
        _expect_held(api, box, made, command.of[0])
        api.expect_success(run(api, command, made))
        read(api, made)
    _expect_held(api, box, made, command.to)


@check(when=lambda box: box.whose is not None and any(box.holds.values()))
def whose(api: Api, box: Box) -> None:
    """The entries of one resource that are asked for by what they show are those, and no others are beside them."""
    assert box.whose is not None
    state = next(state for state, values in box.holds.items() if values)
    made = arrive(api, api.vendor.semantics.resources[box.resource], state)
    with set_up("its entries"):
        _expect_held(api, box, made, state)
    held = [str(resolve(api, value, {})) for value in box.holds[state]]
    for one in dict.fromkeys(str(resolve(api, value, {})) for values in box.holds.values() for value in values):
        body = api.expect_success(api.send(box.whose.put(request_of(api, box, made), one)))
        expect_equal(entries(box, made, body), [one] if one in held else [], f"{box.shows} of the entries for {one}")
        others = [item for item in get(body, box.items) if not same_id(get(item, box.id), made.id)]
        expect(not others, f"entries of {made.id} alone", repr(others[:1]))


def _expect_held(api: Api, box: Box, made: Made, state: str) -> None:
    expected = sorted(str(resolve(api, value, {})) for value in box.holds[state])
    for _ in attempts(api, FIRST_PAUSE, COMES_WITHIN):
        shown = entries(box, made, api.expect_success(api.send(request_of(api, box, made))))
        if shown == expected:
            return
    expect_equal(shown, expected, f"{box.shows} of its entries {COMES_WITHIN} s after it came to rest")
