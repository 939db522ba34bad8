"""What is named is declared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from conformance.contract.pointer import join
from conformance.contract.semantics.inside import Inside
from conformance.contract.semantics.names import Name
from conformance.contract.vendor import Vendor
from conformance.errors import nearest


def findings(vendor: Vendor, everything: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A name of nothing, and the nearest of something."""
    declared = _declared(vendor)
    for one in everything:
        if isinstance(one.value, Name):
            known = _of(vendor, one.value.kind, one.resource) or declared.get(one.value.kind, ())
            if one.value not in known:
                yield join(*one.at), f"unknown {one.value.kind} {str(one.value)!r}; {nearest(one.value, known)}"


def _declared(vendor: Vendor) -> dict[str, Collection[str]]:
    """What is declared for the whole API, by kind."""
    semantics, document = vendor.semantics, vendor.document
    return {
        "operation": document.operations,
        "webhook": document.webhooks,
        "schema": document.root.get("components", {}).get("schemas", {}),
        "resource": semantics.resources,
        "mode": semantics.modes,
        "capability": semantics.capabilities,
        "identity": {"main", *semantics.identities},
        "fixture": semantics.fixtures,
        "control": semantics.controls,
    }


def _of(vendor: Vendor, kind: str, resource: str | None) -> Collection[str]:
    """What is declared of the resource that is spoken of, or where none is, of any."""
    resources = vendor.semantics.resources
    spoken_of = [resources[resource]] if resource in resources else list(resources.values())
    match kind:
        case "state":
            return {state for one in spoken_of for state in one.states}
        case "command":
            return {command for one in spoken_of for command in one.commands}
        case _:
            return ()
