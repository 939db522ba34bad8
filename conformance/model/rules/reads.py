"""Reads of one resource at any time, and of every one at the end."""

from __future__ import annotations

from typing import Any

from conformance.engine.api import Api
from conformance.model.rule import Pick, Rule, Step
from conformance.model.rules.creates import makeable
from conformance.model.showing import expect_unchanged
from conformance.model.world import Entity, World


class Reads(Rule):
    """What a read shows is what the model knows."""

    name = "read"

    def usable(self) -> bool:
        """Whether what the machine makes can be read."""
        return any(self.vendor.semantics.resources[name].read is not None for name in makeable(self.family))

    def _readable(self, world: World) -> list[Entity]:
        return [one for one in world.present(*makeable(self.family)) if one.resource.read and "job" not in one.facts]

    def choices(self, world: World) -> list[Any]:
        """Every resource that is there."""
        return [one.number for one in self._readable(world)]

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The read."""
        return Step(self.name, "", choice, words=f"read {world.entities[choice].name}")

    def stands(self, world: World, step: Step) -> bool:
        """Whether it is there."""
        return world.there(step.on) is not None

    def play(self, api: Api, world: World, step: Step) -> str:
        """The read shows the id, the state and the values that the model knows."""
        entity = self.entity(world, step)
        expect_unchanged(api, entity)
        return str(entity.state or "as it was")

    def look(self, api: Api, world: World) -> None:
        """Every resource shows what the model knows of it."""
        for entity in self._readable(world):
            expect_unchanged(api, entity)
