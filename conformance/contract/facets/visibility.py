"""Who sees what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from conformance.contract.semantics.model import ResourceFacet, Value


class Visibility(ResourceFacet):
    """Resources are shown only to identities with access, and to nobody else does an operation on one do anything.

    ``hidden`` is the id of one that exists and that the main identity has no access to; the identity ``other`` has.
    Where it is absent, the run makes one and the other identity is the stranger. ``shown`` is the id of one that only
    the main identity of the two has access to, where nothing makes or reads one. ``shared`` is the id of one that both
    have access to. ``rights`` are what the list shows of the one that is shown to the main identity, and of the shared
    one to the other; an array there is a set.
    """

    hidden: Value | None = None
    shown: Value | None = None
    shared: Value | None = None
    rights: dict[Literal["shown", "shared"], Value] = Field(default_factory=dict)
