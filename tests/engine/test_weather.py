"""Weather is not held against a server, and what fails without it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.engine.api import Api
from conformance.engine.making import build
from conformance.engine.once import made_once
from conformance.engine.outcome import Inconclusive, Mismatch, expect
from conformance.engine.plan import Case
from conformance.engine.run import PLAYS
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.base import Transport, TransportError
from conformance.transport.patience import PAUSES

Make = Callable[..., tuple[Subject, Any]]
REPLAY = "kuflow/createProcess/idempotency/replay-status"
WATCHED = "kuflow/createProcess/contract/every-exchange"


def creates(wire: Wire) -> bool:
    """Whether a request creates a process."""
    return wire.method == "POST" and wire.url.endswith("/processes")


@dataclass
class Stormy:
    """Answers each request ``about`` something whose number is in ``at``, or each one, with ``status``; 0 loses it."""

    inner: Transport
    status: int
    at: frozenset[int] | None
    about: Callable[[Wire], bool] = creates
    met: list[Wire] = field(default_factory=list)

    def send(self, wire: Wire) -> Reply:
        if self.about(wire):
            self.met.append(wire)
            if self.at is None or len(self.met) in self.at:
                if self.status == 0:
                    raise TransportError("reset", "the connection broke")
                return Reply(self.status, {"content-type": "text/plain"}, b"later")
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


def verdicts(subject: Subject, status: int, *at: int) -> dict[str, tuple[str, str | None]]:
    """How the cases end when these creates, or all when none is named, meet weather."""
    assert subject.transport is not None
    stormy = Stormy(subject.transport, status, frozenset(at) or None)
    lines = execute([replace(subject, transport=stormy)], Options(9))
    return {line.case: (line.verdict, line.blame) for line in lines if isinstance(line, CaseLine)}


@pytest.mark.parametrize("status", [0, 429, 502, 503, 504])
def test_what_ended_at_the_weather_counts_as_it_is_played_again(
    status: int, cases: dict[str, Case], tapped: Make
) -> None:
    crashes = "kuflow/createProcess/contract/no-server-error"
    subject, _ = tapped(cases[REPLAY], cases[WATCHED], cases[crashes])
    found = verdicts(subject, status, 1)
    assert found == {REPLAY: ("PASS", None), WATCHED: ("PASS", None), crashes: ("PASS", None)}


def test_what_went_on_after_the_weather_is_inconclusive(cases: dict[str, Case], tapped: Make) -> None:
    plays: list[Api] = []

    def goes_on(api: Api, *_: Any) -> None:
        plays.append(api)
        with suppress(Mismatch):
            api.send(build(api, "createProcess"))
        api.send(build(api, "findPrincipals"))
        expect(len(plays) > 1, "two", "one")

    case = cases[REPLAY]
    subject, _ = tapped(replace(case, check=replace(case.check, function=goes_on)))
    assert verdicts(subject, 0, 1)[REPLAY] == ("INCONCLUSIVE", "network")


def test_weather_in_a_second_play_gets_a_third(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[REPLAY])
    assert verdicts(subject, 503, 1, 2, 3)[REPLAY] == ("PASS", None)


@pytest.mark.parametrize(("looks", "verdict"), [(len(PAUSES), "PASS"), (len(PAUSES) + 9, "BLOCKED")])
def test_an_outage_is_waited_for_while_it_is_short(
    looks: int, verdict: str, cases: dict[str, Case], tapped: Make
) -> None:
    away = list(range(looks + 1))

    def lost(wire: Wire) -> bool:
        if (wire.method == "POST" or len(away) <= looks) and away:
            away.pop()
            return True
        return False

    subject, _ = tapped(cases[REPLAY], lost=lost)
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert line.verdict == verdict, line.reason


def test_what_was_never_there_is_looked_at_twice(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(cases[REPLAY], lost=lambda _: True)
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert (line.verdict, line.blame, len(transport.carried)) == ("BLOCKED", "network", 2)


@pytest.mark.parametrize(("met", "attempts", "requests"), [((), 1, 2), ((1,), 2, 3), ((1, 2, 3), 4, 5)])
def test_a_line_tells_its_plays_and_the_requests_of_them_all(
    met: tuple[int, ...], attempts: int, requests: int, cases: dict[str, Case], tapped: Make
) -> None:
    subject, _ = tapped(cases[REPLAY])
    assert subject.transport is not None
    stormy = Stormy(subject.transport, 503, frozenset(met))
    lines = execute([replace(subject, transport=stormy)], Options(9))
    (line,) = [line for line in lines if isinstance(line, CaseLine)]
    assert (line.verdict, line.attempts, line.requests, len(stormy.met)) == ("PASS", attempts, requests, requests)


def test_what_fails_in_fair_weather_too_is_the_servers(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[REPLAY], deviations=["replay-answers-201"])
    assert verdicts(subject, 503, 1)[REPLAY] == ("FAIL", "server")


@pytest.mark.parametrize("status", [0, 503])
def test_weather_that_comes_each_time_is_the_servers(status: int, cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases["kuflow/createProcess/idempotency/first-status"])
    assert verdicts(subject, status) == {"kuflow/createProcess/idempotency/first-status": ("FAIL", "server")}


def test_weather_at_another_request_of_an_operation_each_time_is_nobodys(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases["kuflow/createProcess/idempotency/replay-body"])
    found = verdicts(subject, 503, 1, 3, 5, 6)
    assert found == {"kuflow/createProcess/idempotency/replay-body": ("INCONCLUSIVE", "network")}


MADE_ONCE = {
    "kuflow/api/scenario/": "/processes",
    "kuflow/findProcessItems/sorting/": "/process-items",
    "kuflow/appendProcessItemTaskLog/log/full": "/append-log",
}


@pytest.mark.parametrize(("about", "path"), MADE_ONCE.items())
def test_what_several_cases_use_is_made_again_where_weather_kept_it_from_being_made(
    about: str, path: str, cases: dict[str, Case], tapped: Make
) -> None:
    sent: list[Wire] = []

    def lost(wire: Wire) -> bool:
        if wire.method == "POST" and wire.url.endswith(path):
            sent.append(wire)
            return len(sent) == 1
        return False

    subject, _ = tapped(*[case for name, case in cases.items() if name.startswith(about)], lost=lost)
    found = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert {(line.verdict, line.reason) for line in found} <= {("PASS", ""), ("OBSERVED", "")}
    assert len(sent) > 1


def test_what_is_made_again_has_keys_of_its_own(cases: dict[str, Case], tapped: Make) -> None:
    def make(way: Api) -> None:
        way.expect_success(way.send(build(way, "createProcess")))

    def shares(api: Api, *_: Any) -> None:
        made_once(api, "a process", make)

    others = (REPLAY, "kuflow/createProcess/idempotency/replay-body")
    subject, _ = tapped(*[replace(cases[name], check=replace(cases[name].check, function=shares)) for name in others])
    stormy = Stormy(subject.transport, 502, frozenset(range(1, PLAYS + 2)))
    lines = list(execute([replace(subject, transport=stormy)], Options(9)))
    found = [line.verdict for line in lines if isinstance(line, CaseLine)]
    keys = [json.loads(wire.content)["id"] for wire in stormy.met]
    assert found[-1] == "PASS"
    assert len(set(keys)) == len(keys) == PLAYS + 2


def test_what_cannot_be_played_twice_is_told_by_the_weather_it_met(cases: dict[str, Case], tapped: Make) -> None:
    plays: list[Api] = []

    def revoke(api: Api, *_: Any) -> None:
        plays.append(api)
        if len(plays) > 1:
            raise Inconclusive("it was revoked before")
        api.send(build(api, "createProcess"))

    case = cases[REPLAY]
    subject, _ = tapped(replace(case, check=replace(case.check, function=revoke)))
    assert verdicts(subject, 0, 1)[REPLAY] == ("INCONCLUSIVE", "network")
    assert len(plays) == 2


MODEL = "kuflow/process/model/lives-as-promised"


def every(turns: int) -> Callable[[Wire], bool]:
    """Whether a request is the last one of so many."""
    number = count(1)
    return lambda _: next(number) % turns == 0


def test_what_weather_cuts_short_in_a_model_is_drawn_anew(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[MODEL], lost=every(100))
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert line.verdict == "PASS", line.reason
    assert "lost its reply" in line.observed["weather"]


def test_a_model_is_contradicted_by_a_scenario_in_fair_weather(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[MODEL], lost=every(100), deviations=["cascade-forgets-saved-tasks"])
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert (line.verdict, line.blame) == ("FAIL", "server")
    assert len(line.scenario) <= 7
    assert "a reply" not in line.expected


def test_a_model_with_weather_in_every_scenario_says_nothing(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(cases[MODEL], lost=every(10), deviations=["cascade-forgets-saved-tasks"])
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert (line.verdict, line.blame, line.scenario) == ("INCONCLUSIVE", "network", ())
    assert len(transport.carried) < 3000


def test_what_weather_kept_from_a_verdict_is_played_again(cases: dict[str, Case], tapped: Make) -> None:
    def look(api: Api, *_: Any) -> None:
        try:
            api.send(build(api, "createProcess"))
        except Mismatch as lost:
            raise Inconclusive("nothing to look at") from lost

    case = cases[REPLAY]
    subject, _ = tapped(replace(case, check=replace(case.check, function=look)))
    assert verdicts(subject, 0, 1)[REPLAY] == ("PASS", None)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_fixture_that_weather_kept_from_being_seen_is_looked_at_again(
    turn: int, cases: dict[str, Case], tapped: Make
) -> None:
    subject, _ = tapped(cases["kuflow/tenant-user/visibility/status"])
    stormy = Stormy(subject.transport, 502, frozenset({turn}), lambda wire: "/tenant-users/" in wire.url)
    lines = list(execute([replace(subject, transport=stormy)], Options(9)))
    (line,) = [line for line in lines if isinstance(line, CaseLine)]
    assert line.verdict == "OBSERVED", line.reason
    assert len(stormy.met) > turn


def test_a_server_that_asks_for_fewer_requests_breaks_no_promise(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[REPLAY])
    assert verdicts(subject, 429)[REPLAY] == ("INCONCLUSIVE", "network")


def test_weather_that_comes_now_here_now_there_is_nobodys(cases: dict[str, Case], tapped: Make) -> None:
    sent: list[Wire] = []

    def lost(wire: Wire) -> bool:
        if "/processes" in wire.url and not wire.url.endswith("/cancel"):
            sent.append(wire)
            return len(sent) in {1, 3, 4, 5}
        return False

    subject, _ = tapped(cases["kuflow/createProcess/idempotency/replay-body"], lost=lost)
    (line,) = [line for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]
    assert [wire.method for wire in sent] == ["POST", "POST", "GET", "POST", "POST"]
    assert (line.verdict, line.blame) == ("INCONCLUSIVE", "network")
