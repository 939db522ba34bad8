"""Clauses: the sentences of a vendor's documentation that a server can keep or break."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from conformance.contract.semantics.model import Model
from conformance.contract.semantics.names import ModeName

Level = Literal["must", "should", "observe"]


class Clause(Model):
    """One promise in the project's words. ``where`` is its place in the vendor's document.

    Either ``cases`` are the patterns of the cases that judge it (without vendor: ``createProcess/idempotency/*``),
    or ``unseen`` says why it cannot be seen from outside. ``modes`` are those in which it holds; none means all.
    """

    id: str = ""
    says: str
    operation: str | tuple[str, ...] = "*"
    where: str
    level: Level
    cases: tuple[str, ...] = ()
    unseen: str | None = None
    modes: tuple[ModeName, ...] = ()

    @model_validator(mode="after")
    def _disposed(self) -> Self:
        if bool(self.cases) == bool(self.unseen):
            raise ValueError("a clause names either the cases that judge it or why it is unseen")
        return self
