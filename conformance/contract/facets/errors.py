"""How a refusal is told from a success."""

from __future__ import annotations

from typing import Any

from conformance.contract.place import Place
from conformance.contract.semantics.model import VendorFacet


class Errors(VendorFacet):
    """``place`` and ``success`` (JSON values) tell a success below status 400; without them the status class tells.

    ``status`` is where a refusal repeats the HTTP status, when the document says that it does.
    """

    place: Place | None = None
    success: tuple[Any, ...] = ()
    status: Place | None = None
