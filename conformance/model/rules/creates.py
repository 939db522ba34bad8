"""Creates, and creates sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.contract.facets.create import Create
from conformance.contract.identity import same_id
from conformance.contract.message import Reply, Request
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.resource import Command, Resource
from conformance.engine.api import Api, describe
from conformance.engine.making import Context, Made, create_request, made_by, read, with_values
from conformance.engine.outcome import Inconclusive, expect
from conformance.model.rule import Pick, Rule, Step, case_of
from conformance.model.showing import expect_rests, expect_same_id, expect_shows
from conformance.model.world import Entity, Family, World

MOST = 12
"""Resources in a scenario."""

ROOTS = (1, 1, 2)
"""How many resources without a parent a scenario has at a time, one of these; one that has ended makes room."""

CHILDREN = (2, 3)
"""How many children of each kind it makes of a parent at most, one of these."""

TOGETHER = 3
"""Creates with one key that are sent at one instant."""


def create_of(resource: Resource, family: Family) -> Create | None:
    """The create of a resource whose kind the machine can know about."""
    if resource.create is None:
        return None
    found = family.vendor.semantics.operations[resource.create].facets.get("create")
    return found if isinstance(found, Create) else None


def makeable(family: Family) -> dict[str, Create]:
    """The creates of the family's resources, by resource; what is made as another kind is left to that one."""
    found = {one.name: create_of(one, family) for one in family.resources}
    return {name: create for name, create in found.items() if create is not None and create.resource == name}


