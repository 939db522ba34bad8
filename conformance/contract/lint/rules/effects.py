"""Every operation of the contract has an effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.contract.pointer import join
from conformance.contract.semantics.inside import Inside
from conformance.contract.vendor import Vendor
from conformance.errors import nearest


def findings(vendor: Vendor, _: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """An operation that only one of semantics and contract has."""
    listed, declared = vendor.semantics.operations, vendor.document.operations
    for name in listed.keys() - declared.keys():
        yield join("operations", name), f"unknown operation {name!r}; {nearest(name, declared)}"
    for name in declared:
        if name not in listed:
            yield "/operations", f"operation {name!r} has no effect; add it with effect: read, write-own, …"
