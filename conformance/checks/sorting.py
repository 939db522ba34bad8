"""Order: every key in both directions, several keys, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

from conformance.checks._paging import quiet_if_moving, sample
from conformance.contract.facets.list import List, Sort
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.ordering import disorder, exactness, instant
from conformance.engine.outcome import Inconclusive, Mismatch, NotApplicable, expect_equal
from conformance.engine.populations import Ground, Population, cascaded, everything, ground, population, ranks, unmoved
from conformance.engine.walking import Criterion, Query, fetch, largest, number_of, page_request, value_of

PRESUPPOSES = "pagination"
SIZE = 3
"""Items on a page where order is followed from page to page."""


@dataclass(frozen=True)
class Reading:
    """How the order by one key is seen: on which ground, and by which value of an item (``None``: it has none).

    ``among`` gives what tells that value, for the items that are compared.
    """

    on: Ground
    among: Callable[[Sequence[Any]], Callable[[Any], Any]]


def reading(api: Api, listing: List, name: str) -> Reading:
    """By what items show; by what the run did to them where they do not show the moment sorted by.

    No list shows how exactly a server keeps that moment: as exactly as those that items show, and what comes closer
    together than that stands in any order.
    """
    key = sort_of(listing).keys[name]
    if key.at is not None:
        pointer = key.at
        return Reading(ground(api, listing), lambda _: lambda item: value_of(item, pointer))
    own = _moved(api, listing, key.moment or "")
    audit = api.vendor.semantics.resources[listing.resource].audit

    def among(items: Sequence[Any]) -> Callable[[Any], Any]:
        exact = exactness(str(value_of(item, pointer)) for item in items for pointer in audit)
        found = ranks(own.moments[key.moment or ""], exact)
        return lambda item: found.get(listing.id_of(item))

    return Reading(own, among)


def _moved(api: Api, listing: List, moment: str) -> Population:
    """The population on whose items the run caused the moment."""
    if listing.population is None:
        raise NotApplicable("items do not show the moment, and the run cannot make any of its own")
    command = api.vendor.semantics.resources[listing.population.parent].commands.get(moment)
    if command is not None and listing.resource in command.cascade:
        return cascaded(api, listing, command)
    own = population(api, listing)
    if len(own.moments.get(moment, {})) < 2:
        raise NotApplicable(f"the population has no two items with a moment of {moment!r}")
    return own


def sort_of(listing: List) -> Sort:
    """How order is asked for."""
    assert listing.sort is not None
    return listing.sort


def sortable(listing: List) -> bool:
    """Whether order can be asked for."""
    return listing.sort is not None


def keys(_: Vendor, listing: List) -> Iterable[str]:
    """Every sort key."""
    return sort_of(listing).keys


def keys_and_directions(_: Vendor, listing: List) -> Iterator[str]:
    """Every sort key in both directions."""
    return (f"{key}-{direction}" for key in sort_of(listing).keys for direction in ("asc", "desc"))


def _criterion(variant: str) -> Criterion:
    key, _, direction = variant.rpartition("-")
    return Criterion(key, direction)


def _expect_order(values: Sequence[Any], criterion: Criterion) -> None:
    found = disorder(values, descending=criterion.direction == "desc")
    if found is not None:
        direction = "descending" if criterion.direction == "desc" else "ascending"
        raise Mismatch(f"items by {criterion.key}, {direction}", f"{found[0]} before {found[1]}")


@check(when=sortable, variants=keys_and_directions, phase=quiet_if_moving)
def order(api: Api, listing: List, variant: str) -> None:
    """The items of a page come in the order of the key, in the direction asked for; a moment is when it came about."""
    criterion = _criterion(variant)
    seen = reading(api, listing, criterion.key)
    page = fetch(api, listing, Query(size=largest(api, listing), sort=(criterion,)), seen.on.base)
    values = list(map(seen.among(page.items), page.items))
    if len({repr(value) for value in values if value is not None}) < 2:
        raise Inconclusive(f"no two items differ in {criterion.key}")
    _expect_order(values, criterion)
    key = sort_of(listing).keys[criterion.key]
    if key.at and isinstance(seen.on, Population) and (done := seen.on.moments.get(key.moment or "")):
        turns = {one: turn for turn, one in enumerate(done)}
        _expect_turns([turns.get(listing.id_of(item)) for item in page.items], values, criterion)


def _expect_turns(turns: Sequence[int | None], shown: Sequence[Any], criterion: Criterion) -> None:
    """Items come in the turns in which they were made, but for those that show one moment."""
    in_order: list[int] = []
    for _, group in groupby(zip(shown, turns, strict=True), key=lambda pair: instant(str(pair[0])) or pair[0]):
        in_order += sorted((turn for _, turn in group if turn is not None), reverse=criterion.direction == "desc")
    _expect_order(in_order, criterion)


@check(when=lambda listing: sortable(listing) and listing.paged, variants=keys_and_directions, phase=quiet_if_moving)
def order_over_pages(api: Api, listing: List, variant: str) -> None:
    """The order of the key goes on from page to page."""
    criterion = _criterion(variant)
    seen = reading(api, listing, criterion.key)
    query = Query(sort=(criterion,))
    with unmoved(api, listing, seen.on, query) as items:
        value = seen.among(items)
        values = list(map(value, items))
        _expect_order(values, criterion)
        for index in sample(-(-len(values) // SIZE)):
            page = fetch(api, listing, Query(number_of(listing, index, SIZE), SIZE, query.sort), seen.on.base)
            here = values[index * SIZE : (index + 1) * SIZE]
            expect_equal(list(map(value, page.items)), here, f"{criterion.key} on page {index}:")


@check(
    when=lambda listing: sortable(listing) and listing.sort.default_direction is not None,
    variants=keys,
    phase=quiet_if_moving,
)
def default_direction(api: Api, listing: List, key: str) -> None:
    """A key without a direction sorts in the default direction."""
    seen = reading(api, listing, key)
    expected = Criterion(key, sort_of(listing).default_direction)
    values: dict[str, list[Any]] = {}
    with unmoved(api, listing, seen.on, Query(sort=(expected,))) as items:
        size = largest(api, listing)
        value = seen.among(items)
        values["explicit"] = list(map(value, items))[:size]
        page = fetch(api, listing, Query(size=size, sort=(Criterion(key),)), seen.on.base)
        values["default"] = list(map(value, page.items))
        if len(set(map(repr, values["explicit"])) - {"None"}) < 2:
            raise Inconclusive(f"no two items differ in {key}")
        expect_equal(values["default"], values["explicit"], f"{key} of the items:")


@check(when=lambda listing: sortable(listing) and listing.sort.several, phase=quiet_if_moving)
def several(api: Api, listing: List) -> None:
    """The first criterion decides, and the next orders the items that it leaves equal."""
    shown = {name: key.at for name, key in sort_of(listing).keys.items() if key.at}
    ties, unsure = 0, False
    deciding = {name: at for name, at in shown.items() if at != listing.id}
    for (first, first_at), (second, second_at) in product(deciding.items(), shown.items()):
        if first == second:
            continue
        by = (Criterion(first, "asc"), Criterion(second, "desc"))
        page = fetch(api, listing, Query(size=largest(api, listing), sort=by), everything(api, listing).base)
        pairs = [(value_of(item, first_at), value_of(item, second_at)) for item in page.items]
        _expect_order([one for one, _ in pairs], by[0])
        for value, group in groupby(pairs, key=lambda pair: pair[0]):
            tied = [other for _, other in group] if value is not None else []
            ties += len(set(map(str, tied))) > 1
            if instant(str(value)) is None:
                _expect_order(tied, by[1])
            else:
                unsure |= disorder(tied, descending=True) is not None
    if unsure:
        raise Inconclusive("items that show one moment are out of order, and may differ in what is not shown of it")
    if not ties:
        raise Inconclusive("no two items share the value of a sort key")


def later_keys(listing: List) -> bool:
    """Whether there are keys of which an item of the run's own has no value, to come before one that it shows."""
    if not sortable(listing) or not sort_of(listing).several or listing.population is None:
        return False
    keys = sort_of(listing).keys.values()
    return any(key.at is None for key in keys) and any(key.at and key.moment for key in keys)


