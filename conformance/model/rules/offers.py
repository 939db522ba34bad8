"""Offers: what can be done with a resource now is what its state lets be done."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.offers import Offers
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command
from conformance.engine.api import Api
from conformance.engine.making import build, command_request
from conformance.engine.outcome import Mismatch, expect
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import Entity, World


class Offered(Rule):
    """Reads of what is offered."""

    name = "offers"

    def usable(self) -> bool:
        """Whether everything that can be done is promised to be offered."""
        return bool(self._offers())

    def _offers(self) -> list[Offers]:
        kinds = {one.name for one in self.family.resources}
        every = [call.facets.get("offers") for call in self.vendor.semantics.operations.values()]
        return [one for one in every if isinstance(one, Offers) and one.resource in kinds]

    def _commands(self, offers: Offers, entity: Entity) -> list[Command]:
        """The commands that are to be offered in the state that it is in."""
        if not self.family.promised(f"{offers.subject}/offers/complete/{entity.state}"):
            return []
        every = entity.resource.commands.values()
        return [one for one in every if one.operation == offers.by.operation and entity.state in one.of]

    def choices(self, world: World) -> list[Any]:
        """Each resource in a state in which something is to be offered."""
        return [
            (entity.number, offers.subject)
            for offers in self._offers()
            for entity in world.present(offers.resource)
            if self._commands(offers, entity)
        ]

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The read."""
        number, operation = choice
        return Step(self.name, operation, number, words=f"read what is offered for {world.entities[number].name}")

    def stands(self, world: World, step: Step) -> bool:
        """Whether it is there."""
        return world.there(step.on) is not None

    def play(self, api: Api, world: World, step: Step) -> str:
        """Everything that its state lets be done is offered to whoever can do it."""
        entity = self.entity(world, step)
        offers = next(one for one in self._offers() if one.subject == step.what)
        names: list[str] = []
        for command in self._commands(offers, entity):
            wanted = command_request(api, command, entity.made)
            request = offers.id.put(build(api, offers.subject, world.context(entity)), entity.made.id)
            if offers.actor is not None and offers.by.actor is not None:
                request = offers.actor.put(request, offers.by.actor.sent(wanted))
            items = get(api.expect_success(api.send(request)), offers.items)
            if not isinstance(items, list):
                raise Mismatch(f"a list at {offers.items}", repr(items))
            names = [str(get(item, offers.name)) for item in items]
            name = str(offers.by.place.sent(wanted))
            expect(name in names, f"{name} among what is offered for {entity.name}", ", ".join(names) or "nothing")
        return ", ".join(names)
