"""How long things are kept."""

from __future__ import annotations

from conformance.contract.semantics.model import ResourceFacet


class Retention(ResourceFacet):
    """A resource is there for ``seconds`` after it was made, give or take ``tolerance``."""

    seconds: int
    tolerance: int = 0
