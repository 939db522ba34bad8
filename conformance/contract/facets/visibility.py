"""Who sees what."""

from __future__ import annotations

from conformance.contract.semantics.model import ResourceFacet, Value


class Visibility(ResourceFacet):
    """Resources are shown only to identities with access.

    ``hidden`` is the id of one that exists and that the main identity has no access to; the identity ``other`` has.
    Where it is absent, the run makes one and the other identity is the stranger.
    """

    hidden: Value | None = None

    def fixtures(self) -> tuple[str, ...]:
        """The fixture of the hidden resource."""
        return (self.hidden.fixture,) if self.hidden and self.hidden.fixture else ()
