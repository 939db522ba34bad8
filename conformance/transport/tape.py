"""Transports that record what passes through them, and that play what was recorded without any connection."""

from __future__ import annotations

from collections.abc import Sequence

from vcr.cassette import Cassette as Tape

from conformance.cassettes.conversion import to_reply, to_request, to_response
from conformance.cassettes.matching import nearest
from conformance.contract.message import Reply, Wire
from conformance.transport.base import Transport, TransportError


class NotRecorded(Exception):
    """A request that a cassette has no interaction left for; the text says which is nearest, and where it differs."""


class Recording:
    """Passes everything on to ``inner`` and keeps each request with its reply on ``tape``."""

    def __init__(self, inner: Transport, tape: Tape) -> None:
        self._inner = inner
        self._tape = tape

    def send(self, wire: Wire) -> Reply:
        """Send, and keep what came back."""
        reply = self._inner.send(wire)
        self._tape.append(to_request(wire), to_response(reply))
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """Send all, and keep what came back in the order in which it was sent."""
        outcomes = self._inner.send_together(wires)
        for wire, outcome in zip(wires, outcomes, strict=True):
            if isinstance(outcome, Reply):
                self._tape.append(to_request(wire), to_response(outcome))
        return outcomes

    def close(self) -> None:
        """Close what is wrapped."""
        self._inner.close()


class Replaying:
    """Answers each request with the first interaction of ``tape`` that fits it and was not played yet."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    def send(self, wire: Wire) -> Reply:
        """The recorded reply; ``NotRecorded`` when there is none left for this request."""
        request = to_request(wire)
        if not self._tape.can_play_response_for(request):
            closest = nearest(self._tape, request)
            told = f"the nearest is {closest}" if closest else "the cassette is empty"
            raise NotRecorded(f"{wire.method} {wire.url} was not recorded; {told}")
        return to_reply(self._tape.play_response(request))

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        """The recorded replies."""
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        """Nothing is open."""
