"""Documents: what was uploaded comes down again, however many others went up since."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.documents import Documents
from conformance.contract.message import Request
from conformance.contract.semantics.resource import Resource
from conformance.engine.api import Api
from conformance.engine.making import Made, build, made_by
from conformance.engine.outcome import expect
from conformance.model.rule import Pick, Rule, Step
from conformance.model.world import Entity, World

MOST = 3
"""Documents of one parent in a scenario."""

CONTENTS = ("a note", "another note", "")
"""What is uploaded, each followed by the number of the document."""


class Uploads(Rule):
    """Uploads and downloads."""

    name = "document"
    weight = 4

    def usable(self) -> bool:
        """Whether content is promised to come back as it went."""
        return bool(self._kinds())

    def _kinds(self) -> dict[str, tuple[Resource, Documents]]:
        found = {one.name: (one, one.facets.get("documents")) for one in self.family.resources if one.parent}
        return {
            name: (resource, facet)
            for name, (resource, facet) in found.items()
            if isinstance(facet, Documents) and self.family.promised(f"{name}/documents/round-trip/text")
        }

    def kinds(self) -> tuple[str, ...]:
        """Each kind of document."""
        return tuple(self._kinds())

    def kind_of(self, _: World, choice: Any, /) -> str:
        """The kind of document."""
        return str(choice[1])

    def choices(self, world: World) -> list[Any]:
        """An upload to each parent that has not ended, and a download of each document."""
        found: list[Any] = []
        for kind, (resource, _) in self._kinds().items():
            parents = world.present(resource.parent.resource) if resource.parent else []
            open_ones = [one for one in parents if world.active(one) and len(world.children(one, kind)) < MOST]
            found += [("upload", kind, one.number) for one in open_ones]
            found += [("download", kind, one.number) for one in self._readable(world, kind)]
        return found

    def _readable(self, world: World, kind: str) -> list[Entity]:
        return [one for one in world.present(kind) if world.active(one)]

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """The upload or the download."""
        what, kind, number = choice
        name = world.entities[number].name
        if what == "download":
            return Step(self.name, what, number, kind, words=f"download {name}")
        makes = world.next_number
        words = f"upload {kind.replace('-', ' ')} {makes} to {name}"
        return Step(self.name, what, number, (kind, f"{pick(CONTENTS)} {makes}"), makes, words)

    def stands(self, world: World, step: Step) -> bool:
        """Whether the parent, or the document, is there and its parent has not ended."""
        entity = world.there(step.on)
        return entity is not None and world.active(entity)

    def play(self, api: Api, world: World, step: Step) -> str:
        """The reply to an upload names a document; a download answers the bytes that were uploaded."""
        if step.what == "download":
            return self._download(api, world, self.entity(world, step))
        kind, content = step.value
        resource, facet = self._kinds()[kind]
        parent = self.entity(world, step)
        context = world.context(parent)
        request = facet.content.put(build(api, facet.upload, context), content.encode())
        made = made_by(api, resource, request, api.send(request), context)
        entity = Entity(step.makes or 0, Made(resource, made.id, made.body, request, parent.made), parent.number)
        entity.facts["content"] = content.encode()
        world.add(entity)
        return f"{len(content)} bytes"

    def _download(self, api: Api, world: World, entity: Entity) -> str:
        _, facet = self._kinds()[entity.resource.name]
        request: Request = facet.at.put(build(api, facet.download, world.context(entity)), entity.made.id)
        reply = api.send(request)
        api.expect_success(reply)
        wanted = entity.facts["content"]
        expect(reply.content == wanted, f"the bytes of {entity.name}, {wanted!r}", repr(reply.content[:60]))
        return f"{len(reply.content)} bytes"

    def look(self, api: Api, world: World) -> None:
        """Every document comes down as it went up."""
        for kind in self._kinds():
            for entity in self._readable(world, kind):
                self._download(api, world, entity)
