"""Honest servers drawn at random: every seed, progression and legal choice leaves a run without an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from conformance.mocks import catalogue
from conformance.selftest.trial import Trial

PROGRESSIONS = ("immediate", "reads:1", "reads:2", "reads:3", "seconds:1", "seconds:5", "seconds:30")
"""At once, after some reads, after some seconds of the mock's own clock."""


def soak(folders: Sequence[Path], count: int, seed: int) -> Iterator[Trial]:
    """``count`` trials of the whole plan, the vendors in ``folders`` in turn; the same for the same ``seed``."""
    drawing = Random(seed)  # noqa: S311 - what is drawn is no secret
    for number in range(count):
        yield drawn(drawing, folders[number % len(folders)])


def drawn(drawing: Random, folder: Path) -> Trial:
    """One honest server of the vendor in ``folder``, every setting of it drawn."""
    mock = catalogue.find(folder.name)
    return Trial(
        folder,
        "drawn",
        drawing.choice(mock.MODES),
        {choice.key: drawing.choice(choice.settings) for choice in mock.CHOICES},
        seed=drawing.randrange(2**31),
        progress=drawing.choice(PROGRESSIONS),
    )
