"""Places are parts of the messages that they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.contract.document import Operation
from conformance.contract.lint.replies import is_in_a_reply
from conformance.contract.place import Place
from conformance.contract.pointer import join, tokens
from conformance.contract.semantics.inside import Inside
from conformance.contract.shape import has_property
from conformance.contract.vendor import Vendor
from conformance.errors import nearest


def findings(vendor: Vendor, everything: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A place that is neither a parameter nor a property of a body of the operation that is spoken of."""
    for one in everything:
        operation = vendor.document.operations.get(one.operation or "")
        if isinstance(one.value, Place) and operation is not None:
            problem = _problem(vendor, operation, one.value)
            if problem:
                yield join(*one.at), problem


def _problem(vendor: Vendor, operation: Operation, place: Place) -> str:
    """Why there is no such place; nothing when there is."""
    if place.message == "response":
        shown = place.part != "body" or is_in_a_reply(vendor, operation.id, place.name)
        return "" if shown else f"no reply of {operation.id} has {place.name}"
    if place.part == "body":
        if not operation.body:
            return f"{operation.id} takes no body"
        named = any(has_property(vendor.document, one, tokens(place.name)) for one in operation.body.values())
        return "" if named else f"the body of {operation.id} has no {place.name}"
    if operation.parameter(place.part, place.name) is None:
        known = [item.name for item in operation.parameters if item.place == place.part]
        return f"{operation.id} has no {place.part} parameter {place.name!r}; {nearest(place.name, known)}"
    return ""
