"""Creates, and what repeating one does."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, OperationFacet
from conformance.contract.semantics.names import ResourceName


class Replay(Model):
    """What a create with a key that was used before gets.

    ``same``: the resource as it is, with one of ``statuses``; ``updated``: the resource with the new values, with
    one of ``statuses``; ``recorded``: the first reply verbatim; ``conflict``: a refusal, with one of ``statuses``
    when they are named; ``duplicate``: a second resource.
    """

    gets: Literal["same", "updated", "recorded", "conflict", "duplicate"]
    statuses: tuple[int, ...] = ()


class Create(OperationFacet):
    """An operation that creates one of ``resource``.

    ``key`` is every place that together identifies the create (empty: the server alone chooses); ``scope`` is what
    a key is unique within; ``optional`` says that a create without a key is legal and always makes a new one.
    ``first`` is what a first create is answered with: any success where no status is written. ``in_flight`` is what a
    replay gets that comes while the first one is carried out, and ``other_body`` what one with other values gets:
    ``same``, the resource as it is.
    """

    resource: ResourceName
    key: tuple[Place, ...] = ()
    format: Literal["uuid", "text"] = "uuid"
    scope: Literal["global", "tenant", "parent"] = "global"
    optional: bool = False
    first: tuple[int, ...] = ()
    replay: Replay | None = None
    in_flight: Literal["same", "refused", "unspecified"] = "unspecified"
    other_body: Literal["same", "refused", "unspecified"] = "unspecified"

    def is_new(self, status: int) -> bool:
        """Whether a status tells that the resource is a new one, and not one that was there under the same key."""
        return status in (self.first or (status,)) and (self.replay is None or status not in self.replay.statuses)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if self.replay is not None and not self.first:
            raise ValueError("'replay' goes with 'first'")
        return self
