"""Pages of a list, fetched and walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

from conformance.contract.facets.list import Filter, List
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.engine.api import Api
from conformance.engine.links import linked, parts_of
from conformance.engine.making import build
from conformance.engine.outcome import Inconclusive, Mismatch

PAST = frozenset({400, 404, 410, 416, 422})
"""Statuses with which a page past the end is refused where it is."""

LIMIT = 400
"""Pages of one list that are read before the case is left INCONCLUSIVE."""

BELIEVED = 20
"""Pages after which a total is believed by which the list does not end within the limit."""


@dataclass(frozen=True)
class Criterion:
    """One sort criterion; no direction leaves the server's default."""

    key: str
    direction: str | None = None


@dataclass(frozen=True)
class Query:
    """What one page is asked for: ``None`` leaves a parameter out; ``filters`` maps filter names to values sent."""

    number: int | None = None
    size: int | None = None
    sort: tuple[Criterion, ...] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page as the server answered it; ``total`` and ``pages`` are ``None`` where the list tells none."""

    items: tuple[Any, ...]
    ids: tuple[str, ...]
    total: int | None
    pages: int | None
    reply: Reply


def page_request(api: Api, listing: List, query: Query, base: Request | None = None) -> Request:
    """The request for one page; ``base`` is a request to start from (a scope), else the smallest valid one."""
    request = base or build(api, listing.subject)
    if query.number is not None and listing.number:
        request = listing.number.place.put(request, query.number)
    if query.size is not None and listing.size:
        request = listing.size.place.put(request, query.size)
    if query.sort and listing.sort:
        spelled = [spell(listing, criterion) for criterion in query.sort]
        in_body = listing.sort.place.part == "body" and not listing.sort.several
        request = listing.sort.place.put(request, spelled[0] if in_body else spelled)
    for place, texts in _spelled(listing, query.filters).items():
        takers = [one for one in listing.filters.values() if one.place == place]
        request = place.put(request, sendable(takers[0], texts))
    return request


def sendable(one: Filter, values: Sequence[Any]) -> Any:
    """What a filter is sent: in a body a list where it takes any of several, else a single value as it is."""
    always = one.place.part == "body" and one.match == "any"
    return list(values) if always or len(values) > 1 else values[0]


def _spelled(listing: List, filters: Mapping[str, Sequence[str]]) -> dict[Place, list[Any]]:
    """What is sent at each place: filters that share one are joined there."""
    found: dict[Place, list[Any]] = {}
    for name, values in filters.items():
        one = listing.filters[name]
        found.setdefault(one.place, []).extend(one.spelled(value) for value in values)
    if listing.joined is None:
        return found
    return {place: [listing.joined.join(texts)] for place, texts in found.items()}


def spell(listing: List, criterion: Criterion) -> str:
    """A criterion in the list's own syntax; without a direction it is the bare key."""
    assert listing.sort is not None
    if criterion.direction is None:
        return criterion.key
    direction = listing.sort.directions[criterion.direction == "desc"]
    return listing.sort.syntax.format(key=criterion.key, direction=direction)


def number_of(listing: List, index: int, size: int) -> int:
    """The number that asks for the page with ``index`` (counted from zero) at this size."""
    assert listing.number is not None
    return listing.number.first + index * (size if listing.style == "offset" else 1)


def fetch(api: Api, listing: List, query: Query, base: Request | None = None) -> Page:
    """One page; ``Mismatch`` when the server answers none."""
    return page_of(api, listing, api.send(page_request(api, listing, query, base)))


def counted_by(api: Api, listing: List, query: Query, base: Request) -> Any:
    """What the operation that counts the list answers for the filters of ``query`` and ``base``."""
    assert listing.count is not None
    request = replace(page_request(api, listing, query, base), operation=listing.count.operation)
    reply = api.send(request)
    api.expect_success(reply)
    return listing.count.at.seen(reply)


def page_of(api: Api, listing: List, reply: Reply) -> Page:
    """The page that ``reply`` holds; ``Mismatch`` when it holds none."""
    body = api.expect_success(reply)
    items = get(body, listing.items)
    if not isinstance(items, list):
        raise Mismatch(
            f"a list of items at {listing.items or 'the top'}", reply.content[:160].decode("utf-8", "replace")
        )
    return Page(
        tuple(items),
        tuple(listing.id_of(item) for item in items),
        _count(listing.total, reply),
        _count(listing.pages, reply),
        reply,
    )


def _count(place: Place | None, reply: Reply) -> int | None:
    """The number at ``place``; a header shows it as text."""
    seen = place.seen(reply) if place else ABSENT
    if isinstance(seen, str) and seen.isdecimal():
        return int(seen)
    return seen if isinstance(seen, int) and not isinstance(seen, bool) else None