@check(when=later_keys)
def last_of_many(api: Api, listing: List) -> None:
    """The last of many criteria orders the items that all the ones before leave equal."""
    own, keys = population(api, listing), sort_of(listing).keys
    unseen = {name: own.moments.get(key.moment or "", {}) for name, key in keys.items() if key.at is None}
    name, at = next((name, key.at) for name, key in keys.items() if key.at and key.moment)
    last = Criterion(name, "desc")
    by = (*(Criterion(one, "asc") for one in unseen), last)
    page = fetch(api, listing, Query(size=largest(api, listing), sort=by), own.base)
    moved = {item for moments in unseen.values() for item in moments}
    equal = [value_of(item, at) for item in page.items if listing.id_of(item) not in moved]
    if len(set(map(repr, equal))) < 2:
        raise Inconclusive(f"no two items without a moment differ in {name}")
    _expect_order(equal, last)


@check(
    when=lambda listing: sortable(listing) and any(key.at is None for key in listing.sort.keys.values()),
    level="observe",
)
def absent_values(api: Api, listing: List) -> None:
    """Where items stand that have no value of the key."""
    for name, key in sort_of(listing).keys.items():
        if key.at is None:
            seen = reading(api, listing, name)
            page = fetch(api, listing, Query(size=largest(api, listing), sort=(Criterion(name, "asc"),)), seen.on.base)
            api.observe(**{name: where_absent(list(map(seen.among(page.items), page.items)))})


def where_absent(values: Sequence[Any]) -> str:
    """Where the values that are ``None`` stand: first, last, between the others, or nowhere."""
    runs = [absent for absent, _ in groupby(value is None for value in values)]
    if True not in runs:
        return "none"
    return {(True, False): "first", (False, True): "last", (True,): "alone"}.get(tuple(runs), "between")


@check(when=sortable, level="observe")
def unknown_key(api: Api, listing: List) -> None:
    """What a sort key that is not listed gets."""
    _observe(api, listing, Criterion("conformance", "asc"))


@check(when=sortable, level="observe")
def unknown_direction(api: Api, listing: List) -> None:
    """What a direction that is not listed gets."""
    key = next(iter(sort_of(listing).keys))
    sort = sort_of(listing)
    request = sort.place.put(
        page_request(api, listing, Query(size=1)), [sort.syntax.format(key=key, direction="sideways")]
    )
    api.observe(unknown_direction=f"status {api.send(request).status}")


def _observe(api: Api, listing: List, criterion: Criterion) -> None:
    reply = api.send(page_request(api, listing, Query(size=1, sort=(criterion,))))
    api.observe(unknown_key=f"status {reply.status}")
