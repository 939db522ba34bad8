"""Values saved whole, patched, and replaced: the last one sent is the one that is kept."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.patch import Patch
from conformance.contract.facets.stores import Kept, Stores
from conformance.contract.place import Place
from conformance.contract.semantics.document import Call
from conformance.contract.semantics.model import Value
from conformance.engine.api import Api
from conformance.engine.making import build, resolve, with_values
from conformance.model.rule import Pick, Rule, Step
from conformance.model.showing import expect_shows, take_sent
from conformance.model.world import Entity, Family, World

NAMES = ("note", "kind", "size")
"""Members of the objects that are sent."""

VALUES = ("first", "second", 3, None, ["a", "b"], {"inner": "value"})
"""Values of those members."""


def path_of(call: Call) -> tuple[Place, str] | None:
    """Where an operation's path names the one resource that it is about, and what kind that is."""
    named = [(place, value.resource) for place, value in call.request.items() if place.part == "path"]
    return (named[0][0], named[0][1]) if len(named) == 1 and named[0][1] else None


def patched(value: dict[str, Any], patch: list[dict[str, Any]]) -> dict[str, Any]:
    """What a patch of top-level members makes of an object."""
    result = dict(value)
    for one in patch:
        name = one["path"][1:]
        if one["op"] in {"add", "replace"}:
            result[name] = one["value"]
        elif one["op"] == "remove":
            del result[name]
        elif one["op"] == "copy":
            result[name] = result[one["from"][1:]]
        elif one["op"] == "move":
            result[name] = result.pop(one["from"][1:])
    return result


def _kind(resource: str, at: str) -> str:
    return f"{at} of {resource}"


class Values(Rule):
    """Updates and patches of stored values."""

    name = "value"
    weight = 6

    def __init__(self, family: Family) -> None:
        super().__init__(family)
        kinds = {one.name for one in family.resources if one.create and one.read}
        self._stored: dict[tuple[str, str], tuple[str, Kept]] = {}
        self._patches: dict[str, tuple[str, Patch]] = {}
        for call in self.vendor.semantics.operations.values():
            about = path_of(call)
            if about is None or about[1] not in kinds or "create" in call.facets:
                continue
            stores, patch = call.facets.get("stores"), call.facets.get("patch")
            if isinstance(stores, Stores):
                for name, kept in stores.kept.items():
                    claim = "replaces" if kept.whole else "kept"
                    if family.promised(f"{call.id}/stores/{claim}/{name}"):
                        self._stored[call.id, name] = (about[1], kept)
            if isinstance(patch, Patch) and family.promised(f"{call.id}/patch/applies/add"):
                self._patches[call.id] = (about[1], patch)
                self._set_whole(about[1], patch)

    def _set_whole(self, kind: str, patch: Patch) -> None:
        """What a patch starts from can be set, also where nothing else says so."""
        setter = patch.replace
        if not any(operation == setter.operation for operation, _ in self._stored):
            kept = Kept(place=setter.place, value=Value(literal={}), at=patch.value, whole=True)
            self._stored[setter.operation, setter.place.label] = (kind, kept)

    def usable(self) -> bool:
        """Whether values are promised to be kept."""
        return bool(self._stored)

    def kinds(self) -> tuple[str, ...]:
        """Each value, whatever sets or patches it."""
        return tuple(dict.fromkeys(_kind(kind, kept.at) for kind, kept in self._stored.values()))

    def kind_of(self, world: World, choice: Any, /) -> str:
        """The value."""
        number, what = choice
        at = self._patches[what][1].value if isinstance(what, str) else self._stored[what][1].at
        return _kind(world.entities[number].resource.name, at)

    def choices(self, world: World) -> list[Any]:
        """Every operation that keeps or patches a value, with every resource that has not ended."""
        found: list[Any] = []
        for entity in world.present():
            if not world.active(entity):
                continue
            kind = entity.resource.name
            found += [(entity.number, key) for key, (owner, _) in self._stored.items() if owner == kind]
            found += [
                (entity.number, operation)
                for operation, (owner, patch) in self._patches.items()
                if owner == kind and isinstance(entity.values.get(patch.value), dict)
            ]
        return found

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """A new value, or a patch of the one that is there."""
        number, what = choice
        entity = world.entities[number]
        if isinstance(what, str):
            return self._patch_step(entity, what, pick)
        operation, name = what
        kept = self._stored[what][1]
        value = {pick(NAMES): pick(VALUES), pick(NAMES): pick(VALUES)} if kept.whole else None
        shown = f" to {value}" if kept.whole else ""
        label = name if kept.whole else name.replace("-", " as ")
        return Step(self.name, f"{operation}/{name}", number, value, words=f"set {label} of {entity.name}{shown}")

    def _patch_step(self, entity: Entity, operation: str, pick: Pick) -> Step:
        _, patch = self._patches[operation]
        there = entity.values[patch.value]
        kinds = ["add", *(["replace", "remove", "copy", "move"] if there else [])]
        one: dict[str, Any] = {"op": pick(kinds), "path": f"/{pick(NAMES)}"}
        if one["op"] in {"replace", "remove"}:
            one["path"] = f"/{pick(sorted(there))}"
        if one["op"] in {"add", "replace"}:
            one["value"] = pick(VALUES)
        if one["op"] in {"copy", "move"}:
            one["from"] = f"/{pick(sorted(there))}"
        words = f"patch {patch.value} of {entity.name} with {one}"
        return Step(self.name, operation, entity.number, [one], words=words)

    def stands(self, world: World, step: Step) -> bool:
        """Whether its resource has not ended, and a patch finds what it names."""
        entity = world.there(step.on)
        if entity is None or not world.active(entity):
            return False
        if step.what not in self._patches:
            return True
        there = entity.values.get(self._patches[step.what][1].value)
        if not isinstance(there, dict):
            return False
        (one,) = step.value
        needed = {one.get("from", "")[1:], one["path"][1:] if one["op"] in {"replace", "remove"} else ""} - {""}
        return needed <= there.keys()

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply and a read show the new value."""
        entity = self.entity(world, step)
        if step.what in self._patches:
            operation, pointer = step.what, self._patches[step.what][1].value
            request = Place("request", "body", "").put(build(api, operation, world.context(entity)), step.value)
            entity.values[pointer] = patched(entity.values[pointer], step.value)
        else:
            operation, _, name = step.what.partition("/")
            kept = self._stored[operation, name][1]
            value = step.value if kept.whole else resolve(api, kept.value, world.context(entity))
            request = build(api, operation, world.context(entity))
            for other in kept.instead_of:
                request = other.without(request)
            request = kept.place.put(with_values(api, request, kept.beside, world.context(entity)), value)
            take_sent(self.family, entity, request)
            entity.values[kept.at] = resolve(api, kept.expect, {}) if kept.expect else value
            self._unsettle(entity, kept)
        reply = api.send(request)
        expect_shows(entity, api.expect_success(reply), "the reply")
        return str(reply.status)

    def _unsettle(self, entity: Entity, kept: Kept) -> None:
        """Forget the state where a command sets the same property: nothing says what this does to it."""
        if any(kept.at in command.sets for command in entity.resource.commands.values()):
            entity.state = None
