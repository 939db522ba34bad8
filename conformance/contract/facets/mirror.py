"""Two forms of one operation."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.semantics.model import OperationFacet, Value


class Mirror(OperationFacet):
    """An operation that answers as the operation ``of`` does when both carry the same values.

    ``fields`` are further values by name, which it takes in its body and the other form in its query.
    """

    of: str
    fields: dict[str, Value] = Field(default_factory=dict)

    def operations(self) -> tuple[str, ...]:
        """The other form."""
        return (self.of,)

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures that further values come from."""
        return tuple(value.fixture for value in self.fields.values() if value.fixture)
