"""Rules: families of steps that a machine takes, each with what the model expects of the reply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar

from conformance.contract.semantics.resource import Command
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.own import own_package
from conformance.model.world import Entity, Family, World

Pick = Callable[[Sequence[Any]], Any]
"""Draws one of several values."""


@dataclass(frozen=True)
class Step:
    """One step of a scenario: ``rule`` does ``what`` to the resource ``on``; ``makes`` is the number of a new one.

    A step says everything about itself, so that a scenario with other steps left out can be played again.
    """

    rule: str
    what: str
    on: int | None = None
    value: Any = None
    makes: int | None = None
    words: str = ""


class Rule:
    """A family of steps. The model's answer is computed from the world alone, before the server is asked."""

    name: ClassVar[str]
    makes: ClassVar[bool] = False
    """Whether a scenario can begin with it."""
    weight: ClassVar[int] = 1
    """How often the machine takes it, against others: reads seldom, what changes something often."""
    alone: ClassVar[bool] = False
    """Whether it changes what other scenarios of the family see, so that one is played at a time."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.vendor = family.vendor

    def usable(self) -> bool:
        """Whether the vendor promises anything of the kind in this family."""
        raise NotImplementedError

    def begin(self, world: World, pick: Pick, /) -> None:
        """Draw what the scenario that begins is to be about; without it, anything."""

    def choices(self, world: World) -> list[Any]:
        """What can be done now; nothing when the rule has no place here."""
        raise NotImplementedError

    def kinds(self) -> tuple[str, ...]:
        """The kinds of steps that a scenario has or does without; none when the rule belongs in every scenario."""
        return ()

    def kind_of(self, _: World, __: Any, /) -> str:
        """Which of its kinds a choice is of in a world; nothing when it belongs in every scenario."""
        return ""

    def needed_for(self, _: str, /) -> tuple[str, ...]:
        """The other kinds without which there is no place for one."""
        return ()

    def ends(self, _: str, /) -> bool:
        """Whether a step of a kind ends what it is done to."""
        return False

    def weight_of(self, _: World, __: Sequence[Any], /) -> int:
        """How often the machine takes one of some choices, all of one kind, against others."""
        return self.weight

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """The step that a choice comes to, its values drawn."""
        raise NotImplementedError

    def stands(self, world: World, step: Step) -> bool:
        """Whether the step makes sense in this world."""
        raise NotImplementedError

    def play(self, api: Api, world: World, step: Step) -> str:
        """Take the step, hold the reply against the model, and say what was seen; ``Mismatch`` when they differ."""
        raise NotImplementedError

    def look(self, api: Api, world: World) -> None:
        """Hold what the server shows at the end of a scenario against the model."""

    def entity(self, world: World, step: Step) -> Entity:
        """The resource that a step is about."""
        return world.entities[step.on or 0]


def case_of(vendor: Vendor, command: Command, claim: str, variant: str = "") -> str:
    """The case that tests one claim about a command, as clauses name it."""
    siblings = vendor.semantics.resources[command.resource].commands.values()
    shared = sum(one.operation == command.operation for one in siblings) > 1
    parts = (command.operation, "lifecycle", claim, command.name if shared else "", variant)
    return "/".join(part for part in parts if part)


@cache
def _classes(vendor: str) -> tuple[type[Rule], ...]:
    found: list[type[Rule]] = []
    for package in ("conformance.model.rules", own_package(vendor)):
        if package is not None:
            found += _in_package(package)
    return tuple(found)


def _in_package(package: str) -> Iterator[type[Rule]]:
    root = import_module(package)
    for name in sorted(module.name for module in iter_modules(root.__path__)):
        module = import_module(f"{package}.{name}")
        for item in vars(module).values():
            if isinstance(item, type) and issubclass(item, Rule) and item.__module__ == module.__name__:
                yield item


def rules_of(family: Family) -> dict[str, Rule]:
    """The rules that have something to do in a family, by name: the generic ones, then the vendor's own.

    None where nothing is made that the others could be about.
    """
    rules = [found(family) for found in _classes(family.vendor.name)]
    usable = {rule.name: rule for rule in rules if rule.usable()}
    return usable if any(rule.makes for rule in usable.values()) else {}
