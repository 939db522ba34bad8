"""Two forms of one operation."""

from __future__ import annotations

from conformance.contract.semantics.model import OperationFacet


class Mirror(OperationFacet):
    """An operation that answers as the operation ``of`` does when both carry the same values."""

    of: str

    def operations(self) -> tuple[str, ...]:
        """The other form."""
        return (self.of,)
