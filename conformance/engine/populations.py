"""What lists are examined on: populations that the run makes itself, or what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from conformance.contract.facets.list import List, Members
from conformance.contract.identity import id_text
from conformance.contract.message import Request
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command
from conformance.engine.api import Api
from conformance.engine.listing import below, caught_up, may_be_behind
from conformance.engine.making import Context, Made, build, make, make_otherwise, read, run, set_up
from conformance.engine.once import made_once
from conformance.engine.ordering import instant
from conformance.engine.outcome import Blocked, Mismatch, Moved
from conformance.engine.walking import Query, page_request, whole

CASCADES = (1, 2, 0)
"""The order in which the command that cascades is run on three parents."""
Moments = Mapping[str, datetime | None]
"""What was done, in that order: by id the moment that the server told of it, ``None`` where it told none."""


@dataclass(frozen=True)
class Ground:
    """What a list is examined on: requests start from ``base``; nobody else changes a ``private`` ground."""

    base: Request
    private: bool = False


@dataclass(frozen=True)
class Population(Ground):
    """A ground of which every item is known: the ids by parent, as lists are held against them, and what was done when.

    ``moments`` is kept by command (or ``create``), ``states`` by id; ``shown`` is what the list had once it was
    given time for that.
    """

    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moments: Mapping[str, Moments] = field(default_factory=dict)
    states: Mapping[str, str | None] = field(default_factory=dict)
    shown: tuple[Any, ...] | None = None


def everything(api: Api, listing: List) -> Ground:
    """All that the list shows."""
    return Ground(build(api, listing.subject))


def ground(api: Api, listing: List) -> Ground:
    """The list's own population where the run may make one, else all that the list shows."""
    if listing.population is None or api.session.target.profile == "read-only":
        return everything(api, listing)
    return _shared(api, listing, "scope", lambda apart: alone(apart, listing, population(apart, listing)))


def alone(api: Api, listing: List, own: Population) -> Population:
    """``own``, once the list has shown that nothing else is in its scope; strangers there block the case."""
    with set_up("listing the population"):
        shown = caught_up(api, listing, own.base, own.states) if own.shown is None else own.shown
    known = {one for ids in own.ids.values() for one in ids}
    if strangers := set(map(listing.id_of, shown)) - known:
        raise Blocked(f"{listing.subject} shows {len(strangers)} items of others in the population's scope")
    return own


@contextmanager
def unmoved(api: Api, listing: List, on: Ground, query: Query | None = None) -> Iterator[list[Any]]:
    """The whole list; a mismatch found inside counts only when the list is the same afterwards.

    A list that moves seldom or not at all is read once for all cases, until one finds that it has moved.
    """
    name = f"{api.identity}: the whole of {page_request(api, listing, query or Query(), on.base)}"
    before = list(api.session.shared.find(name) or whole(api, listing, query, on.base))
    if on.private or listing.scope == "insert-stable":
        api.session.shared.put(name, tuple(before))
    try:
        yield before
    except Mismatch as wrong:
        if not on.private:
            after = whole(replace(api, history=[]), listing, query, on.base)
            if sorted(map(listing.id_of, after)) != sorted(map(listing.id_of, before)):
                api.session.shared.put(name, None)
                told = "the list changed under the check: run it while nobody else works there"
                raise Moved(f"{told}; before that: {wrong}") from wrong
        raise


def population(api: Api, listing: List) -> Population:
    """The items that the list's semantics describe, below a parent of their own; made once a run."""
    assert listing.population is not None
    members = listing.population.members
    return _shared(
        api, listing, "population", lambda apart: _in_time(apart, listing, populate(apart, listing, members))
    )


def _in_time(api: Api, listing: List, own: Population) -> Population:
    """``own``, once a list that may be behind has shown it or has had time for that; nothing is judged by it."""
    if not may_be_behind(api, listing):
        return own
    try:
        return replace(own, shown=caught_up(api, listing, own.base, own.states))
    except Mismatch:
        return own


def neighbour(api: Api, listing: List) -> Population:
    """Three plain items below another parent; made once a run."""
    return _shared(api, listing, "neighbour", lambda apart: populate(apart, listing, (Members(times=3),)))


def cascaded(api: Api, listing: List, command: Command) -> Population:
    """Two items below each of three parents, moved by the cascade of ``command``; made once a run."""
    return _shared(api, listing, command.name, lambda apart: _cascade(apart, listing, command))


