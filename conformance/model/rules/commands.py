"""Commands in any order, as often as it is written what they do, and what they do to children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command
from conformance.engine.api import Api
from conformance.engine.making import command_request
from conformance.engine.outcome import expect_equal
from conformance.model.rule import Pick, Rule, Step, case_of
from conformance.model.showing import expect_shows, expect_unchanged, forget_sent
from conformance.model.world import Entity, Family, World


class Commands(Rule):
    """Commands in the states that they are documented for, and again where repeating them is documented."""

    name = "command"
    weight = 6

    def __init__(self, family: Family) -> None:
        super().__init__(family)
        self._commands = {
            (one.name, name): command
            for one in family.resources
            for name, command in one.commands.items()
            if one.create is not None and one.read is not None
        }

    def usable(self) -> bool:
        """Whether any command is promised to do what it says."""
        return any(self._moves(command) for command in self._commands.values())

    def _moves(self, command: Command) -> list[str]:
        """The states that the command is promised to move a resource from."""
        return [one for one in command.of if self.family.promised(case_of(self.vendor, command, "transition", one))]

    def _repeats(self, command: Command) -> bool:
        claim = {"no-op": "repeat", "refused": "repeat-refused"}.get(command.repeat)
        return claim is not None and self.family.promised(case_of(self.vendor, command, claim))

    def _can(self, world: World, entity: Entity, command: Command) -> bool:
        if entity.state is None:
            return False
        if entity.state == command.to and command.to not in command.of:
            parent = world.there(entity.parent) if entity.parent else None
            return (parent is None or world.active(parent)) and self._repeats(command)
        return world.active(entity) and entity.state in self._moves(command)

    def choices(self, world: World) -> list[Any]:
        """Every resource with every command that it is written for, more often where it moves the resource."""
        return [
            (entity.number, name)
            for entity in world.present()
            for (kind, name), command in self._commands.items()
            if kind == entity.resource.name and self._can(world, entity, command)
            for _ in range(3 if self._moves_on(entity, name) else 1)
        ]

    def kinds(self) -> tuple[str, ...]:
        """Each command that is promised to move something."""
        return tuple(_kind(command) for command in self._commands.values() if self._moves(command))

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The command."""
        number, name = choice
        return _kind(self._commands[world.entities[number].resource.name, name])

    def _of_kind(self, kind: str) -> Command:
        return next(one for one in self._commands.values() if _kind(one) == kind)

    def needed_for(self, kind: str, /) -> tuple[str, ...]:
        """The commands that lead to a state which the command moves from, by the shortest way there."""
        command = self._of_kind(kind)
        resource = self.vendor.semantics.resources[command.resource]
        ways = [found[1] for state in self._moves(command) if (found := resource.origin(state)) is not None]
        return tuple(_kind(one) for one in min(ways, key=len, default=()))

    def ends(self, kind: str, /) -> bool:
        """Whether the command leads to a final state."""
        command = self._of_kind(kind)
        resource = self.vendor.semantics.resources[command.resource]
        return resource.parent is None and command.to in resource.terminal

    def weight_of(self, world: World, choices: Sequence[Any], /) -> int:
        """Seldom while all that can be done is to do again what was done."""
        moves = any(self._moves_on(world.entities[number], name) for number, name in choices)
        return self.weight if moves else 1

    def _moves_on(self, entity: Entity, name: str) -> bool:
        return entity.state != self._commands[entity.resource.name, name].to

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The command."""
        number, name = choice
        entity = world.entities[number]
        return Step(self.name, name, number, words=f"{name.replace('-', ' ')} {entity.name}")

    def stands(self, world: World, step: Step) -> bool:
        """Whether the command is written for the state that its resource is in."""
        entity = world.there(step.on)
        return entity is not None and self._can(world, entity, self._commands[entity.resource.name, step.what])

    def play(self, api: Api, world: World, step: Step) -> str:
        """The resource is in the new state, in the reply and in a read; children go along as written."""
        entity = self.entity(world, step)
        command = self._commands[entity.resource.name, step.what]
        again = entity.state == command.to
        request = command_request(api, command, entity.made)
        reply = api.send(request)
        if again and command.repeat == "refused":
            api.expect_refusal(reply)
        else:
            body = api.expect_success(reply)
            forget_sent(self.family, entity, request)
            if not again:
                self._move(world, entity, command)
                for pointer, value in command.confirms.items():
                    expect_equal(get(body, pointer), value, f"the reply: {pointer}")
            if command.answers == "resource" and entity.resource.settles is None:
                expect_shows(entity, body, "the reply")
                return f"{reply.status}, {entity.state}"
        expect_unchanged(api, entity)
        return f"{reply.status}, {entity.state}"

    def _move(self, world: World, entity: Entity, command: Command) -> None:
        """Children go along as it is written; of those of an ended parent, nothing is where nothing is written."""
        entity.state = command.to
        certain = self.family.promised(f"{command.operation}/lifecycle/cascade")
        for child in world.children(entity):
            cascade = command.cascade.get(child.resource.name)
            if cascade is not None and child.state in cascade.of:
                child.state = cascade.to if certain else None
            elif cascade is None and command.to in entity.resource.terminal:
                child.state = child.state if child.state in child.resource.terminal else None


def _kind(command: Command) -> str:
    return f"{command.name} {command.resource}"


class Nudges(Rule):
    """Events from outside the API."""

    name = "nudge"

    def usable(self) -> bool:
        """Whether any is promised to move a resource."""
        return any(self._promised(one.name, name) for one in self.family.resources for name in one.nudges)

    def _promised(self, resource: str, name: str) -> bool:
        return self.family.promised(f"{resource}/lifecycle/nudge/{name}")

    def choices(self, world: World) -> list[Any]:
        """Every resource that waits for one."""
        return [
            (entity.number, name)
            for entity in world.present()
            for name, event in entity.resource.nudges.items()
            if entity.state == event.of
            and self._promised(entity.resource.name, name)
            and event.control in world.controls
        ]

    def step(self, world: World, choice: Any, _: Pick, /) -> Step:
        """The event."""
        number, name = choice
        return Step(self.name, name, number, words=f"{name} {world.entities[number].name} from outside")

    def stands(self, world: World, step: Step) -> bool:
        """Whether its resource waits."""
        entity = world.there(step.on)
        return entity is not None and entity.state == entity.resource.nudges[step.what].of

    def play(self, api: Api, world: World, step: Step) -> str:
        """A read shows the state that the event leads to."""
        entity = self.entity(world, step)
        event = entity.resource.nudges[step.what]
        api.control(event.control, **{event.id: entity.made.id})
        entity.state = event.to
        expect_unchanged(api, entity)
        return f"{entity.state}"
