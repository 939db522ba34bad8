"""The keys of creates are UUIDs where the contract or the semantics say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.contract.document import Operation
from conformance.contract.facets.create import Create
from conformance.contract.place import Place
from conformance.contract.pointer import join, tokens
from conformance.contract.semantics.inside import Inside
from conformance.contract.shape import declared
from conformance.contract.vendor import Vendor


def findings(vendor: Vendor, _: Iterable[Inside]) -> Iterator[tuple[str, str]]:
    """A key of which neither says whether it is a UUID, whose letters have no case."""
    for name, call in vendor.semantics.operations.items():
        create, operation = call.facets.get("create"), vendor.document.operations.get(name)
        if not isinstance(create, Create) or "format" in create.model_fields_set or not create.key or operation is None:
            continue
        if not _is_uuid(vendor, operation, create.key[-1]):
            says = f"the contract does not say that {create.key[-1]} is a UUID; say format: text, or format: uuid"
            yield join("operations", name, "create"), says


def _is_uuid(vendor: Vendor, operation: Operation, place: Place) -> bool:
    if place.part == "body":
        bodies = operation.body.values()
        return any(declared(vendor.document, one, tokens(place.name)).get("format") == "uuid" for one in bodies)
    parameter = operation.parameter(place.part, place.name)
    return parameter is not None and vendor.document.schema(parameter.schema).get("format") == "uuid"
