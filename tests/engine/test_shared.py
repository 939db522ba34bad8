"""What cases share is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from conformance.contract.facets.list import Members
from conformance.engine.outcome import Blocked
from conformance.engine.populations import in_turn, ranks
from conformance.engine.shared import Shared


def test_a_thing_is_made_once_even_when_many_ask_at_once() -> None:
    shared, made = Shared(), []
    with ThreadPoolExecutor(8) as pool:
        things = list(pool.map(lambda _: shared.once("thing", lambda: made.append(1) or object()), range(32)))
    assert len(made) == 1
    assert len(set(map(id, things))) == 1


def test_a_failure_to_make_it_is_everybodys_and_is_not_repeated() -> None:
    shared, tries = Shared(), []

    def fail() -> None:
        tries.append(1)
        raise Blocked("no ground")

    for _ in range(3):
        with pytest.raises(Blocked, match="no ground"):
            shared.once("thing", fail)
    assert tries == [1]


def test_one_making_may_need_another() -> None:
    shared = Shared()
    assert shared.once("outer", lambda: shared.once("inner", lambda: 1) + 1) == 2


def test_making_one_thing_keeps_nobody_from_another() -> None:
    shared, other = Shared(), Event()

    def wait() -> bool:
        return other.wait(20)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(shared.once, "slow", wait)
        pool.submit(shared.once, "quick", other.set)
        assert slow.result()


def test_ranks_follow_the_order_and_join_what_the_clock_does_not_tell_apart() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    moments = {name: noon + timedelta(seconds=after) for name, after in (("a", 0), ("b", 0.5), ("c", 1.5))}
    assert ranks(moments, timedelta(seconds=1)) == {"a": 0, "b": 0, "c": 1}
    assert ranks(moments, timedelta(milliseconds=1)) == {"a": 0, "b": 1, "c": 2}
    assert ranks({"a": None, "b": None, "c": noon}, timedelta(milliseconds=1)) == {"a": 0, "b": 0, "c": 0}


def test_members_come_in_turn_as_often_as_they_say() -> None:
    one, two = Members(times=3, state="A"), Members(times=1, state="B")
    assert [part.state for part in in_turn((one, two))] == ["A", "B", "A", "A"]
