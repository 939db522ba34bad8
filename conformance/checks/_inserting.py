"""Walks during which an item is made."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conformance.contract.facets.list import List, Members
from conformance.contract.identity import id_text
from conformance.contract.pointer import get
from conformance.engine.api import Api
from conformance.engine.making import Context, Made
from conformance.engine.ordering import instant
from conformance.engine.populations import alone, member, populate
from conformance.engine.walking import Criterion, Query, walk


def created_key(listing: List) -> str | None:
    """The sort key that is the moment of creation."""
    keys = listing.sort.keys if listing.sort else {}
    return next((name for name, key in keys.items() if key.moment == "create"), None)


@dataclass(frozen=True)
class Walked:
    """The ids ``seen`` by a walk in which an item is ``created`` after the first page, and those there ``before``.

    ``later`` says that no other item shows the moment of the new one, or a later one.
    """

    seen: tuple[str, ...]
    before: tuple[str, ...]
    created: str
    later: bool


def walk_with_an_insert(api: Api, listing: List, direction: str, pause: float = 0.0) -> Walked:
    """Walk a new population of five by the moment of creation; add an item after the first page, and ``pause``."""
    assert listing.population is not None
    context: Context = {}
    on = alone(api, listing, populate(api, listing, (Members(times=5),), context))
    before = tuple(one for ids in on.ids.values() for one in ids)
    key = created_key(listing) or ""
    query = Query(size=2, sort=(Criterion(key, direction),))
    items: list[Any] = []
    created: Made | None = None
    for page in walk(api, listing, query, on.base, limit=len(before) + 2):
        items += page.items
        if created is None:
            created = member(api, listing, context, Members())
            time.sleep(pause)
    assert created is not None
    seen = list(map(listing.id_of, items))
    at = listing.sort.keys[key].at if listing.sort else None
    moments = dict(zip(seen, (_moment(item, at) for item in items), strict=True))
    own = id_text(created.id)
    new = moments.pop(own, None) or _moment(created.body, at)
    return Walked(tuple(seen), before, own, not any(new and one and one >= new for one in moments.values()))


def _moment(item: Any, at: str | None) -> datetime | None:
    """The moment that ``item`` shows, if any."""
    return None if at is None else instant(str(get(item, at)))
