"""What the vendors' documents print, as the cassettes have it."""

from __future__ import annotations

from pathlib import Path

from conformance.cassettes.cassette import Interaction
from conformance.cassettes.files import load

FOLDER = Path(__file__).parents[1] / "cassettes"


def printed(vendor: str) -> tuple[Interaction, ...]:
    """The samples of a vendor's document, in its order."""
    return load(FOLDER / vendor / "printed.yaml").interactions
