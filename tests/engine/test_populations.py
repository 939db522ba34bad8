"""The whole of a list that stands still is read once, and read again when it turns out to have moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from conformance.contract.facets.list import List
from conformance.contract.message import Request
from conformance.engine import populations
from conformance.engine.api import Api
from conformance.engine.opening import opened
from conformance.engine.outcome import Inconclusive, Mismatch
from conformance.engine.populations import Ground, unmoved

A, B = {"id": "a"}, {"id": "b"}
STILL, MOVING = "findPrincipals", "findProcesses"


@pytest.fixture
def api(tapped: Callable[..., Any]) -> Iterator[Api]:
    subject, transport = tapped()
    session = opened(subject.vendor, subject.target, 9, transport=transport, controls=subject.controls)[0]
    yield Api(session, "kuflow/tests/one")
    transport.close()


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Any]]:
    """What the walks to come show; each takes one away."""
    left: list[Sequence[Any]] = []
    monkeypatch.setattr(populations, "whole", lambda *_, **__: list(left.pop(0)))
    return left


def _list(api: Api, operation: str) -> tuple[List, Ground]:
    listing = api.vendor.semantics.operations[operation].facets["list"]
    assert isinstance(listing, List)
    return listing, Ground(Request(operation))


@pytest.mark.parametrize(("operation", "left"), [(STILL, 1), (MOVING, 0)])
def test_a_list_is_read_once_for_all_cases_unless_others_move_it(
    api: Api, walks: list[Sequence[Any]], operation: str, left: int
) -> None:
    walks += [[A], [A]]
    for _ in range(2):
        with unmoved(api, *_list(api, operation)) as items:
            assert items == [A]
    assert len(walks) == left


def test_a_mismatch_on_a_list_that_has_moved_says_nothing_and_the_next_case_reads_it_again(
    api: Api, walks: list[Sequence[Any]]
) -> None:
    walks += [[A], [A, B], [A, B], [A, B]]
    with pytest.raises(Inconclusive, match="the list changed"), unmoved(api, *_list(api, STILL)):
        raise Mismatch("one", "two")
    with unmoved(api, *_list(api, STILL)) as items:
        assert items == [A, B]
    with pytest.raises(Mismatch, match="one"), unmoved(api, *_list(api, STILL)):
        raise Mismatch("one", "two")
    assert walks == []
