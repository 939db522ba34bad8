"""When something that takes time is over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """What ``--progress`` says: over at once, after the ``amount`` first reads, or after ``amount`` seconds.

    ``kind`` is ``immediate``, ``reads`` or ``seconds``; seconds are those of the mock's clock.
    """

    kind: str
    amount: float = 0.0

    @classmethod
    def of(cls, text: str) -> Progress:
        """The value of a setting that was held against its syntax already."""
        kind, _, amount = text.partition(":")
        return cls(kind, float(amount or 0))

    def over(self, reads: int, seconds: float) -> bool:
        """Whether the read now made, number ``reads``, ``seconds`` after the start, finds the end."""
        return self.share(reads, seconds) >= 1

    def share(self, reads: int, seconds: float) -> float:
        """How much of it that read finds done, from 0 to 1."""
        done = {"reads": reads - 1, "seconds": seconds}.get(self.kind, self.amount)
        return min(done / self.amount, 1.0) if self.amount else 1.0

    def length(self, own: float) -> float:
        """The seconds that something takes which takes ``own`` seconds where nothing else is said."""
        return self.amount if self.kind == "seconds" else own
