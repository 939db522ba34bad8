"""Which states and moves of a resource there is something to claim of."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.facets.create import Create
from conformance.contract.pointer import tokens
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.states import reachable


def initial_state(vendor: Vendor, create: Create) -> Iterator[str]:
    """The state that the created resource starts in, if it has states."""
    resource = vendor.semantics.resources[create.resource]
    if resource.state is not None and resource.initial is not None:
        yield resource.initial


def starts(_: Vendor, resource: Resource) -> Iterator[str]:
    """The states that a resource comes to rest in by itself."""
    return iter(resource.starts)


def nudges(_: Vendor, resource: Resource) -> Iterator[str]:
    """What moves a resource from outside the API."""
    return iter(resource.nudges)


def sources(_: Vendor, command: Command) -> Iterator[str]:
    """The states that the command is documented for."""
    yield from command.of


def other_states(vendor: Vendor, command: Command) -> Iterator[str]:
    """The states that the command is not documented for and that a resource can be brought to."""
    resource = vendor.semantics.resources[command.resource]
    documented = {*command.of, *(() if command.repeat == "unspecified" else (command.to,))}
    yield from (state for state in resource.states if state not in documented and reachable(vendor, resource, state))


def final_states(vendor: Vendor, resource: Resource) -> Iterator[str]:
    """The terminal states that a resource can be brought to."""
    yield from (state for state in resource.terminal if reachable(vendor, resource, state))


def shown_states(_: Vendor, resource: Resource) -> Iterator[str]:
    """The states beside which a read shows something else that is documented."""
    return iter(resource.shows)


def refusing_states(_: Vendor, command: Command) -> Iterator[str]:
    """The states in which a refusal of the command says something that is documented."""
    return iter(command.refusals)


def sets(_: Vendor, command: Command) -> Iterator[str]:
    """The labels of the properties that the command sets."""
    yield from (tokens(pointer)[-1] for pointer in command.sets)


def has_states(resource: Resource) -> bool:
    """Whether one can be made and shows its state."""
    return resource.create is not None and resource.state is not None
