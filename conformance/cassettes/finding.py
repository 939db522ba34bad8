"""What is wrong with a cassette, or with who disagrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One disagreement.

    ``interaction`` counts from 1, ``pointer`` is where in the body, ``witness`` whose word the cassette is: that of a
    ``live`` server, of a ``mock``, or of the vendor's ``document``.
    """

    file: Path
    interaction: int | None
    pointer: str
    message: str
    witness: str

    def __str__(self) -> str:
        """File, interaction, pointer, message and witness in one line."""
        place = [str(self.file)]
        if self.interaction is not None:
            place.append(f"interaction {self.interaction}")
        if self.pointer:
            place.append(self.pointer)
        return f"{': '.join(place)}: {self.message} (witness: {self.witness})"
