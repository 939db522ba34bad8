"""Moments are put in order as moments, however a server prints them, and a list is given time to show its items."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.contract.message import Reply, Request
from conformance.contract.vendor import Vendor, find
from conformance.engine import listing
from conformance.engine.making import Made
from conformance.engine.outcome import Mismatch
from conformance.engine.shared import Shared
from conformance.engine.walking import Page
from conformance.model.rule import Step
from conformance.model.rules import lists
from conformance.model.world import Entity, Family, World

WITHOUT_ZEROS = ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00.01Z", "2026-03-02T09:00:00.011Z")


def listed(monkeypatch: pytest.MonkeyPatch, moments: tuple[str, ...], direction: str, late: int = 0) -> str:
    """What the rule says of a list by the moment of creation that shows ``late`` times none of its items at first."""
    vendor = Vendor.load(find("kuflow"))
    resources = vendor.semantics.resources
    world = World(Family.of(vendor, resources["process"]))
    world.add(Entity(1, Made(resources["process"], "parent", None, Request("createProcess"))))
    items = tuple({"id": str(number), "createdAt": moment} for number, moment in enumerate(moments))
    for number, item in enumerate(items, 2):
        made = Made(resources["process-item"], item["id"], item, Request("createProcessItem"))
        world.add(Entity(number, made, parent=1))
    page = Page(items, tuple(item["id"] for item in items), None, None, Reply(200, {}, b""))
    walks = [Page((), (), None, None, page.reply)] * late + [page]
    monkeypatch.setattr(lists, "below", lambda *_: Request("findProcessItems"))
    monkeypatch.setattr(lists, "walk", lambda *_: iter([walks.pop(0) if walks[1:] else page]))
    monkeypatch.setattr(listing, "LAG", 0.0)
    api = cast("Any", SimpleNamespace(session=SimpleNamespace(shared=Shared(), in_process_controls={})))
    step = Step("list", "process-item", 1, (None, None, ("createdAt", direction)))
    return lists.Lists(world.family).play(api, world, step)


def test_moments_without_trailing_zeros_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(monkeypatch, WITHOUT_ZEROS, "asc") == "3 items"
    assert listed(monkeypatch, WITHOUT_ZEROS[::-1], "desc") == "3 items"


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_moments_in_another_order_are_not(monkeypatch: pytest.MonkeyPatch, direction: str) -> None:
    wrong = WITHOUT_ZEROS if direction == "desc" else WITHOUT_ZEROS[::-1]
    with pytest.raises(Mismatch, match=f"items by createdAt {direction}"):
        listed(monkeypatch, wrong, direction)


def test_a_list_that_is_behind_shows_its_items_in_time_or_never(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(monkeypatch, WITHOUT_ZEROS, "asc", late=1) == "3 items"
    with pytest.raises(Mismatch, match="once in the list; got 0 times"):
        listed(monkeypatch, WITHOUT_ZEROS, "asc", late=2)
