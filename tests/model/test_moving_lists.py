"""A list that others move while it is walked is no ground to accuse a server; one that stands still is."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.contract.message import Request
from conformance.contract.vendor import Vendor, find
from conformance.engine import listing
from conformance.engine.api import Api
from conformance.engine.making import Made
from conformance.engine.outcome import Mismatch
from conformance.model.rule import Step
from conformance.model.rules import lists
from conformance.model.world import Entity, Family, World

MINE = {"id": "mine"}
WHOLE_LIST = Step("list", "process")


def listed(monkeypatch: pytest.MonkeyPatch, *walks: list[dict[str, str]]) -> str:
    vendor = Vendor.load(find("kuflow"))
    process = vendor.semantics.resources["process"]
    world = World(Family.of(vendor, process))
    made = Made(process, "mine", dict(MINE), Request("createProcess"))
    world.add(Entity(1, made))
    left: Iterator[Any] = iter(walks)
    monkeypatch.setattr(listing, "whole", lambda *_, **__: next(left))
    api = cast("Api", SimpleNamespace(session=SimpleNamespace(in_process_controls={"reset": None})))
    return lists.Lists(world.family).play(api, world, WHOLE_LIST)


def test_one_that_shows_it_later_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(monkeypatch, [{"id": "a"}], [{"id": "b"}, MINE]) == "each of 1 once"


@pytest.mark.parametrize("items", [[{"id": "a"}], [MINE, MINE]])
def test_one_that_stands_still_and_shows_something_else_is_wrong(
    monkeypatch: pytest.MonkeyPatch, items: list[dict[str, str]]
) -> None:
    with pytest.raises(Mismatch, match="once in the list"):
        listed(monkeypatch, [{"id": "b"}], items, items)


def test_one_that_never_stands_still_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    walks = [[{"id": str(number)}] for number in range(listing.WALKS)]
    assert listed(monkeypatch, *walks) == "a list that others move"
