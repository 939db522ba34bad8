"""Waiting: for real, and on the server's clock where a control moves it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.engine import waiting
from conformance.engine.api import Api
from conformance.engine.waiting import attempts


def told(monkeypatch: pytest.MonkeyPatch, *, control: bool) -> tuple[Api, list[float], list[float]]:
    slept: list[float] = []
    advanced: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    def advance(name: str, **arguments: Any) -> None:
        assert name == "advance_clock"
        advanced.append(arguments["seconds"])

    monkeypatch.setattr(waiting, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: now[0]))
    api = SimpleNamespace(has_control=lambda _: control, control=advance)
    return cast("Api", api), slept, advanced


def test_where_a_control_moves_the_clock_real_time_passes_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    api, slept, advanced = told(monkeypatch, control=True)
    assert list(attempts(api, 0.5, 3.5)) == list(range(1, 10))
    assert (slept, advanced) == ([0.05, 0.1, 0.2, 0.4, 0.8], [0.5, 1, 2])
    slept.clear()
    assert list(attempts(api, 0.5, 0.5, real=4)) == list(range(1, 11))
    assert slept == [0.05, 0.1, 0.2, 0.4, 0.8, 1, 1, 1]


def test_no_real_time_passes_for_what_the_moved_clock_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    api, slept, advanced = told(monkeypatch, control=True)
    assert next(number for number in attempts(api, 0.5, 60) if sum(advanced) > 10) == 6
    assert slept == []


def test_real_time_passes_where_none_does(monkeypatch: pytest.MonkeyPatch) -> None:
    api, slept, advanced = told(monkeypatch, control=False)
    assert list(attempts(api, 1, 7)) == [1, 2, 3, 4]
    assert (slept, advanced) == ([1, 2, 4], [])


def test_pauses_count_where_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    api, slept, advanced = told(monkeypatch, control=False)
    assert list(attempts(api, 1, 7, waits=False)) == [1, 2, 3, 4]
    assert (slept, advanced) == ([], [])