def walk(api: Api, listing: List, query: Query, base: Request | None = None, *, limit: int = LIMIT) -> Iterator[Page]:
    """Every page from the first to the last, in the list's own style; ``Inconclusive`` after ``limit`` pages.

    A list that is known not to end within them is not read so far: by the total that it tells, believed after
    ``BELIEVED`` pages, or by what it had when it was read in larger ones.
    A page that is refused, or the one before again, ends the walk where it may be past the end: what that one is, is
    the server's own choice.
    """
    if query.number is None and listing.number:
        query = replace(query, number=listing.number.first)
    base = base or build(api, listing.subject)
    first = page_request(api, listing, query, base)
    request: Request | None = first
    size = _sent_size(listing, first)
    length = f"items of {page_request(api, listing, Query(filters=query.filters), base)}"
    if size is not None and (api.session.shared.find(length) or 0) >= limit * size:
        raise Inconclusive(f"the list does not end within {limit} pages of {size}")
    page, seen = None, 0
    for pages in range(limit):
        if request is None:
            return
        if page is not None and page.total and pages == BELIEVED and page.total > limit * seen / pages:
            raise Inconclusive(f"the list has {page.total} items, more than {limit} pages have")
        reply = api.send(request)
        if page is not None and _is_past_the_end(listing, page, seen, reply):
            return
        shown = page_of(api, listing, reply)
        if page is not None and shown.ids and shown.ids == page.ids:
            if page.total is not None and seen >= page.total:
                return
            raise Mismatch("other items on the next page", f"the same {len(shown.ids)} again")
        page, seen = shown, seen + len(shown.items)
        yield page
        request = following(listing, request, page)
    if request is None:
        return
    api.session.shared.put(length, max(seen, api.session.shared.find(length) or 0))
    raise Inconclusive(f"the list did not end within {limit} pages")


def _is_past_the_end(listing: List, last: Page, seen: int, reply: Reply) -> bool:
    """Whether a page is refused that nobody can know not to be there: by number, a full page may be the last one."""
    by_number = listing.number is not None and listing.next is None and listing.more is None
    return by_number and reply.status in PAST and (last.total is None or seen >= last.total)


def following(listing: List, request: Request, page: Page) -> Request | None:
    """The request for the page after ``page``, which answered ``request``; ``None`` when it was the last."""
    if listing.more and not listing.more.seen(page.reply):
        return None
    return _onward(listing, request, page) if listing.next else _by_number(listing, request, page)


def _onward(listing: List, request: Request, page: Page) -> Request | None:
    assert listing.next is not None
    token = listing.next.seen(page.reply)
    if listing.style == "link":
        url = parts_of(_next_url(listing.next, token))
        onward = replace(
            request, query=tuple(parse_qsl(url.query, keep_blank_values=True)), led_to=url.path or request.led_to
        )
        return onward if url.path or url.query else None
    return listing.cursor.put(request, token) if listing.cursor and token not in (ABSENT, None, "") else None


def _by_number(listing: List, request: Request, page: Page) -> Request | None:
    """A short page is the last one, unless the total says that more follow, or it was asked to be a wide one."""
    if listing.number is None or not page.items:
        return None
    number, size = int(listing.number.place.sent(request)), _sent_size(listing, request)
    by_item = listing.style == "offset"
    is_wide = listing.size is not None and listing.size.wide and size is not None and size > (listing.size.default or 0)
    if size is not None and len(page.items) < size and not listing.more and not is_wide:
        reached = (number - listing.number.first) * (1 if by_item else size) + len(page.items)
        if page.total is None or reached >= page.total:
            return None
    return listing.number.place.put(request, number + (len(page.items) if by_item else 1))


def _next_url(place: Place, seen: Any) -> str:
    if not isinstance(seen, str):
        return ""
    if place.part == "header" and place.name.lower() == "link":
        return linked(seen, "next") or ""
    return seen


def _sent_size(listing: List, request: Request) -> int | None:
    if listing.size is None:
        return None
    sent = listing.size.place.sent(request)
    return listing.size.default if sent is ABSENT else int(sent)


def largest(api: Api, listing: List) -> int | None:
    """The size of the largest page that the list gives: what is written, else what it made of a ``wide`` one.

    A size that nobody bounds in writing may be bounded all the same, by a refusal or by a page that has fewer items.
    """
    if listing.size is None or listing.size.max or not listing.size.wide:
        return (listing.size.max or listing.size.default) if listing.size else None
    name = f"largest page of {listing.subject}"
    if api.session.shared.find(name) is None:
        reply = api.send(page_request(api, listing, Query(size=listing.size.wide)))
        shown = len(page_of(api, listing, reply).items) if api.succeeded(reply) else 0
        api.session.shared.put(name, max(shown, listing.size.default or 1))
    return int(api.session.shared.find(name))


def whole(api: Api, listing: List, query: Query | None = None, base: Request | None = None) -> list[Any]:
    """Every item of the list, read in the largest pages that it allows."""
    query = query or Query()
    if listing.style == "whole":
        return list(fetch(api, listing, query, base).items)
    wide = replace(query, number=None, size=largest(api, listing))
    return [item for page in walk(api, listing, wide, base) for item in page.items]


def value_of(item: Any, pointer: str) -> Any:
    """What ``item`` shows at ``pointer``, ``None`` when it shows nothing there."""
    found = get(item, pointer)
    return None if found is ABSENT else found
