"""What the contract declares of replies."""

from __future__ import annotations

from conformance.contract.pointer import tokens
from conformance.contract.shape import has_property
from conformance.contract.vendor import Vendor


def is_in_a_reply(vendor: Vendor, operation: str, pointer: str) -> bool:
    """Whether a success of an operation can have something at a pointer; one into a text is followed up to the text."""
    responses = vendor.document.operations[operation].responses.items()
    schemas = [one for status, media_types in responses if status.startswith("2") for one in media_types.values()]
    path = tokens(pointer.partition("#")[0])
    return any(has_property(vendor.document, schema, path) for schema in schemas)
