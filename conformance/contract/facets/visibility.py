"""Who sees what."""

from __future__ import annotations

from conformance.contract.semantics.model import ResourceFacet, Value


class Visibility(ResourceFacet):
    """Resources are shown only to identities with access.

    ``hidden`` is the id of one that exists and that the main identity has no access to; the identity ``other`` has.
    Where it is absent, the run makes one and the other identity is the stranger. ``shown`` is the id of one that only
    the main identity of the two has access to, where nothing makes or reads one. ``shared`` is the id of one that both
    have access to.
    """

    hidden: Value | None = None
    shown: Value | None = None
    shared: Value | None = None

    def fixtures(self) -> tuple[str, ...]:
        """The fixtures of the resources that it names."""
        return tuple(value.fixture for value in (self.hidden, self.shown, self.shared) if value and value.fixture)
