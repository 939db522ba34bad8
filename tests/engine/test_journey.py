"""Scenarios as cases: how steps end, and that a client's requests are under the rules of a run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from kuflow_client import Client
from kuflow_client.api.process import cancel_process, create_process, find_processes
from kuflow_client.models import Process, ProcessCreateParams

from conformance.contract.message import Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.environment import Budget
from conformance.engine.journey import Journey, travel
from conformance.engine.opening import opened
from conformance.engine.outcome import Mismatch, expect_equal
from conformance.engine.plan import Case, plan
from conformance.engine.scenario import Scenario, scenarios
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks import catalogue
from conformance.results import CaseLine

Make = Callable[..., tuple[Subject, Any]]
STEPS = [f"kuflow/api/scenario/start-idempotently/{step}" for step in ("started", "repeated", "read")]


def lines(subject: Subject, seed: int = 9) -> list[CaseLine]:
    return [line for line in execute([subject], Options(seed)) if isinstance(line, CaseLine)]


def verdicts(subject: Subject) -> list[str]:
    return [line.verdict for line in lines(subject)]


def made(name: str, function: Callable[[Journey], None], *steps: str) -> Scenario:
    return Scenario(name, "It goes on.", dict.fromkeys(steps, "It holds."), function)


def started(journey: Journey, client: Client) -> Process:
    params = ProcessCreateParams(
        id=journey.fresh_uuid(), process_definition_id=journey.fixture("process_definition_id")
    )
    return journey.got(Process, create_process.sync(client=client, body=params))


@pytest.mark.parametrize("name", catalogue.vendors())
def test_every_step_is_cited_by_a_clause(name: str) -> None:
    cases = [case for case in plan(Vendor.load(find(name))) if case.check.facet == "scenario"]
    assert cases
    assert [case.id for case in cases if not case.clauses] == []


def test_a_scenario_is_told_in_order_and_once(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(*(cases[step] for step in STEPS))
    told = lines(subject)
    assert [line.case for line in told] == STEPS
    assert {line.verdict for line in told} == {"PASS"}
    assert [line.requests for line in told] == [1, 1, 1]
    assert [line.claim for line in told][1] == "The same call again is answered with 200 and the same process."
    sent = [wire for wire in transport.carried if wire.url.endswith("/processes")]
    assert len(sent) == 2
    assert sent[0].content == sent[1].content
    assert sent[0].headers["user-agent"].startswith("workflow-conformance/")
    assert sent[0].headers["authorization"].startswith("Basic ")


def test_one_step_alone_makes_the_whole_journey(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(cases[STEPS[2]])
    assert verdicts(subject) == ["PASS"]


def test_what_comes_after_a_broken_step_is_blocked(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(*(cases[step] for step in STEPS), deviations=["replay-answers-201"])
    told = lines(subject)
    assert [line.verdict for line in told] == ["PASS", "FAIL", "BLOCKED"]
    assert told[1].exchanges[-1].status == 201
    assert told[2].reason.startswith("repeated: expected status 200")


def test_a_profile_that_only_reads_skips_what_writes(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(*(cases[step] for step in STEPS))
    told = lines(replace(subject, target=subject.target.model_copy(update={"profile": "read-only"})))
    assert {line.verdict for line in told} == {"SKIPPED"}
    assert {line.reason.partition(":")[0] for line in told} == {"profile"}
    assert {wire.method for wire in transport.carried} == {"GET"}


def test_a_budget_holds_for_clients_too(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(*(cases[step] for step in STEPS))
    target = subject.target.model_copy(update={"budget": Budget(writes=1)})
    told = lines(replace(subject, target=target))
    assert [line.verdict for line in told] == ["PASS", "SKIPPED", "SKIPPED"]
    assert told[1].reason.startswith("budget")


@pytest.fixture
def trip(tapped: Make, kuflow: Vendor) -> Callable[..., Any]:
    def go(scenario: Scenario, lost: Callable[[Wire], bool] = lambda _: False) -> Any:
        subject, transport = tapped(lost=lost)
        session, budgeted = opened(kuflow, subject.target, 4, transport=transport, controls=subject.controls)
        with closing(budgeted):
            return travel(scenario, session)

    return go


def test_what_the_run_did_not_create_is_not_touched(trip: Callable[..., Any], kuflow: Vendor) -> None:
    def meddle(journey: Journey) -> None:
        with journey.step("meddled"):
            cancel_process.sync(journey.fixture("hidden_process_id"), client=journey.client(Client))

    step, ending = trip(made("meddle", meddle, "meddled")).problem
    assert step == "meddled"
    assert "which this run did not create" in str(ending)


def test_an_address_outside_the_contract_is_the_suites_fault(trip: Callable[..., Any]) -> None:
    def stray(journey: Journey) -> None:
        with journey.step("strayed"):
            journey.client(Client).get_httpx_client().get("/nowhere")

    _, ending = trip(made("stray", stray, "strayed")).problem
    assert "is no operation of the contract" in str(ending)
    assert ending.blame == "suite"


def test_a_lost_reply_is_the_clients_error_and_the_servers_deed(trip: Callable[..., Any]) -> None:
    def lose(journey: Journey) -> None:
        client = journey.client(Client)
        with journey.lost_reply():
            started(journey, client)
        with journey.step("there"):
            again = create_process.sync_detailed(
                client=client,
                body=ProcessCreateParams(
                    id=journey.api.fresh[0],  # type: ignore[arg-type]
                    process_definition_id=journey.fixture("process_definition_id"),
                ),
            )
            expect_equal(again.status_code, 200, "status")

    assert trip(made("lose", lose, "there")).problem is None


def test_no_reply_fails_the_step(trip: Callable[..., Any]) -> None:
    def ask(journey: Journey) -> None:
        with journey.step("asked"):
            find_processes.sync(client=journey.client(Client))

    step, ending = trip(made("ask", ask, "asked"), lost=lambda _: True).problem
    assert step == "asked"
    assert ending.expected == "a reply that the contract describes"


def test_what_goes_wrong_between_steps_blocks_the_next_ones(cases: dict[str, Case], tapped: Make) -> None:
    def stumble(journey: Journey) -> None:
        with journey.step("first"):
            pass
        raise Mismatch("a way on", "none")

    told = made("stumble", stumble, "first", "second")
    case = cases[STEPS[0]]
    subject, _ = tapped(
        *(
            replace(
                case,
                id=f"kuflow/api/scenario/stumble/{step}",
                variant=step,
                check=replace(case.check, function=lambda api, _, step: travel(told, api.session).tell(api, step)),
            )
            for step in told.steps
        )
    )
    first, second = lines(subject)
    assert first.verdict == "PASS"
    assert (second.verdict, second.reason) == ("BLOCKED", "after first: expected a way on; got none")


def test_nothing_lost_is_a_mistake_of_the_scenario(trip: Callable[..., Any]) -> None:
    def pretend(journey: Journey) -> None:
        with journey.lost_reply():
            pass

    where, ending = trip(made("pretend", pretend, "a")).problem
    assert where == "before the first step"
    assert isinstance(ending, RuntimeError)


@pytest.mark.parametrize("names", [["b"], ["a", "a"]])
def test_a_step_that_was_not_announced_is_a_mistake(trip: Callable[..., Any], names: list[str]) -> None:
    def walk(journey: Journey) -> None:
        for name in names:
            with journey.step(name):
                pass

    _, ending = trip(made("walk", walk, "a")).problem
    assert "no step that this scenario has left" in str(ending)


def test_a_step_that_is_never_made_is_an_error(cases: dict[str, Case], tapped: Make) -> None:
    case = cases[STEPS[0]]
    silent = made("silent", lambda _: None, "started")
    told = replace(
        case,
        check=replace(case.check, function=lambda api, _, step: travel(silent, api.session).tell(api, step)),
    )
    subject, _ = tapped(told)
    (line,) = lines(subject)
    assert line.verdict == "ERROR"
    assert "comes to its end without the step 'started'" in line.reason


def test_ids_derive_from_the_seed_and_the_scenario(cases: dict[str, Case], tapped: Make) -> None:
    def ids(seed: int) -> set[str]:
        subject, transport = tapped(*(cases[step] for step in STEPS))
        lines(subject, seed)
        return {str(wire.content) for wire in transport.carried if wire.content}

    assert ids(3) == ids(3)
    assert not ids(3) & ids(4)


def test_modes_keep_scenarios_apart() -> None:
    names = {mode: {one.name for one in scenarios("optimajet", mode)} for mode in ("open", "token", "openid")}
    assert all(names.values())
    assert not names["open"] & names["token"]
    planned = {case.check.name for case in plan(Vendor.load(find("optimajet")), mode="token")}
    assert names["token"] <= planned
    assert not names["open"] & planned
