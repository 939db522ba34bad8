"""Commands that rule each other out, sent at one instant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import command_request, read
from conformance.engine.outcome import expect
from conformance.engine.states import arrive, reachable


def _rivals(resource: Resource, state: str) -> tuple[Command, Command] | None:
    """Two commands of which each is refused once the other was carried out in ``state``."""
    given = [one for one in resource.commands.values() if state in one.of and one.repeat == "refused"]
    for one, other in combinations(given, 2):
        if one.to != other.to and one.to not in other.of and other.to not in one.of:
            return one, other
    return None


def contested(vendor: Vendor, resource: Resource) -> Iterator[str]:
    """The states that two such commands lead away from."""
    yield from (state for state in resource.states if _rivals(resource, state) and reachable(vendor, resource, state))


@check(variants=contested)
def one_wins(api: Api, resource: Resource, state: str) -> None:
    """Of two commands at one instant of which each rules the other out one is carried out."""
    rivals = _rivals(resource, state)
    assert rivals is not None
    made = arrive(api, resource, state)
    replies = api.together([command_request(api, one, made) for one in rivals])
    done = [one.to for one, reply in zip(rivals, replies, strict=True) if api.succeeded(reply)]
    expect(len(done) == 1, "one success", f"{len(done)} of {len(rivals)}")
    expect(resource.state_in(read(api, made)) == done[0], f"state {done[0]}", "another one")
