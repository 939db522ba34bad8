"""What is looked at in a reply is declared there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.contract.lint.replies import is_in_a_reply
from conformance.contract.pointer import join
from conformance.contract.semantics.inside import Inside
from conformance.contract.semantics.model import Facet
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor


def findings(vendor: Vendor, everything: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A pointer that leads to nothing in the replies of its operation."""
    for one in everything:
        if isinstance(one.value, Resource | Facet):
            for operation, pointer, where in one.value.reads():
                if operation in vendor.document.operations and not is_in_a_reply(vendor, operation, pointer):
                    yield join(*one.at, *where), f"no reply of {operation} has {pointer}"
