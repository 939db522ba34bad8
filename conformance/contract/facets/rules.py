"""Rules between the properties of one reply."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import IdentityName


class Path(Model):
    """A text with slashes in it, of which the ``first`` and the ``last`` segments are known.

    ``parent`` are the segments, one or more, right before the last.
    """

    first: Value | None = None
    parent: Value | None = None
    last: Value | None = None


class Rule(Model):
    """What holds of the value at ``at``: the ``difference`` of two others, a ``path``, or not less than ``not_before``.

    All are pointers within the reply; a pointer's ``#`` goes on inside a text that is JSON. ``by`` is the identity that
    asks, and that made what it asks for, where it is another than the main one.
    """

    at: Pointer
    by: IdentityName | None = None
    difference: tuple[Pointer, Pointer] | None = None
    path: Path | None = None
    not_before: Pointer | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(part is not None for part in (self.difference, self.path, self.not_before)) != 1:
            raise ValueError("a rule is one of difference, path and not_before")
        return self


class Rules(OperationFacet):
    """Rules, by name, that hold of every success of the operation's smallest request."""

    each: dict[str, Rule]
