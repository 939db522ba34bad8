"""How cases end: what the server did, what the environment did, and what the suite itself did wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Barrier
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor, find
from conformance.engine.api import Api
from conformance.engine.environment import Budget
from conformance.engine.making import build
from conformance.engine.outcome import Mismatch, Moved, Skip
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.engine.weather import SILENT
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine, FooterLine, HeaderLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError
from conformance.transport.controls import Control

Make = Callable[..., tuple[Subject, Any]]
REPLAY = "kuflow/createProcess/idempotency/replay-status"


@dataclass
class Expiring:
    """Lets all tokens expire before the first burst."""

    inner: Transport
    advance: Control
    bursts: int = 0

    def send(self, wire: Wire) -> Reply:
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        self.bursts += 1
        if self.bursts == 1:
            self.advance({"seconds": 7200})
        return self.inner.send_together(wires)

    def close(self) -> None:
        self.inner.close()


def lines(subject: Subject, **options: Any) -> tuple[list[CaseLine], FooterLine]:
    *head, footer = execute([subject], Options(9, **options))
    assert isinstance(footer, FooterLine)
    return [line for line in head if isinstance(line, CaseLine)], footer


def saying(case: Case, function: Callable[[Api, Call], None]) -> Case:
    """``case`` with another check behind it."""
    return replace(case, check=replace(case.check, function=function), variant=None)


def test_a_broken_promise_fails_with_what_was_expected_and_seen(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[REPLAY], deviations=["replay-answers-201"])
    (line,), footer = lines(subject)
    assert (line.verdict, line.blame, footer.exit_code) == ("FAIL", "server", 1)
    assert line.expected == "status 200"
    assert line.actual.startswith("status 201")
    assert line.exchanges[-1].status == 201
    assert line.curl.startswith("curl -i -X POST")


def test_a_failure_tells_who_acted_and_where_the_clause_stands(cases: dict[str, Case], tapped: Make) -> None:
    def act(api: Api, _: Call) -> None:
        api.acting_as("other").send(build(api, "findProcesses", {}))
        raise Mismatch("this", "that")

    subject, _ = tapped(saying(cases[REPLAY], act))
    header, line, _ = execute([subject], Options(9))
    assert isinstance(header, HeaderLine)
    assert isinstance(line, CaseLine)
    assert (line.identity, [one.identity for one in line.exchanges]) == ("other", ["other"])
    assert header.targets[0].clauses["KF-037a"].where == "KuFlow Public API 2024-06-14, line 183"


def test_a_failure_is_not_blamed_on_a_server_that_no_longer_answers(cases: dict[str, Case], tapped: Make) -> None:
    gone = False

    def lost(wire: Wire) -> bool:
        nonlocal gone
        gone = gone or wire.method == "POST"
        return gone

    subject, _ = tapped(cases[REPLAY], lost=lost)
    (line,), footer = lines(subject)
    assert (line.verdict, line.blame, footer.exit_code) == ("BLOCKED", "environment", 3)
    assert footer.left_behind
    assert "process" in footer.left_behind[0]


@pytest.mark.parametrize("wrong", [KeyError("oops"), SystemExit("oops")])
def test_a_check_that_crashes_is_the_suites_own_error(
    cases: dict[str, Case], tapped: Make, wrong: BaseException
) -> None:
    def crash(_: Api, __: Call) -> None:
        raise wrong

    subject, _ = tapped(saying(cases[REPLAY], crash))
    (line,), footer = lines(subject)
    assert (line.verdict, line.blame, footer.exit_code) == ("ERROR", "suite", 3)
    assert "oops" in line.reason
    assert "test_run.py" in line.reason


class Broken:
    """A transport with a fault of its own from the ``after``-th request on."""

    def __init__(self, inner: Transport, after: int) -> None:
        self.inner, self.left = inner, after

    def send(self, wire: Wire) -> Reply:
        self.left -= 1
        if self.left < 0:
            raise ZeroDivisionError("not the server's")
        return self.inner.send(wire)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


@pytest.mark.parametrize("after", [0, 1, 2, 9])
def test_a_fault_of_the_suite_leaves_a_whole_run(after: int) -> None:
    kuflow = Vendor.load(find("kuflow"))
    subject = in_process(kuflow, Settings(seed=3), plan(kuflow, "*/createProcess/idempotency/*"))
    assert subject.transport
    judged, footer = lines(replace(subject, transport=Broken(subject.transport, after)))
    assert footer.complete
    assert footer.exit_code == 3
    reasons = {line.reason for line in judged}
    assert any("ZeroDivisionError: not the server's" in reason for reason in reasons), reasons
    assert not {line.verdict for line in judged} & {"FAIL", "WARN"}
    assert len(footer.left_behind) == footer.created - footer.removed


@pytest.mark.parametrize(
    ("requests", "moves", "verdict"), [(1, 2, "PASS"), (1, 9, "INCONCLUSIVE"), (51, 1, "INCONCLUSIVE")]
)
def test_a_short_case_under_which_others_moved_a_list_is_played_again(
    requests: int, moves: int, verdict: str, cases: dict[str, Case], tapped: Make
) -> None:
    plays: list[Api] = []

    def look(api: Api, _: Call) -> None:
        plays.append(api)
        for _ in range(requests):
            api.send(build(api, "findPrincipals"))
        if len(plays) <= moves:
            raise Moved("the list changed")

    (line,), _ = lines(tapped(saying(cases[REPLAY], look))[0])
    assert (line.verdict, len(plays)) == (verdict, {2: 3, 9: 4, 1: 1}[moves])


def test_nothing_is_touched_that_the_run_did_not_create(cases: dict[str, Case], tapped: Make) -> None:
    def meddle(api: Api, _: Call) -> None:
        api.send(replace(build(api, "cancelProcess"), path={"id": "11111111-2222-3333-4444-555555555555"}))

    subject, transport = tapped(saying(cases[REPLAY], meddle))
    (line,), _ = lines(subject)
    assert (line.verdict, line.blame) == ("BLOCKED", "suite")
    assert "did not create" in line.reason
    assert not any("11111111" in wire.url for wire in transport.carried)


def test_what_a_run_created_is_undone_at_its_end(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(cases[REPLAY])
    _, footer = lines(subject)
    assert (footer.created, footer.removed, footer.left_behind) == (1, 1, ())
    assert transport.carried[-1].url.endswith("/~actions/cancel")


def test_a_spent_budget_skips_what_is_left(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(*list(cases.values())[:6])
    found, footer = lines(subject, max_requests=3)
    assert len([wire for wire in transport.carried if not wire.url.endswith("/cancel")]) == 3
    assert {line.verdict for line in found[3:]} == {"SKIPPED"}
    assert footer.exit_code == 3


@pytest.mark.parametrize("limit", [{"writes": 4}, {"executions": 2}])
def test_writes_and_executions_are_budgeted_and_undoing_is_not(
    limit: dict[str, int], cases: dict[str, Case], tapped: Make
) -> None:
    chosen = [case for name, case in cases.items() if "createProcess/idempotency/" in name]
    subject, transport = tapped(*chosen)
    budget = Budget.model_validate(limit)
    found, footer = lines(replace(subject, target=subject.target.model_copy(update={"budget": budget})))
    sent = [wire for wire in transport.carried if wire.method == "POST" and not wire.url.endswith("/cancel")]
    assert len(sent) <= 4
    assert "SKIPPED" in {line.verdict for line in found}
    assert footer.left_behind == ()
    assert footer.exit_code == 3


@pytest.mark.parametrize(
    "name",
    [
        "kuflow/downloadProcessItemTaskDataWebformsAsDocument/contract/valid-request",
        "kuflow/downloadProcessItemTaskDataWebformsAsDocument/contract/every-exchange",
    ],
)
def test_a_capability_that_a_target_lacks_is_not_asked_for(name: str, cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(cases[name])
    target = subject.target.model_copy(update={"capabilities": ()})
    (line,), _ = lines(replace(subject, target=target))
    assert line.verdict == "NOT_APPLICABLE"
    assert "form_documents" in line.reason
    assert not any("webforms" in wire.url for wire in transport.carried)


def test_jobs_side_by_side_give_the_same_verdicts_in_the_same_order(cases: dict[str, Case], tapped: Make) -> None:
    chosen = [case for name, case in cases.items() if "/idempotency/" in name]
    alone, _ = lines(tapped(*chosen)[0])
    beside, _ = lines(tapped(*chosen)[0], jobs=4)
    assert [(line.case, line.verdict) for line in alone] == [(line.case, line.verdict) for line in beside]


def test_two_runs_with_one_seed_send_the_same_bytes_in_the_same_order(cases: dict[str, Case], tapped: Make) -> None:
    sent = []
    for _ in range(2):
        subject, transport = tapped(*cases.values())
        lines(subject)
        sent.append(transport.carried)
    assert len(sent[0]) > 1000
    assert sent[0] == sent[1]


def test_an_interruption_ends_the_targets_that_were_not_begun(cases: dict[str, Case], tapped: Make) -> None:
    def interrupt(_: Api, __: Call) -> None:
        raise KeyboardInterrupt

    first, _ = tapped(saying(cases[REPLAY], interrupt))
    second, transport = tapped(cases[REPLAY])
    *head, footer = execute([first, second], Options(9))
    assert isinstance(footer, FooterLine)
    assert [line.verdict for line in head if isinstance(line, CaseLine)] == ["SKIPPED", "SKIPPED"]
    assert transport.carried == []
    assert (footer.complete, footer.exit_code) == (False, 3)


def test_an_interruption_loses_nothing_of_what_ran_to_its_end(cases: dict[str, Case], tapped: Make) -> None:
    others_ended = Barrier(2)

    def interrupt(_: Api, __: Call) -> None:
        others_ended.wait(30)
        raise KeyboardInterrupt

    checks = [interrupt, lambda *_: None, lambda *_: None, lambda *_: others_ended.wait(30)]
    chosen = [replace(saying(cases[REPLAY], check), id=f"{REPLAY}/{turn}") for turn, check in enumerate(checks)]
    told, footer = lines(tapped(*chosen)[0], jobs=2)
    assert [(line.case, line.verdict) for line in told] == [
        (f"{REPLAY}/{turn}", verdict) for turn, verdict in enumerate(["SKIPPED", "PASS", "PASS", "PASS"])
    ]
    assert not footer.complete


def test_what_the_budget_keeps_back_is_not_counted(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(*[case for name, case in cases.items() if "createProcess/idempotency/" in name])
    _, footer = lines(subject, max_requests=20)
    created = [wire for wire in transport.carried if wire.method == "POST" and wire.url.endswith("/processes")]
    assert footer.created == footer.removed == len({wire.content for wire in created})
    assert footer.writes == len([wire for wire in transport.carried if wire.method != "GET"])


def test_a_burst_that_the_budget_keeps_back_spends_nothing_of_it(cases: dict[str, Case], tapped: Make) -> None:
    def burst(api: Api, call: Call) -> None:
        request = build(api, call.id)
        with pytest.raises(Skip, match="3 writes"):
            api.together([request] * 4)
        assert api.session.ledger.entries == ()
        with pytest.raises(Skip, match="no identity"):
            api.send(request, "nobody")
        api.together([request] * 3)

    subject, transport = tapped(saying(cases["kuflow/createProcess/contract/valid-request"], burst))
    target = subject.target.model_copy(update={"budget": Budget(writes=3)})
    (line,), footer = lines(replace(subject, target=target))
    assert (line.verdict, line.reason) == ("PASS", "")
    undone = [wire for wire in transport.carried if wire.url.endswith("/cancel")]
    assert (footer.writes, footer.left_behind) == (3 + len(undone), ())


def test_a_burst_asks_for_a_new_token_when_the_old_one_has_expired() -> None:
    vendor = Vendor.load(find("optimajet"))
    (case,) = plan(vendor, "optimajet/createInstanceWithParameters/idempotency/concurrent-conflict", "openid")
    subject = in_process(vendor, Settings(seed=9, mode="openid"), [case])
    assert subject.transport is not None
    expiring = Expiring(subject.transport, subject.controls["advance_clock"])
    (line,), _ = lines(replace(subject, transport=expiring))
    assert (line.verdict, expiring.bursts) == ("PASS", 2)


def test_a_fixture_that_is_missing_is_told_with_the_one_that_may_be_meant(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(saying(cases[REPLAY], lambda api, _: api.fixture("robot_id")))
    fixtures = {"robotid": "r-1", "group_id": "g-1"}
    (line,), _ = lines(replace(subject, target=subject.target.model_copy(update={"fixtures": fixtures})))
    assert line.reason == "fixture: the environment gives no fixture 'robot_id', but one 'robotid'"


@pytest.mark.parametrize("name", ["every-exchange", "no-server-error", "undeclared"])
def test_an_operation_without_a_reply_passes_nothing(name: str, cases: dict[str, Case], tapped: Make) -> None:
    chosen = [cases[f"kuflow/{operation}/contract/{name}"] for operation in ("findPrincipals", "createProcess")]
    seen, unseen = lines(tapped(*chosen)[0])[0]
    assert seen.verdict in {"PASS", "OBSERVED"}
    assert (unseen.verdict, unseen.reason) == ("SKIPPED", "replies: no case of the run got any from the operation")


def test_a_server_that_no_longer_answers_is_sent_no_more(cases: dict[str, Case], tapped: Make) -> None:
    chosen = [case for name, case in cases.items() if name.endswith("/contract/valid-request")]
    subject, transport = tapped(*chosen, lost=lambda _: len(transport.carried) > 1)
    told, _ = lines(subject)
    assert {line.verdict for line in told} == {"BLOCKED"}
    assert [line.requests for line in told[SILENT:]] == [0] * (len(chosen) - SILENT)
    assert told[-1].reason.endswith(f"{SILENT} times in a row; no more is sent")


def test_an_operation_that_never_answers_fails_once_and_is_given_up(cases: dict[str, Case], tapped: Make) -> None:
    other, hung = "kuflow/findPrincipals/contract/valid-request", list[str]()

    def lost(wire: Wire) -> bool:
        if wire.method == "POST" and wire.url.endswith("/processes"):
            hung.append(wire.url)
            return True
        return False

    about = ("kuflow/createProcess/", "kuflow/cancelProcess/")
    chosen = [case for name, case in cases.items() if name.startswith(about)]
    subject, _ = tapped(*chosen, cases[other], lost=lost)
    told, footer = lines(subject)
    assert [line.case for line in told if line.verdict == "FAIL"] == ["kuflow/createProcess/contract/valid-request"]
    assert [line.case for line in told if line.verdict == "PASS"] == [other]
    given_up = f"createProcess gave no reply {SILENT} times in a row; it is not asked again"
    assert sum(given_up in line.reason for line in told) > len(chosen) // 2
    assert SILENT <= len(hung) <= 3 * SILENT
    assert footer.exit_code == 1
