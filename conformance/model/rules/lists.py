"""Lists in pages of any size, in any order, narrowed by any filter: what they hold is what the model knows."""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.contract.facets.list import List
from conformance.contract.identity import id_text
from conformance.engine.api import Api
from conformance.engine.listing import appearances, below, expect_items, is_below, listing_of, seen_in_time
from conformance.engine.ordering import disorder
from conformance.engine.outcome import Moved, expect, expect_equal
from conformance.engine.walking import Criterion, Query, largest, value_of, walk, whole
from conformance.model.rule import Pick, Rule, Step
from conformance.model.showing import expect_state
from conformance.model.world import Entity, Family, World

SIZES = (1, 2, 3, 5)
"""Items on a page of a list that holds the scenario's resources alone."""


class Lists(Rule):
    """The children of one parent where a list narrows to them; elsewhere, that a resource is listed once."""

    name = "list"

    def __init__(self, family: Family) -> None:
        super().__init__(family)
        made = [one for one in family.resources if one.create is not None]
        self._lists = {one.name: found for one in made if (found := listing_of(self.vendor, one)) is not None}

    def usable(self) -> bool:
        """Whether the family's resources are listed."""
        return any(self._listed(name) for name in self._lists)

    def _listed(self, kind: str) -> bool:
        listing = self._lists[kind]
        if listing.population:
            return self.family.promised(f"{listing.subject}/filtering/keeps/{listing.population.filter}")
        return self.family.promised(f"{kind}/visibility/listed")

    def choices(self, world: World) -> list[Any]:
        """The lists of the children of each parent, and of each kind that has none."""
        found: list[Any] = []
        for kind, listing in self._lists.items():
            if not self._listed(kind) or not world.present(kind):
                continue
            parents = {one.parent for one in world.present(kind)} if listing.population else {None}
            found += [(kind, parent) for parent in sorted(parents, key=lambda one: one or 0)]
        return found

    def step(self, world: World, choice: Any, pick: Pick, /) -> Step:
        """One way to read a list."""
        kind, parent = choice
        listing = self._lists[kind]
        if parent is None:
            return Step(self.name, kind, words=f"list {_plural(kind)}")
        size = pick(SIZES) if listing.paged else None
        states = pick([None, *self._states(kind)])
        criterion = pick([None, *self._criteria(listing)])
        words = f"list {_plural(kind)} of {world.entities[parent].name}"
        words += f" that are {' or '.join(states)}" if states else ""
        words += f", {size} a page" if size else ""
        words += f", by {criterion[0]} {criterion[1]}" if criterion else ""
        return Step(self.name, kind, parent, (size, states, criterion), words=words)

    def _state_filter(self, kind: str) -> str | None:
        """The filter by state of a list, where it is promised."""
        state = self.vendor.semantics.resources[kind].state
        for name, one in self._lists[kind].filters.items():
            if one.field == state and self.family.promised(f"{self._lists[kind].subject}/filtering/keeps/{name}"):
                return name
        return None

    def _states(self, kind: str) -> list[tuple[str, ...]]:
        """The states to narrow a list to: each alone, and pairs of them where a filter takes several."""
        name = self._state_filter(kind)
        states = self.vendor.semantics.resources[kind].states
        if name is None:
            return []
        several = self._lists[kind].filters[name].match == "any"
        pairs = [(one, two) for at, one in enumerate(states) for two in states[at + 1 :]] if several else []
        return [*((one,) for one in states), *pairs]

    def _criteria(self, listing: List) -> list[tuple[str, str]]:
        keys = listing.sort.keys if listing.sort else {}
        shown = [name for name, key in keys.items() if key.at and key.moment == "create"]
        return [(name, direction) for name in shown for direction in ("asc", "desc")]

    def stands(self, world: World, step: Step) -> bool:
        """Whether there is anything to list."""
        return bool(world.present(step.what)) and (step.on is None or world.there(step.on) is not None)

    def play(self, api: Api, world: World, step: Step) -> str:
        """The list holds what the model knows, each once, on pages of the size asked for, in the order asked for."""
        if step.on is None:
            return self._each_once(api, world, step.what)
        size, states, criterion = step.value
        query = Query(size=size, sort=_sort(criterion))
        return seen_in_time(api, self._lists[step.what], lambda: self._narrowed(api, world, step, query, states))

    def _narrowed(self, api: Api, world: World, step: Step, query: Query, states: tuple[str, ...] | None) -> str:
        listing, parent = self._lists[step.what], self.entity(world, step)
        if states:
            filters = {self._state_filter(step.what) or "": states}
            query = Query(size=query.size, sort=query.sort, filters=filters)
        base = below(api, listing, parent.made)
        pages = list(walk(api, listing, query, base)) if listing.paged else []
        items = [item for page in pages for item in page.items] if pages else whole(api, listing, query, base)
        certain = {
            id_text(one.made.id): one
            for one in world.children(parent, step.what)
            if not states or (one.state is not None and one.state in states)
        }
        open_ones = {id_text(one.made.id) for one in world.children(parent, step.what) if states and one.state is None}
        self._expect_items(listing, items, certain, open_ones)
        for page in pages[:-1]:
            expect_equal(len(page.items), query.size, "items on a page before the last")
        if pages and pages[0].total is not None and not open_ones:
            expect_equal(pages[0].total, len(certain), "total")
        self._expect_order(listing, items, query)
        return f"{len(items)} items"

    def _expect_items(self, listing: List, items: list[Any], certain: dict[str, Entity], open_ones: set[str]) -> None:
        ids = [listing.id_of(item) for item in items]
        for one, entity in certain.items():
            expect(ids.count(one) == 1, f"{entity.name} once in the list", f"{ids.count(one)} times")
        strangers = [one for one in ids if one not in certain and one not in open_ones]
        expect(not strangers, "no other item in the list", ", ".join(strangers))
        for item, one in zip(items, ids, strict=True):
            if one in certain:
                expect_state(certain[one], item, "the list")

    def _expect_order(self, listing: List, items: list[Any], query: Query) -> None:
        for criterion in query.sort:
            assert listing.sort is not None
            shown = [value_of(item, listing.sort.keys[criterion.key].at or "") for item in items]
            wrong = disorder(shown, descending=criterion.direction == "desc")
            expect(wrong is None, f"items by {criterion.key} {criterion.direction}", ", ".join(map(str, shown)))

    def _each_once(self, api: Api, world: World, kind: str) -> str:
        entities, listing = world.present(kind), self._lists[kind]
        below_parents = is_below(self.vendor, listing)
        families: dict[int | None, list[Entity]] = {}
        for entity in entities:
            families.setdefault(entity.parent if below_parents else None, []).append(entity)
        try:
            for ones in families.values():
                parent = ones[0].made.parent if below_parents else None
                expect_items(api, listing, partial(self._expect_each, listing, ones), parent)
        except Moved:
            return "a list that others move"
        return f"each of {len(entities)} once"

    def _expect_each(self, listing: List, entities: list[Entity], items: list[Any]) -> None:
        for entity in entities:
            found = appearances(listing, entity.made, items)
            expect(len(found) == 1, f"{entity.name} once in the list", f"{len(found)} times")
            expect_state(entity, found[0], "the list")

    def look(self, api: Api, world: World) -> None:
        """Every list that holds nothing else holds every child, narrowed to each state and not."""
        for kind, parent in self.choices(world):
            if parent is not None:
                for states in [None, *((one,) for one in self._shown(world, kind, parent))]:
                    self.play(
                        api, world, Step(self.name, kind, parent, (largest(api, self._lists[kind]), states, None))
                    )

    def _shown(self, world: World, kind: str, parent: int) -> list[str]:
        """The states that children of ``parent`` are in, where a list narrows to one."""
        states = {one.state for one in world.children(world.entities[parent], kind)} - {None}
        return sorted(filter(None, states)) if self._state_filter(kind) else []


def _sort(criterion: tuple[str, str] | None) -> tuple[Criterion, ...]:
    return (Criterion(*criterion),) if criterion else ()


def _plural(kind: str) -> str:
    words = kind.replace("-", " ")
    return f"{words}es" if words.endswith("s") else f"{words}s"
