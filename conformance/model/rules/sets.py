"""Sets replaced as a whole, any number of times: what was sent last is the set."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.set import Set
from conformance.contract.identity import id_text
from conformance.engine.api import Api
from conformance.engine.making import build, resolve
from conformance.engine.outcome import expect_equal
from conformance.engine.sets import can_be_read, held, ids_in
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import Entity, World

PARTS = ("first", "second", "both", "one of the first", "one of the second", "the rest of the first", "none")
"""What of the two sets of members that are known is sent."""


def part(name: str, first: list[Any], second: list[Any]) -> list[Any]:
    """The members that a name of ``PARTS`` stands for."""
    both = [*first, *(one for one in second if one not in first)]
    parts: tuple[list[Any], ...] = (first, second, both, first[:1], second[-1:], first[1:], [])
    return dict(zip(PARTS, parts, strict=True))[name]


class Sets(Rule):
    """Replacements of the set that a resource owns."""

    name = "set"
    weight = 6

    def usable(self) -> bool:
        """Whether a replacement is promised to replace."""
        return bool(self._sets())

    def _sets(self) -> dict[str, Set]:
        """The sets that the family's resources own, by the kind of the owner."""
        found: dict[str, Set] = {}
        kinds = {one.name for one in self.family.resources}
        for call in self.vendor.semantics.operations.values():
            promise = call.facets.get("set")
            if not isinstance(promise, Set) or not self.family.promised(f"{call.id}/set/replaced"):
                continue
            owner = call.request[promise.owner].resource if promise.owner in call.request else None
            if owner in kinds and owner is not None:
                found[owner] = promise
        return found

    def kinds(self) -> tuple[str, ...]:
        """Each kind of owner."""
        return tuple(self._sets())

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The kind of owner."""
        return world.entities[choice[0]].resource.name

    def choices(self, world: World) -> list[Any]:
        """Every owner with every part of the members."""
        kinds = self._sets()
        empties = {
            kind: promise.empty == "removes-all" and self.family.promised(f"{promise.subject}/set/emptied")
            for kind, promise in kinds.items()
        }
        return [
            (one.number, part)
            for one in world.present(*kinds)
            for part in PARTS
            if part != "none" or empties[one.resource.name]
        ]

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The replacement."""
        number, part = choice
        words = f"give {world.entities[number].name} {part if part.startswith(('one', 'the')) else part + ' set'}"
        return Step(self.name, part, number, words=words.replace("both set", "both sets").replace("none set", "no set"))

    def stands(self, world: World, step: Step) -> bool:
        """Whether the owner is there."""
        return world.there(step.on) is not None

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply and a read show the members that were sent and no others."""
        entity = self.entity(world, step)
        promise = self._sets()[entity.resource.name]
        first, second = (resolve(api, value, {}) for value in promise.members)
        members = part(step.what, first, second)
        request = promise.place.put(build(api, promise.subject, world.context(entity)), list(members))
        reply = api.send(promise.owner.put(request, entity.made.id))
        body = api.expect_success(reply)
        entity.facts["members"] = sorted(map(id_text, members))
        if promise.told is not None:
            expect_equal(ids_in(promise.told, body), entity.facts["members"], f"the reply: the set of {entity.name}")
        self._expect_held(api, entity)
        return f"{len(members)} members"

    def _expect_held(self, api: Api, entity: Entity) -> None:
        promise = self._sets()[entity.resource.name]
        if can_be_read(api, promise):
            shown = held(api, promise, entity.made.id)
            expect_equal(shown, entity.facts["members"], f"a read: the set of {entity.name}")

    def look(self, api: Api, world: World) -> None:
        """Every owner has the set that it was given last."""
        for entity in world.present(*self._sets()):
            if "members" in entity.facts:
                self._expect_held(api, entity)
