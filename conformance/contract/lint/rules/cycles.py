"""No resource needs itself to be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from conformance.contract.pointer import join
from conformance.contract.semantics.inside import Inside, inside
from conformance.contract.semantics.model import Value
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor


class Need(NamedTuple):
    """A resource that is made for a request, and brought into a state where one is named."""

    resource: str
    state: str | None = None

    def __str__(self) -> str:
        return f"{self.resource} in {self.state}" if self.state else self.resource


def findings(vendor: Vendor, _: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A resource whose creation takes one of its own kind, at once or by way of others."""
    needs, told = _all_needs(vendor), set[frozenset[Need]]()
    for one in needs:
        cycle = _cycle(needs, (one,))
        if cycle and frozenset(cycle) not in told:
            told.add(frozenset(cycle))
            yield join("resources", one.resource), f"it needs itself: {' needs '.join(map(str, (*cycle, one)))}"


def _cycle(needs: dict[Need, list[Need]], way: tuple[Need, ...]) -> tuple[Need, ...]:
    """The shortest way from the first of ``way`` back to it; nothing where none leads back."""
    ways, seen = [way], set[Need]()
    for here in ways:
        for need in needs.get(here[-1], ()):
            if need == way[0]:
                return here
            if need not in seen:
                seen.add(need)
                ways.append((*here, need))
    return ()


def _all_needs(vendor: Vendor) -> dict[Need, list[Need]]:
    """What each resource needs, from those that are made alone to those that are made for another's sake."""
    found: dict[Need, list[Need]] = {}
    left = [Need(name) for name in vendor.semantics.resources]
    for one in left:
        if one not in found and one.resource in vendor.semantics.resources:
            found[one] = list(_needs(vendor, vendor.semantics.resources[one.resource], one.state))
            left += found[one]
    return found


def _needs(vendor: Vendor, resource: Resource, state: str | None) -> Iterator[Need]:
    """What is named in the create of a resource, and in the commands to a state beside it and its parents."""
    operations = vendor.semantics.operations
    start, *_ = resource.origin(state or "") or ("",)
    if resource.create in operations:
        yield from _named(operations[resource.create].request, resource.request, resource.starts.get(start))
    if state is None or state not in resource.states:
        return
    there, here = set[str](), resource
    while here.name not in there:
        there.add(here.name)
        here = vendor.semantics.resources.get(here.parent.resource, here) if here.parent else here
    for command in resource.way_to(state) or ():
        if command.operation in operations:
            named = _named(operations[command.operation].request, command.request)
            yield from (need for need in named if need.resource not in there)


def _named(*requests: object) -> Iterator[Need]:
    values = (one.value for request in requests for one in inside(request))
    yield from (Need(one.resource, one.state) for one in values if isinstance(one, Value) and one.resource is not None)
