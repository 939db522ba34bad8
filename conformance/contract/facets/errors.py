"""How a refusal is told from a success."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from conformance.contract.place import Place
from conformance.contract.semantics.model import VendorFacet
from conformance.contract.semantics.names import OperationName


class Errors(VendorFacet):
    """``place`` and ``success`` (JSON values) tell a success below status 400; without them the status class tells.

    ``bare`` are the operations whose replies say nothing at ``place``, so that the status class tells.
    ``why`` are the places of which at least one says why there was no success.
    ``status`` is where a refusal repeats the HTTP status, when the document says that it does, and ``moment`` where it
    tells when it was. ``statuses`` are those that refusals come with, other than for want of credentials, when they
    are written.
    """

    place: Place | None = None
    success: tuple[Any, ...] = ()
    bare: tuple[OperationName, ...] = ()
    why: tuple[Place, ...] = ()
    status: Place | None = None
    moment: Place | None = None
    statuses: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _told(self) -> Self:
        if (self.place is None) != (not self.success):
            raise ValueError("'place' and 'success' go together: where a reply tells, and what it says of a success")
        return self
