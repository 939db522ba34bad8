"""Creates that bring up to date what has their key: the values sent last are the ones that are shown."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.facets.stores import Kept, Stores
from conformance.contract.pointer import ABSENT
from conformance.engine.api import Api
from conformance.engine.making import made_by
from conformance.model.rule import Pick, Rule, Step
from conformance.model.rules.creates import makeable
from conformance.model.showing import expect_same_id, expect_shows
from conformance.model.world import World


class Updates(Rule):
    """The create of a resource again, with the values of its first time or with others."""

    name = "update"
    weight = 6

    def usable(self) -> bool:
        """Whether a create with a key that is taken is promised to update."""
        return bool(self._creates())

    def _creates(self) -> dict[str, Create]:
        return {
            name: create
            for name, create in makeable(self.family).items()
            if create.replay is not None
            and create.replay.gets == "updated"
            and self.family.promised(f"{create.subject}/idempotency/replay-updates")
        }

    def _kept(self, create: Create) -> dict[str, Kept]:
        """The values that can be sent as they are written, and that are promised to be kept."""
        stores = self.vendor.semantics.operations[create.subject].facets.get("stores")
        kept = stores.kept if isinstance(stores, Stores) else {}
        return {
            name: one
            for name, one in kept.items()
            if isinstance(one.value.literal, (str, list))
            and self.family.promised(f"{create.subject}/stores/kept/{name}")
        }

    def kinds(self) -> tuple[str, ...]:
        """Each kind of resource that is brought up to date."""
        return tuple(self._creates())

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The kind of resource."""
        return world.entities[choice].resource.name

    def choices(self, world: World) -> list[Any]:
        """The resources that were created with a key."""
        return [one.number for one in world.present(*self._creates()) if one.keyed]

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """The create again, with up to two other values."""
        entity = world.entities[choice]
        names = sorted(self._kept(self._creates()[entity.resource.name]))
        changed = sorted({pick(names), pick(names)}) if names and pick([True, True, False]) else []
        how = f"with another {' and '.join(changed)}" if changed else "as the first time"
        return Step(self.name, ",".join(changed), choice, changed, words=f"create {entity.name} again {how}")

    def stands(self, world: World, step: Step) -> bool:
        """Whether the resource is there."""
        return world.there(step.on) is not None

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply shows the same resource with the values that were sent."""
        entity = self.entity(world, step)
        create = self._creates()[entity.resource.name]
        assert create.replay is not None
        kept, request = self._kept(create), entity.made.request
        for name in step.value:
            request = kept[name].place.put(request, kept[name].value.literal)
        sent = {one.at: one.place.sent(request) for one in kept.values()}
        entity.values = {pointer: value for pointer, value in sent.items() if value is not ABSENT}
        reply = api.send(request)
        again = made_by(api, entity.resource, request, reply, None, create.replay.statuses)
        expect_same_id(again, entity)
        expect_shows(entity, again.body, "the reply")
        return str(reply.status)
