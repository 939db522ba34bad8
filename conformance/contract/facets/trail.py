"""What a resource remembers of its way."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, Pointer, ResourceFacet


class Entries(Model):
    """A list that a read shows ``at`` a pointer; within an entry, the two states and the command that led on.

    ``of`` is where an entry shows the id of the resource. ``left`` and ``reached`` pair further places in an entry with
    those where a read shows the same of the resource before the command and after it. ``number`` is greater than in
    the entries before, ``unique`` in none of them, ``by`` who gave the command, ``moment`` when that was.
    """

    at: Pointer
    start: Pointer
    end: Pointer
    command: Pointer
    of: Pointer | None = None
    left: dict[Pointer, Pointer] = Field(default_factory=dict)
    reached: dict[Pointer, Pointer] = Field(default_factory=dict)
    number: Pointer | None = None
    unique: Pointer | None = None
    by: Pointer | None = None
    moment: Pointer | None = None


class Trail(ResourceFacet):
    """Every command adds one entry to each of ``lists``.

    ``name`` and ``actor`` are where its request carries its name and who gives it; ``previous`` pairs where a read
    shows what the resource was before with where one showed it then.
    """

    lists: dict[str, Entries]
    name: Place
    actor: Place | None = None
    previous: dict[Pointer, Pointer] = Field(default_factory=dict)
