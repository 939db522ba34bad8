"""Removals: what is removed is gone, and nothing else is."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Request
from conformance.engine.api import Api
from conformance.engine.existence import exists
from conformance.engine.making import build
from conformance.engine.outcome import expect
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import Entity, World


class Removals(Rule):
    """One removed, or several at once."""

    name = "remove"
    weight = 3

    def usable(self) -> bool:
        """Whether anything is promised to be gone once it is removed."""
        return bool(self._removable())

    def _removable(self) -> dict[str, Removal]:
        found = {one.name: one.facets.get("removal") for one in self.family.resources}
        promised = {name for name in found if self.family.promised(f"{name}/removal/gone")}
        return {name: one for name, one in found.items() if isinstance(one, Removal) and name in promised}

    def _several(self, kind: str) -> bool:
        return self._removable()[kind].several is not None and self.family.promised(f"{kind}/removal/several-gone")

    def kinds(self) -> tuple[str, ...]:
        """Each kind that can be removed."""
        return tuple(self._removable())

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The kind that is removed."""
        return world.entities[choice[0]].resource.name

    def choices(self, world: World) -> list[Any]:
        """Each resource, and two at once."""
        found: list[Any] = []
        for kind in self._removable():
            present = [one.number for one in world.present(kind)]
            found += [(one,) for one in present]
            if self._several(kind) and len(present) > 1:
                found.append(tuple(present[:2]))
        return found

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The removal."""
        names = " and ".join(world.entities[one].name for one in choice)
        return Step(self.name, world.entities[choice[0]].resource.name, choice[0], choice, words=f"remove {names}")

    def stands(self, world: World, step: Step) -> bool:
        """Whether all of them are there."""
        return all(world.there(one) is not None for one in step.value)

    def play(self, api: Api, world: World, step: Step) -> str:
        """The removal succeeds, and none of them exists any more."""
        removal = self._removable()[step.what]
        removed = [world.entities[one] for one in step.value]
        ids = [one.made.id for one in removed]
        if len(ids) == 1:
            request = build(api, removal.operation, world.context(removed[0]))
            request = removal.id.put(request, ids[0])
        else:
            assert removal.several is not None
            declared = self.vendor.document.operations[removal.several.operation]
            request = Request(removal.several.operation, media_type=declared.media_type)
            request = removal.several.ids.put(request, ids)
        reply = api.send(request)
        api.expect_success(reply)
        for one in removed:
            one.gone = True
            self._expect_exists(api, one)
        return str(reply.status)

    def _expect_exists(self, api: Api, entity: Entity) -> None:
        there = exists(api, entity.resource, entity.made.id)
        wanted, seen = ("gone", "there") if entity.gone else ("there", "gone")
        expect(there is not entity.gone, f"{entity.name} {wanted}", seen)

    def look(self, api: Api, world: World) -> None:
        """What was removed stays gone."""
        for entity in world.entities.values():
            if entity.gone:
                self._expect_exists(api, entity)
