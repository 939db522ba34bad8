"""One difference between two documents, and what it means for those who use them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from conformance.contract.pointer import ABSENT
from conformance.contract.schema import Direction

Level = Literal["breaking", "unknown", "client", "additive", "docs"]
LEVELS: tuple[Level, ...] = ("breaking", "unknown", "client", "additive", "docs")
"""From the worst to the mildest; a document without a change has the verdict ``none``."""


@dataclass(frozen=True)
class Change:
    """A change of an ``operation`` (empty: of the whole document) at a JSON ``pointer``.

    The pointer is of the new document, or of the old one for what is ``gone``. ``rule`` is the stable name of the kind
    of change, ``says`` one line in words. A ``counterexample`` is a value that one side takes and the other does not,
    confirmed by the validator; ``tried`` says how a change that stays unknown was looked into; ``client`` what the
    change does to the generated Python. ``beside`` names the file beside the document that the pointer is of, where it
    is not the document itself.
    """

    level: Level
    rule: str
    operation: str
    pointer: str
    says: str
    direction: Direction | None = None
    before: Any = ABSENT
    after: Any = ABSENT
    counterexample: Any = ABSENT
    client: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    gone: bool = False
    beside: str = ""


def verdict(changes: Iterable[Change]) -> str:
    """The worst level present, or ``none``."""
    present = {change.level for change in changes}
    return next((level for level in LEVELS if level in present), "none")
