"""One disagreement between two witnesses of a contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """Two ``witnesses`` (``contract and client``) of a ``vendor`` disagree.

    ``rule`` is the stable name of the kind of disagreement, ``file`` and ``pointer`` say where it shows (the pointer
    may be of a wire form), ``line`` does where no pointer can; ``says`` is one line in words, ``details`` are more of
    them, ``mend`` is the next command or step.
    """

    vendor: str
    witnesses: str
    rule: str
    file: str
    pointer: str
    says: str
    mend: str = ""
    operation: str = ""
    line: int = 0
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.operation} {self.pointer}".strip()
        file = f"{self.file}:{self.line}" if self.line else self.file
        where = f"{file}: {place}" if place else file
        return f"{where}: {self.says}"
