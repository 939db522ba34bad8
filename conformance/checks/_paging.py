"""Which pages of a list to read, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.contract.facets.list import List
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import Phase
from conformance.engine.walking import Criterion, largest

FEW = 9
"""A list of up to so many pages is walked from end to end; of a longer one the ends and the middle are read."""
SIZES = ("one", "two", "three", "seven", "default", "total-less-one", "total", "total-plus-one", "largest")


def quiet_if_moving(listing: List) -> Phase:
    """Lists that other cases change are examined when nothing else runs."""
    return "quiet" if listing.scope == "moving" else "middle"


def sizes(_: Vendor, listing: List) -> Iterable[str]:
    """The sizes to try, by name."""
    assert listing.size is not None
    given = {"default": listing.size.default, "largest": listing.size.max}
    return [name for name in SIZES if given.get(name, 1) is not None]


def size_of(api: Api, listing: List, name: str, total: int) -> int:
    """The number behind the name of a size, as far as the bounds allow it, written or not."""
    assert listing.size is not None
    most = largest(api, listing)
    numbers = {"one": 1, "two": 2, "three": 3, "seven": 7, "total": total}
    numbers |= {"total-less-one": total - 1, "total-plus-one": total + 1, "few-pages": max(3, -(-total // FEW))}
    numbers |= {"default": listing.size.default or 1, "largest": listing.size.max or 1}
    return max(1, min(numbers[name], most or numbers[name]))


def sample(count: int) -> list[int]:
    """The indexes of the pages to read of ``count``: all of a few, else the first two, the middle, the last two."""
    if count <= FEW:
        return list(range(count))
    return [0, 1, count // 2, count - 2, count - 1]


def steady(listing: List) -> tuple[Criterion, ...]:
    """Criteria that tell any two items apart as far as the list can: the id, else all keys that items show."""
    keys = {name: key.at for name, key in listing.sort.keys.items() if key.at} if listing.sort else {}
    by_id = [name for name, at in keys.items() if at == listing.id]
    names = by_id or (list(keys) if listing.sort and listing.sort.several else list(keys)[:1])
    return tuple(Criterion(name, "asc") for name in names)
