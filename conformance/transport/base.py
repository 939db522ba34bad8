"""What a transport does: carry wire requests to a target and bring replies back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from conformance.contract.message import Reply, Wire


class TransportError(Exception):
    """No usable reply came, or none can: refused, reset, timed out, too large. ``kind`` is one word for it."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


class Transport(Protocol):
    """Carries requests; safe to use from several threads."""

    def send(self, wire: Wire) -> Reply:
        """Send one request; ``TransportError`` when no usable reply comes."""

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Send all requests at one instant and return what each got, in the order given."""

    def close(self) -> None:
        """Give back what is held."""
