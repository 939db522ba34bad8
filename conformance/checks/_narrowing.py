"""What filters narrow a list to: which values items have, and what to send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conformance.contract.facets.list import Filter, List
from conformance.contract.place import text_of
from conformance.contract.semantics.model import Value
from conformance.engine.api import Api
from conformance.engine.making import resolve
from conformance.engine.outcome import Inconclusive
from conformance.engine.populations import Ground, everything, ground, neighbour, population
from conformance.engine.walking import Query, value_of, whole


@dataclass(frozen=True)
class Known:
    """What is known of a filter beforehand: on which ground, and the ids of the items that have each value."""

    on: Ground
    having: Mapping[str, frozenset[str]]

    def values(self) -> list[str]:
        """The values, those that most items have first."""
        return sorted(self.having, key=lambda value: (-len(self.having[value]), value))


def known_values(api: Api, listing: List, name: str) -> Known:
    """The values that items show: on the run's own population where they differ there, else on the whole list."""
    own = listing.population
    if own and own.filter == name and api.session.target.profile != "read-only":
        made = {**population(api, listing).ids, **neighbour(api, listing).ids}
        return Known(everything(api, listing), {parent: frozenset(ids) for parent, ids in made.items()})
    on = ground(api, listing)
    having = holders(listing, name, whole(api, listing, base=on.base))
    if on.private and len(having) < 2:
        on = everything(api, listing)
        having = holders(listing, name, whole(api, listing, base=on.base))
    if not having:
        raise Inconclusive(f"no item shows a value of {name}")
    return Known(on, having)


def holders(listing: List, name: str, items: Iterable[Any]) -> dict[str, frozenset[str]]:
    """The ids of the items that show each value."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        value = value_of(item, listing.filters[name].field or "")
        if value is not None:
            found[text_of(value)].add(listing.id_of(item))
    return {value: frozenset(ids) for value, ids in found.items()}


def examples(api: Api, listing: List) -> dict[str, str]:
    """A value for each filter that narrows the ground."""
    own = listing.population.filter if listing.population else None
    items = whole(api, listing, base=ground(api, listing).base)
    found = {}
    for name, one in listing.filters.items():
        if one.field is None:
            found[name] = value_to_send(api, one)
        elif one.match == "contains":
            if texts := telling([str(value_of(item, one.field) or "") for item in items]):
                found[name] = texts[0]
        elif name != own and (having := holders(listing, name, items)):
            found[name] = max(sorted(having), key=lambda value: len(having[value]))
    return found


def telling(values: Sequence[str]) -> list[str]:
    """Parts of values that some contain and others lack, those first that halve them best.

    A part is no whole value, it has no sign that a filter could be written with, and upper or lower case makes no
    difference to who contains it.
    """
    found = {}
    for part in sorted({part for value in values for part in _parts(value)} - set(values)):
        has = [part in value for value in values]
        folded = [part.casefold() in value.casefold() for value in values]
        if has == folded and 0 < sum(has) < len(values):
            found[part] = abs(2 * sum(has) - len(values))
    return sorted(found, key=lambda part: (found[part], part))


def _parts(value: str) -> Iterator[str]:
    """Both halves of a value and its words, without their first letters, where they are plain."""
    middle = len(value) // 2
    for part in (value[:middle], value[middle:], *value.split()):
        plain = part.strip()[1:]
        if len(plain) > 1 and plain.replace(" ", "").isalnum():
            yield plain


def value_to_send(api: Api, one: Filter) -> str:
    """The value to send for a filter that items do not show."""
    return text_of(resolve(api, one.value or Value(literal=one.default), {}))


def nobodys_value(api: Api, value: str) -> str:
    """A value of the same kind that no item has."""
    return f"{api.fresh_text()}@example.com" if "@" in value else api.fresh_uuid()


def kept(api: Api, listing: List, on: Ground, sent: Mapping[str, str]) -> list[Any]:
    """The items that these filters together keep."""
    return whole(api, listing, Query(filters={name: [value] for name, value in sent.items()}), on.base)
