"""What a list shows counts once it stands still: others may have moved it under the walk."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.contract.message import Request
from conformance.contract.vendor import Vendor
from conformance.engine import listing
from conformance.engine.api import Api
from conformance.engine.listing import WALKS, expect_once
from conformance.engine.making import Made
from conformance.engine.outcome import Mismatch, Moved
from conformance.engine.shared import Shared

A, B, MINE = ({"id": name} for name in ("a", "b", "mine"))
REPEATED = Mismatch("other items on the next page", "the same 20 again")


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch, kuflow: Vendor) -> Callable[..., int]:
    """How often a list is walked until it is told whether it holds something once; walks are items or mismatches."""
    shared = Shared()

    def walk(*walks: Any) -> int:
        left = list(walks)

        def whole(*_: Any, **__: Any) -> list[Any]:
            found = left.pop(0)
            if isinstance(found, Mismatch):
                raise found
            return list(found)

        monkeypatch.setattr(listing, "whole", whole)
        monkeypatch.setattr(listing, "LAG", 0.0)
        api = cast(
            "Api", SimpleNamespace(vendor=kuflow, session=SimpleNamespace(shared=shared, in_process_controls={}))
        )
        expect_once(api, Made(kuflow.semantics.resources["process"], "mine", None, Request("createProcess")))
        return len(walks) - len(left)

    return walk


def test_a_list_that_shows_it_once_is_walked_once(walked: Callable[..., int]) -> None:
    assert walked([A, MINE], [B]) == 1


@pytest.mark.parametrize("first", [[A], [MINE, A, MINE], REPEATED])
def test_a_list_that_shows_it_later_was_moved(walked: Callable[..., int], first: Any) -> None:
    assert walked(first, [A, B, MINE]) == 2


@pytest.mark.parametrize("items", [[], [A], [MINE, MINE]])
def test_a_list_that_stands_still_without_it_is_wrong(walked: Callable[..., int], items: list[Any]) -> None:
    with pytest.raises(Mismatch, match=f"process mine once in findProcesses; got {items.count(MINE)} times"):
        walked([B], items, items, items)


def test_a_list_that_is_behind_is_waited_for_until_that_was_in_vain(walked: Callable[..., int]) -> None:
    assert [walked([A], [A], [A, MINE]) for _ in range(2)] == [3, 3]
    with pytest.raises(Mismatch):
        walked([A], [A], [A])
    with pytest.raises(Mismatch):
        walked([A], [A])


def test_another_order_is_no_other_list(walked: Callable[..., int]) -> None:
    with pytest.raises(Mismatch):
        walked([A, B], [B, A], [A, B])


def test_a_walk_that_fails_twice_in_one_way_is_wrong(walked: Callable[..., int]) -> None:
    with pytest.raises(Mismatch, match="other items on the next page"):
        walked(REPEATED, REPEATED, REPEATED)


def test_a_list_that_never_stands_still_tells_nothing(walked: Callable[..., int]) -> None:
    with pytest.raises(Moved):
        walked(*([{"id": str(number)}] for number in range(WALKS)))
