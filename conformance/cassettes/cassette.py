"""A cassette as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conformance.cassettes.provenance import Provenance
from conformance.contract.message import Reply, Wire


@dataclass(frozen=True)
class Interaction:
    """A request as it was sent and the reply that it got."""

    wire: Wire
    reply: Reply

    @property
    def line(self) -> str:
        """The request in a few words: ``POST /processes?size=2``."""
        address = self.wire.url.partition("://")[2]
        return f"{self.wire.method} /{address.partition('/')[2]}"


@dataclass(frozen=True)
class Cassette:
    """A file of interactions, in their order, with where they come from."""

    path: Path
    provenance: Provenance
    interactions: tuple[Interaction, ...]

    @property
    def name(self) -> str:
        """``vendor/scenario``, as it is printed."""
        return f"{self.provenance.vendor}/{self.path.stem}"
