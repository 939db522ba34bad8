"""A list that shows a moment later what was made is excused by every case that looks at it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.engine import listing
from conformance.results import CaseLine

FIND = "findProcessItems"


class Late:
    """The list of process items shows each of them so many ``seconds`` after it was made."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.made: dict[str, float] = {}

    def answered(self, wire: Wire, reply: Reply) -> Reply:
        if wire.method == "POST" and wire.url.endswith("/process-items") and reply.status == 201:
            self.made[reply.json["id"]] = time.monotonic()
        return reply

    def bend(self, server: Any) -> None:
        honest = server.rules.lists.select

        def select(server: Any, operation: str, *rest: Any) -> Sequence[Any]:
            found = honest(server, operation, *rest)
            return [row for row in found if operation != FIND or self._is_shown(row)]

        server.rules.lists.select = select

    def _is_shown(self, row: Any) -> bool:
        return time.monotonic() - self.made.get(str(row.id), 0.0) >= self.seconds


def judged_from_afar(path: str, bend: Callable[[Any], None], **bent: Any) -> CaseLine:
    """What a case says of a server that no control in this process moves."""
    honest = subject("kuflow", path, bend)
    target = honest.target.model_copy(update={"controls": {}})
    return judged(replace(honest, target=target, controls={}), **bent)


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
    late = Late(0.05)
    line = judged_from_afar(path, late.bend, answered=late.answered)
    assert line.verdict == "PASS", line.reason


def without_the_first(server: Any) -> None:
    honest = server.rules.lists.select
    server.rules.lists.select = lambda server, operation, *rest: honest(server, operation, *rest)[operation == FIND :]


@pytest.mark.parametrize("path", [f"{FIND}/pagination/union", "process/model/lives-as-promised"])
def test_what_never_comes_is_missed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LAG", 0.1)
    assert judged_from_afar(path, without_the_first).verdict == "FAIL"
