"""A list that shows a moment later what was made is excused by every case that looks at it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.engine import listing
from conformance.results import CaseLine

FIND = "findProcessItems"


def late(seconds: float) -> Callable[[Any], None]:
    """The list of process items shows each of them so long after it was first there."""

    def bend(server: Any) -> None:
        honest, first_seen = server.rules.lists.select, {}

        def select(server: Any, operation: str, of: Any, rows: Sequence[Any], wanted: Any) -> Sequence[Any]:
            now, found = time.monotonic(), honest(server, operation, of, rows, wanted)
            if operation != FIND:
                return found
            return [row for row in found if now - first_seen.setdefault(row.id, now) >= seconds]

        server.rules.lists.select = select

    return bend


def judged_from_afar(path: str, bend: Callable[[Any], None]) -> CaseLine:
    """What a case says of a server that no control in this process moves."""
    bent = subject("kuflow", path, bend)
    return judged(replace(bent, target=bent.target.model_copy(update={"controls": {}}), controls={}))


@pytest.mark.parametrize(
    "path",
    [
        f"{FIND}/pagination/union",
        f"{FIND}/pagination/total",
        f"{FIND}/pagination/page-count",
        f"{FIND}/pagination/default-size",
        f"{FIND}/pagination/insert-at-the-end",
        f"{FIND}/filtering/keeps/processId",
        f"{FIND}/filtering/keeps/taskState",
        f"{FIND}/sorting/order/cancelledAt-asc",
        f"{FIND}/sorting/order/createdAt-desc",
        "api/scenario/page-through-the-population/counted",
        "api/scenario/retry-after-a-lost-response/single",
    ],
)
def test_what_is_late_is_no_alarm(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LAG", 0.1)
    monkeypatch.setattr(listing, "PAUSE", 0.02)
    line = judged_from_afar(path, late(0.05))
    assert line.verdict == "PASS", line.reason


def without_the_first(server: Any) -> None:
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, operation, *rest: honest(server, operation, *rest)[operation == FIND :]


@pytest.mark.parametrize("path", [f"{FIND}/pagination/union", "process/model/lives-as-promised"])
def test_what_never_comes_is_missed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LAG", 0.1)
    assert judged_from_afar(path, without_the_first).verdict == "FAIL"
