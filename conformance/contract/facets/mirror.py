"""Two forms of one operation."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.semantics.model import OperationFacet, Value
from conformance.contract.semantics.names import OperationName


class Mirror(OperationFacet):
    """An operation that answers as the operation ``of`` does when both carry the same values.

    ``fields`` are further values by name, which it takes in its body and the other form in its query.
    """

    of: OperationName
    fields: dict[str, Value] = Field(default_factory=dict)
