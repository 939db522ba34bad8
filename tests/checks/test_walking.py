"""How a walk goes on, in every style of list."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from conformance.checks._paging import FEW, sample, size_of
from conformance.contract.facets.list import List, Number, Size
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.engine import walking
from conformance.engine.outcome import Inconclusive, Mismatch
from conformance.engine.shared import Shared
from conformance.engine.walking import BELIEVED, LIMIT, Page, Query, following, largest, number_of, walk

if TYPE_CHECKING:
    from conformance.engine.api import Api

NUMBER, SIZE = Place.parse("$request.query.page"), Place.parse("$request.query.size")


def page(count: int, *, total: int | None = None, body: Any = None, headers: dict[str, str] | None = None) -> Page:
    items = tuple({"id": str(index)} for index in range(count))
    reply = Reply(200, headers or {}, json.dumps(body).encode())
    return Page(items, tuple(item["id"] for item in items), total, None, reply)


def asked(number: int, size: int) -> Request:
    return SIZE.put(NUMBER.put(Request("list"), number), size)


def numbered(style: str = "page", first: int = 0) -> List:
    number = Number(place=NUMBER, first=first)
    return List(resource="thing", style=style, number=number, size=Size(place=SIZE, default=10))


def sent(request: Request | None, place: Place = NUMBER) -> Any:
    return None if request is None else place.sent(request)


def test_a_full_page_is_followed_by_the_next_number() -> None:
    assert sent(following(numbered(), asked(4, 2), page(2))) == "5"


def test_an_offset_moves_by_the_items_seen() -> None:
    assert sent(following(numbered("offset"), asked(6, 3), page(3))) == "9"


def test_a_short_page_is_the_last() -> None:
    assert following(numbered(), asked(4, 2), page(1)) is None


def test_a_short_page_is_not_the_last_when_the_total_says_more() -> None:
    assert sent(following(numbered(first=1), asked(1, 10), page(5, total=12))) == "2"
    assert following(numbered(first=1), asked(2, 10), page(5, total=12)) is None


def test_an_empty_page_is_the_last_whatever_the_total_says() -> None:
    assert following(numbered(), asked(4, 2), page(0, total=99)) is None


def test_without_a_size_the_default_tells_a_short_page() -> None:
    request = NUMBER.put(Request("list"), 0)
    assert sent(following(numbered(), request, page(10))) == "1"
    assert following(numbered(), request, page(9)) is None


@pytest.mark.parametrize(("more", "goes_on"), [(True, True), (False, False), (None, False)])
def test_a_flag_decides_where_there_is_one(more: bool | None, goes_on: bool) -> None:
    listing = numbered().model_copy(update={"more": Place.parse("$response.body#/more")})
    assert (following(listing, asked(0, 5), page(3, body={"more": more})) is not None) is goes_on


@pytest.mark.parametrize(("token", "goes_on"), [("c2", "c2"), (None, None), ("", None)])
def test_a_cursor_is_sent_on_in_the_body(token: str | None, goes_on: str | None) -> None:
    cursor = Place.parse("$request.body#/cursor")
    listing = List(resource="thing", style="cursor", cursor=cursor, next=Place.parse("$response.body#/next"))
    request = Request("list", body={"cursor": "c1", "limit": 2})
    onward = following(listing, request, page(2, body={"next": token}))
    assert sent(onward, cursor) == goes_on
    assert onward is None or onward.body["limit"] == 2


def test_a_link_header_is_followed_by_its_relation_next() -> None:
    listing = List(resource="thing", style="link", next=Place.parse("$response.header.Link"))
    link = '<https://x.example/l?p=1>; rel="prev", <https://x.example/l?p=3&q=a%20b>; rel="next"'
    onward = following(listing, Request("list"), page(1, headers={"link": link}))
    assert onward is not None
    assert onward.query == (("p", "3"), ("q", "a b"))
    last = '<https://x.example/l?p=1>; rel="prev"'
    assert following(listing, Request("list"), page(1, headers={"link": last})) is None


def test_a_link_is_followed_with_its_blank_values() -> None:
    listing = List(resource="thing", style="link", next=Place.parse("$response.header.Link"))
    onward = following(listing, Request("list"), page(1, headers={"link": '</l?filter=&p=2>; rel="next"'}))
    assert onward is not None
    assert onward.query == (("filter", ""), ("p", "2"))


def test_a_link_that_is_no_url_is_the_servers_mismatch() -> None:
    listing = List(resource="thing", style="link", next=Place.parse("$response.header.Link"))
    shown = page(1, headers={"link": '<https://[fe80::1/l?p=2>; rel="next"'})
    with pytest.raises(Mismatch, match="expected a URL"):
        following(listing, Request("list"), shown)


def test_a_list_without_pages_has_one() -> None:
    assert following(List(resource="thing", style="whole"), Request("list"), page(7)) is None


def test_numbers_count_pages_or_items() -> None:
    assert number_of(numbered(first=1), 3, 20) == 4
    assert number_of(numbered("offset"), 3, 20) == 60


@pytest.mark.parametrize("count", [1, 2, FEW, FEW + 1, 1000])
def test_a_sample_holds_both_ends_and_nothing_twice(count: int) -> None:
    indexes = sample(count)
    assert {0, count - 1} <= set(indexes) <= set(range(count))
    assert len(indexes) == len(set(indexes)) <= FEW


def test_sizes_stay_within_the_bounds() -> None:
    listing = numbered().model_copy(update={"size": Size(place=SIZE, default=25, max=100)})
    api = cast("Api", Capped())
    assert size_of(api, listing, "total-plus-one", 100) == 100
    assert size_of(api, listing, "total-less-one", 1) == 1
    assert size_of(api, listing, "largest", 7) == 100


@dataclass
class Capped:
    """Stands in for the way to a server of ``length`` items that gives ``most`` a page, or refuses to give more."""

    length: int = 1000
    most: int = 1000
    refuses: bool = False
    asked: list[int] = field(default_factory=list)
    session: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(shared=Shared()))

    def send(self, request: Request) -> Reply:
        """A page, or a refusal."""
        size = int(sent(request, SIZE))
        self.asked.append(size)
        if self.refuses and size > self.most:
            return Reply(400, {}, b"")
        return Reply(200, {}, json.dumps([{"id": str(n)} for n in range(min(self.length, self.most, size))]).encode())

    def succeeded(self, reply: Reply) -> bool:
        """Whether it was no refusal."""
        return reply.status == 200

    def expect_success(self, reply: Reply) -> Any:
        """The body."""
        return reply.json


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        (Capped(), 500),
        (Capped(most=100), 100),
        (Capped(most=100, refuses=True), 10),
        (Capped(length=40), 40),
        (Capped(length=3), 10),
    ],
)
def test_a_wide_page_is_asked_for_once_and_shows_what_a_page_holds(
    server: Capped, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "build", lambda _, subject: Request(subject))
    wide = Size(place=SIZE, default=10, wide=500)
    listing = numbered().model_copy(update={"size": wide, "items": ""})
    api = cast("Api", server)
    assert [largest(api, listing), largest(api, listing)] == [expected, expected]
    assert size_of(api, listing, "total", 400) == min(expected, 400)
    assert server.asked == [500]


@pytest.mark.parametrize(("size", "expected"), [({"max": 40, "wide": 500}, 40), ({"default": 10}, 10), ({}, None)])
def test_a_size_that_is_written_is_not_tried(size: dict[str, int], expected: int | None) -> None:
    server = Capped()
    listing = numbered().model_copy(update={"size": Size.model_validate({"place": SIZE, **size})})
    assert largest(cast("Api", server), listing) == expected
    assert server.asked == []


@dataclass
class Endless:
    """Stands in for the way to a server whose list tells ``total`` items and has ``last`` pages of ``size``."""

    total: int | None
    last: int
    size: int = 2
    sent: int = 0
    session: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(shared=Shared()))

    def send(self, request: Request) -> Reply:
        """The next page."""
        self.sent += 1
        items = [{"id": f"{self.sent}-{index}"} for index in range(self.size if self.sent <= self.last else 0)]
        return Reply(200, {}, json.dumps({"items": items, "total": self.total}).encode())

    def expect_success(self, reply: Reply) -> Any:
        """The body."""
        return reply.json

    def read(self) -> str:
        """Why the list could not be read to its end, empty when it could."""
        listing = numbered().model_copy(update={"items": "/items", "total": Place.parse("$response.body#/total")})
        try:
            list(walk(cast("Api", self), listing, Query(size=self.size), Request("list")))
        except Inconclusive as given_up:
            return str(given_up)
        return ""


@pytest.mark.parametrize(
    ("total", "last", "sent", "says"),
    [
        (2 * LIMIT - 2, LIMIT - 1, LIMIT, None),
        (2 * LIMIT + 2, 1000, BELIEVED, f"the list has {2 * LIMIT + 2} items"),
        (2 * LIMIT + 2, 3, 4, None),
        (None, 1000, LIMIT, "did not end"),
    ],
)
def test_a_list_that_says_that_it_is_too_long_is_not_read_to_the_limit(
    total: int | None, last: int, sent: int, says: str | None
) -> None:
    server = Endless(total, last)
    reason = server.read()
    assert says in reason if says else not reason
    assert server.sent == sent


def test_a_list_that_was_too_long_is_not_read_in_smaller_pages() -> None:
    server = Endless(None, 10_000, size=10)
    assert "did not end" in server.read()
    for size, sent in ((10, 0), (1, 0), (11, LIMIT)):
        server.size, server.sent = size, 0
        assert server.read()
        assert server.sent == sent


@dataclass
class Stuck(Endless):
    """Stands in for the way to a server that shows its page ``last`` again for every one after it."""

    def send(self, request: Request) -> Reply:
        """The next page, or the last one."""
        self.sent += 1
        number = min(self.sent, self.last)
        items = [{"id": f"{number}-{index}"} for index in range(self.size)]
        return Reply(200, {}, json.dumps({"items": items, "total": self.total}).encode())


def test_the_last_page_again_is_past_the_end() -> None:
    server = Stuck(total=6, last=3)
    assert server.read() == ""
    assert server.sent == 4


@pytest.mark.parametrize("total", [None, 8])
def test_a_page_again_before_the_end_is_none(total: int | None) -> None:
    with pytest.raises(Mismatch, match="other items on the next page"):
        Stuck(total=total, last=3).read()