def _shared(api: Api, listing: List, name: str, populate: Callable[[Api], Population]) -> Population:
    """Made by an API object of its own, so that ids do not depend on the case that comes first."""
    return made_once(api, f"{api.vendor.name}/{listing.subject}/{name}", populate)


def populate(api: Api, listing: List, members: Sequence[Members], context: Context | None = None) -> Population:
    """A new population, its commands run in another order than that of creation; ``context`` gets the parent."""
    assert listing.population is not None
    context = {} if context is None else context
    parent = make(api, listing.population.parent, context=context)
    made = [(part, member(api, listing, context, part)) for part in in_turn(members)]
    moments = {"create": {id_text(one.id): _told(one) for _, one in made}}
    ways = sorted((one.id, one, one.resource.way_to(part.state or "") or ()) for part, one in made)
    states = {id_text(one.id): part.state for part, one in made}
    for step in range(max((len(way) for *_, way in ways), default=0)):
        for _, one, way in ways[:: -1 if step % 2 else 1]:
            if step < len(way):
                told = _told(_moved(api, way[step], one))
                moments.setdefault(way[step].name, {})[id_text(one.id)] = told
    return Population(
        base=below(api, listing, parent),
        private=True,
        ids={parent.id: tuple(states)},
        moments=moments,
        states=states,
    )


def member(api: Api, listing: List, context: Context, part: Members) -> Made:
    """One new item of a population, in its initial state, below the parent that ``context`` holds."""
    return make_otherwise(api, listing.resource, part.request, part.leave_out, dict(context))


def made_otherwise(listing: List | None) -> list[Members]:
    """The parts of a list's population that are made with values of their own; none without a population."""
    members = listing.population.members if listing and listing.population else ()
    return [part for part in members if part.request]


def _cascade(api: Api, listing: List, command: Command) -> Population:
    assert listing.population is not None
    families: list[tuple[Made, tuple[str, ...]]] = []
    for _ in CASCADES:
        context: Context = {}
        parent = make(api, listing.population.parent, context=context)
        families.append((parent, tuple(id_text(member(api, listing, context, Members()).id) for _ in range(2))))
    moments: dict[str, datetime | None] = {}
    for place in CASCADES:
        parent, ids = families[place]
        moments |= dict.fromkeys(ids, _told(_moved(api, command, parent)))
    base = below(api, listing, *(parent for parent, _ in families))
    state = command.cascade[listing.resource].to
    _expect_state(api, listing, base, dict.fromkeys(moments, state), state)
    ids_by_parent = {parent.id: ids for parent, ids in families}
    return Population(base=base, private=True, ids=ids_by_parent, moments={command.name: moments})


def _expect_state(api: Api, listing: List, base: Request, moved: Mapping[str, str], state: str) -> None:
    resource = api.vendor.semantics.resources[listing.resource]
    with set_up("listing what the cascade moved"):
        states = {resource.state_in(item) for item in caught_up(api, listing, base, moved)}
    if resource.state and states != {state}:
        raise Blocked(f"not every {resource.name} is {state} after the cascade: {sorted(map(str, states))}")


def _moved(api: Api, command: Command, made: Made) -> Made:
    with set_up(f"the command {command.name} on a {made.resource.name}"):
        reply = run(api, command, made)
        body = api.expect_success(reply)
        return replace(made, body=body if command.answers == "resource" else read(api, made))


def in_turn(members: Sequence[Members]) -> Iterator[Members]:
    """Every part as often as it says, one of each in turn, so that neighbours differ."""
    for turn in range(max(part.times for part in members)):
        yield from (part for part in members if turn < part.times)


def _told(made: Made) -> datetime | None:
    """The latest moment that the resource's audit properties show."""
    shown = (instant(str(get(made.body, pointer))) for pointer in made.resource.audit)
    return max((moment for moment in shown if moment is not None), default=None)


def ranks(moments: Moments, exact: timedelta) -> Mapping[str, int]:
    """Ranks in the order given; neighbours share one unless the later was told to be ``exact`` or more behind."""
    found: dict[str, int] = {}
    rank, before = 0, None
    for one, moment in moments.items():
        rank += moment is not None and before is not None and moment - before >= exact
        found[one], before = rank, moment
    return found