class Creates(Rule):
    """Creates with a key and without one, each of which makes a resource of its own."""

    name = "create"
    makes = True
    weight = 3

    def usable(self) -> bool:
        """Whether anything is created whose reply or a read shows it."""
        return bool(self._kinds())

    def _kinds(self) -> list[Resource]:
        makeable_ones = makeable(self.family)
        return [
            one
            for one in self.family.resources
            if one.name in makeable_ones and self._is_seen(one) and "job" not in self._facets(one)
        ]

    def _is_seen(self, resource: Resource) -> bool:
        """Whether anything shows it, or a child of it."""
        children = [one for one in self.family.resources if one.parent and one.parent.resource == resource.name]
        return bool(resource.read or resource.list or resource.key or any(map(self._is_seen, children)))

    def _facets(self, resource: Resource) -> Any:
        return () if resource.states else self.vendor.semantics.operations[resource.create or ""].facets

    def begin(self, world: World, pick: Pick, /) -> None:
        """How many resources there are to be: with few of them, much happens to each."""
        world.facts["roots"], world.facts["children"] = pick(ROOTS), pick(CHILDREN)

    def choices(self, world: World) -> list[Any]:
        """The kinds of which another can be made, each with the parent that it gets."""
        found: list[Any] = []
        for kind in self._kinds():
            if kind.parent is None:
                active = sum(world.active(one) for one in world.present(kind.name))
                found += [(kind.name, None)] if active < world.facts["roots"] and len(world.entities) < MOST else []
                continue
            for parent in world.present(kind.parent.resource):
                if len(world.children(parent, kind.name)) < world.facts["children"] and world.active(parent):
                    found.append((kind.name, parent.number))
        return found

    def weight_of(self, world: World, choices: Sequence[Any], /) -> int:
        """More often while there is none of a kind."""
        lacking = any(not any(map(world.active, world.present(kind))) for kind, _ in choices)
        return self.weight * 2 if lacking else self.weight

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """A create, with a key where it takes one, and without where that is legal too."""
        kind, parent = choice
        resource = self.vendor.semantics.resources[kind]
        create = makeable(self.family)[kind]
        keyed = bool(create.key) and pick([True, True, True, True, False] if create.optional else [True])
        start = pick(self._starts(resource))
        number = world.next_number
        below = f" in {world.entities[parent].name}" if parent else ""
        how = " without a key" if create.optional and not keyed else ""
        ending = f" that comes to {start}" if start in resource.starts else ""
        words = f"create {kind.replace('-', ' ')} {number}{below}{how}{ending}"
        return Step(self.name, kind, parent, (keyed, start), number, words)

    def _starts(self, resource: Resource) -> list[str]:
        """The states to make one in: those that a promised command leads out of, else those it is promised to reach."""
        led = [
            state
            for state in resource.starts
            if any(self._leads(command, state) for command in resource.commands.values())
        ]
        return led or [one for one in resource.starts if self._reaches(resource, one)] or [resource.initial or ""]

    def _reaches(self, resource: Resource, start: str) -> bool:
        return self.family.promised(f"{resource.name}/lifecycle/comes-to-rest/{start}")

    def _leads(self, command: Command, start: str) -> bool:
        case = case_of(self.vendor, command, "transition", start)
        return start in command.of and self.family.promised(case)

    def stands(self, world: World, step: Step) -> bool:
        """Whether the parent, if it has one, can have children."""
        if step.on is None:
            return True
        parent = world.there(step.on)
        return parent is not None and world.active(parent)

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply shows a new resource, in the state that was asked for."""
        keyed, start = step.value
        resource = self.vendor.semantics.resources[step.what]
        create = makeable(self.family)[step.what]
        context: Context = world.context(world.entities[step.on]) if step.on else {}
        request = create_request(api, resource, context, with_key=keyed)
        request = with_values(api, request, resource.starts.get(start, {}), context)
        reply = api.send(request)
        made = made_by(api, resource, request, reply, context, create.first if self._status_promised(create) else ())
        for other in world.present(step.what):
            expect(not same_id(other.made.id, made.id), f"an id of its own, not that of {other.name}", made.id)
        entity = world.add(self._entity(step, made, keyed=keyed, start=start))
        if resource.settles is not None:
            self._expect_rest(api, entity, start)
        return _seen(reply)

    def _expect_rest(self, api: Api, entity: Entity, start: str) -> None:
        """The state that one was made for; where that is not promised, the model has nothing to start from."""
        made, resource = entity.made, entity.resource
        body = made.body if resource.is_read_when_made else read(api, made)
        if start in resource.starts and not self._reaches(resource, start) and resource.state_in(body) != start:
            raise Inconclusive(f"a {resource.name} made to be {start} is {resource.state_in(body)}")
        expect_rests(entity, body)

    def _status_promised(self, create: Create) -> bool:
        return self.family.promised(f"{create.subject}/idempotency/first-status")

    def _entity(self, step: Step, made: Made, *, keyed: bool, start: str) -> Entity:
        resource = made.resource
        entity = Entity(step.makes or 0, made, step.on, keyed=keyed, state=start or None)
        if start and start not in resource.starts and resource.settles is None:
            shown = resource.state_in(made.body)
            if shown != start:
                raise Inconclusive(f"a new {resource.name} is {shown}, and the model starts from {start}")
        if resource.parent is not None and made.parent is not None and resource.parent.at:
            entity.values[resource.parent.at] = made.parent.id
        shown_first = {pointer: get(made.body, pointer) for pointer in resource.fixed}
        entity.values |= {pointer: value for pointer, value in shown_first.items() if value is not ABSENT}
        if resource.key is not None and keyed:
            key = makeable(self.family)[resource.name].key[-1].sent(made.request)
            entity.values[resource.key] = key
        return entity


class Replays(Rule):
    """Creates with a key that is taken."""

    name = "replay"
    weight = 6

    def usable(self) -> bool:
        """Whether a replay's outcome is promised for any kind."""
        return any(self._promised(create) for create in makeable(self.family).values())

    def _promised(self, create: Create) -> bool:
        if create.replay is None or create.replay.gets not in {"same", "conflict"} or not create.key:
            return False
        case = {"same": "replay-resource", "conflict": "replay-refused"}
        return self.family.promised(f"{create.subject}/idempotency/{case[create.replay.gets]}")

    def kinds(self) -> tuple[str, ...]:
        """Each kind of resource whose replay is promised something."""
        return tuple(name for name, create in makeable(self.family).items() if self._promised(create))

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The kind of resource."""
        return world.entities[choice].resource.name

    def choices(self, world: World) -> list[Any]:
        """The resources that were created with a key."""
        return [one.number for one in world.present() if self._can(world, one)]

    def _can(self, world: World, entity: Entity) -> bool:
        create = makeable(self.family).get(entity.resource.name)
        if create is None or not entity.keyed or not self._promised(create):
            return False
        parent = world.there(entity.parent) if entity.parent else None
        return parent is None or world.active(parent)

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """The same request again, alone or several at one instant."""
        entity = world.entities[choice]
        together = pick([False, False, True])
        words = f"send the create of {entity.name} again"
        return Step(
            self.name, "together" if together else "once", choice, words=words + f", {TOGETHER} at once" * together
        )

    def stands(self, world: World, step: Step) -> bool:
        """Whether its resource was created with a key."""
        entity = world.there(step.on)
        return entity is not None and self._can(world, entity)

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply shows the resource as it is, or is a refusal that leaves it so."""
        entity = self.entity(world, step)
        create = makeable(self.family)[entity.resource.name]
        request = entity.made.request
        replies = api.together([request] * TOGETHER) if step.what == "together" else [api.send(request)]
        for reply in replies:
            self._judge(api, create, entity, request, reply)
        return _seen(replies[-1])

    def _judge(self, api: Api, create: Create, entity: Entity, request: Request, reply: Reply) -> None:
        assert create.replay is not None
        if create.replay.gets == "conflict":
            api.expect_refusal(reply)
            return
        again = made_by(api, entity.resource, request, reply, None, create.replay.statuses)
        expect_same_id(again, entity)
        if entity.resource.settles is None:
            expect_shows(entity, again.body, "the reply")


def _seen(reply: Reply) -> str:
    found = get(reply.json, "/state")
    return f"{reply.status} {found}" if isinstance(found, str) else describe(reply)[:40].partition(" with")[0]
