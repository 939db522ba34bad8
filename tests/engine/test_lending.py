"""Resources are lent on as long as nothing says that they changed, and to one case at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Barrier
from typing import Any

import pytest

from conformance.contract.message import Reply, Request, Wire
from conformance.contract.pointer import ABSENT
from conformance.contract.vendor import Vendor, find
from conformance.engine.api import Api
from conformance.engine.lending import Loan, lent, needs_of
from conformance.engine.making import read
from conformance.engine.opening import opened
from conformance.engine.outcome import Mismatch
from conformance.engine.plan import Case, mode_of, plan
from conformance.engine.session import Session
from conformance.engine.suite import Options, Subject, execute
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError

Make = Callable[..., tuple[Subject, Any]]
WRITE, READ = "updateProcessMetadata", "retrieveProcess"
REFUSES = [f"kuflow/{WRITE}/contract/refuses/{rule}" for rule in ("no-body", "syntax", "no-object")]


@dataclass
class Meddling:
    """Changes the metadata of a process whenever it refuses to, as long as ``times`` lasts."""

    inner: Transport
    times: int = 1

    def send(self, wire: Wire) -> Reply:
        reply = self.inner.send(wire)
        if self.times and reply.status in {400, 401, 403, 415, 422} and wire.url.endswith("/metadata"):
            self.times -= 1
            changed = b'{"metadata":{"value":{"meddled":true}}}'
            assert self.inner.send(replace(wire, method="PUT", content=changed, headers=_json(wire))).status == 200
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


def _json(wire: Wire) -> dict[str, str]:
    return {**wire.headers, "content-type": "application/json"}


@dataclass
class Broken:
    """Answers each change of metadata with a status of its own, or with nothing."""

    inner: Transport
    status: int | None

    def send(self, wire: Wire) -> Reply:
        if not wire.url.endswith("/metadata"):
            return self.inner.send(wire)
        if self.status is None:
            raise TransportError("network", "lost")
        return replace(self.inner.send(wire), status=self.status)

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


@pytest.fixture
def session(tapped: Make) -> Iterator[Callable[..., Session]]:
    """A session with an honest mock, or with what ``around`` makes of it."""
    open_ones: list[Transport] = []

    def make(around: Callable[[Transport], Transport] = lambda inner: inner) -> Session:
        subject, transport = tapped()
        open_ones.append(transport)
        controls = subject.controls
        return opened(subject.vendor, subject.target, 9, transport=around(transport), controls=controls)[0]

    yield make
    for transport in open_ones:
        transport.close()


def case(session: Session, name: str = "one") -> Api:
    return Api(session, f"kuflow/tests/{name}")


def wrong(request: Request) -> Request:
    return replace(request, body=ABSENT)


def borrowed(api: Api, operation: str = WRITE, act: Callable[[Loan], object] = lambda _: None, **more: Any) -> str:
    """The id of the process that is lent, once ``act`` has done with it."""
    with lent(api, operation, **more) as loan:
        act(loan)
    return loan.context["process"].id


def refused(api: Api) -> Callable[[Loan], None]:
    return lambda loan: api.expect_refusal(api.send(wrong(loan.request)))


def test_what_was_refused_to_be_changed_is_lent_on(session: Callable[..., Session]) -> None:
    here = session()
    first, second = case(here), case(here, "two")
    one = borrowed(first, act=refused(first))
    assert borrowed(second, READ, lambda loan: second.expect_success(second.send(loan.request))) == one
    assert borrowed(case(here, "three"), "patchProcessEntity") == one
    assert len(here.ledger.entries) == 1


def test_a_request_has_keys_of_its_own(session: Callable[..., Session]) -> None:
    here = session()
    with lent(case(here), "createProcessItem") as loan:
        one = loan.request.body
    with lent(case(here, "two"), "createProcessItem") as again:
        assert again.context == loan.context
        assert again.request.body["processId"] == one["processId"]
        assert again.request.body["id"] != one["id"]


def test_what_nothing_touched_is_not_read_again(session: Callable[..., Session]) -> None:
    here = session()
    with lent(case(here), WRITE) as loan:
        shown = [(before, after) for _, before, after in loan.look_again()]
    assert [before for before, _ in shown] == [after for _, after in shown]
    second = case(here, "two")
    with lent(second, WRITE) as loan:
        loan.look()
        assert second.history == []
        assert [before for _, before, _ in loan.look_again()] == [before for before, _ in shown]


def test_a_success_takes_it_off(session: Callable[..., Session]) -> None:
    here = session()
    api = case(here)
    one = borrowed(api, act=lambda loan: api.expect_success(api.send(loan.request)))
    assert borrowed(case(here, "two")) != one


def test_what_is_about_to_be_changed_is_made_for_its_case(session: Callable[..., Session]) -> None:
    here = session()
    one = borrowed(case(here))
    assert borrowed(case(here, "two"), succeeds=True) != one
    assert borrowed(case(here, "three"), READ, succeeds=True) == one


def test_an_exception_takes_it_off(session: Callable[..., Session]) -> None:
    here, seen = session(), []

    def fail(loan: Loan) -> None:
        seen.append(loan.context["process"].id)
        raise Mismatch("this", "that")

    with pytest.raises(Mismatch):
        borrowed(case(here), act=fail)
    assert borrowed(case(here, "two")) not in seen


@pytest.mark.parametrize("status", [500, 200, 302, None])
def test_anything_but_a_clear_refusal_takes_it_off(status: int | None, session: Callable[..., Session]) -> None:
    here = session(lambda inner: Broken(inner, status))
    api = case(here)

    def act(loan: Loan) -> None:
        if status is not None:
            api.send(wrong(loan.request))
            return
        with pytest.raises(Mismatch):
            api.send(wrong(loan.request))

    assert borrowed(api, act=act) != borrowed(case(here, "two"))


@pytest.mark.parametrize("command", ["reject", "no-such-command"])
def test_what_rests_is_lent_on_though_its_refusals_are_told_in_an_envelope(command: str) -> None:
    vendor = Vendor.load(find("optimajet"))
    subject = in_process(vendor, Settings(mode="open", seed=4), plan(vendor, mode=mode_of(vendor, "open")))
    here, operation = opened(vendor, subject.target, 9, transport=subject.transport)[0], "executeCommandWithParameters"

    def instance(name: str, sent: str) -> str:
        api = Api(here, f"optimajet/tests/{name}")
        with lent(api, operation) as loan:
            reply = api.send(replace(loan.request, body={**loan.request.body, "command": sent}))
            assert (reply.status, api.succeeded(reply)) == (200, sent == "submit")
        return loan.context["instance"].id

    with closing(subject.transport):
        one = instance("one", command)
        assert instance("two", "submit") == one
        assert instance("three", command) != one


def test_two_borrowers_at_once_never_have_the_same(session: Callable[..., Session]) -> None:
    here, together = session(), Barrier(4)

    def borrow(number: int) -> list[str]:
        def act(_: Loan) -> None:
            together.wait(20)

        return [borrowed(case(here, f"{number}-{turn}"), act=act) for turn in range(3)]

    with ThreadPoolExecutor(4) as pool:
        turns = list(zip(*pool.map(borrow, range(4)), strict=True))
    assert all(len(set(turn)) == 4 for turn in turns)
    assert set(turns[0]) == set(turns[2])


def test_other_identities_borrow_from_themselves(session: Callable[..., Session]) -> None:
    here = session()
    one = borrowed(case(here))
    assert borrowed(case(here, "two").acting_as("bearer")) != one
    assert borrowed(case(here, "three")) == one


def test_what_changed_unseen_is_not_lent_on(session: Callable[..., Session]) -> None:
    here = session(Meddling)
    first, second = case(here), case(here, "two")
    one = borrowed(first, act=refused(first))
    other = borrowed(second, act=refused(second))
    assert other != one
    assert borrowed(case(here, "three")) == other


def test_what_is_seen_to_have_changed_is_not_lent_on(session: Callable[..., Session]) -> None:
    here = session(Meddling)
    api = case(here)

    def act(loan: Loan) -> None:
        refused(api)(loan)
        assert [before == after for _, before, after in loan.look_again()] == [False]

    assert borrowed(api, act=act) != borrowed(case(here, "two"))


def test_a_server_that_changes_what_it_refuses_fails_once(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(*[cases[name] for name in REFUSES])
    found = execute([replace(subject, transport=Meddling(transport))], Options(9))
    verdicts = [line.verdict for line in found if isinstance(line, CaseLine)]
    assert verdicts == ["WARN", "PASS", "PASS"]
    own, shown_to_work = 2, 1
    creates = [wire for wire in transport.carried if wire.method == "POST" and wire.url.endswith("/processes")]
    assert len(creates) == own + shown_to_work


def test_a_control_makes_everything_useless(session: Callable[..., Session]) -> None:
    here = session()
    one = borrowed(case(here))
    case(here).control("advance_clock", seconds=1)
    two = borrowed(case(here, "two"), act=lambda loan: loan.api.control("advance_clock", seconds=1))
    assert two != one
    assert borrowed(case(here, "three")) not in {one, two}


def test_what_is_handed_on_goes_to_the_same_purpose_only(session: Callable[..., Session]) -> None:
    here = session()

    def change(loan: Loan) -> None:
        loan.api.expect_success(loan.api.send(loan.request))
        loan.hand_on()

    one = borrowed(case(here), act=change, purpose="a")
    assert borrowed(case(here, "two"), purpose="b") != one
    assert borrowed(case(here, "three")) != one
    assert borrowed(case(here, "four"), purpose="a") == one


def test_what_is_renewed_is_made_for_the_case(session: Callable[..., Session]) -> None:
    here = session()
    one = borrowed(case(here))
    with lent(case(here, "two"), WRITE) as loan:
        assert loan.borrowed
        loan.renew()
        assert not loan.borrowed
        assert loan.request.path["id"] == loan.context["process"].id != one
        assert read(loan.api, loan.context["process"])["id"] == loan.context["process"].id


def test_the_state_that_a_request_needs_is_part_of_its_needs(kuflow: Vendor, session: Callable[..., Session]) -> None:
    assert needs_of(kuflow, "completeProcessItemTask") == (("process-item", "CLAIMED"),)
    assert needs_of(kuflow, "claimProcessItemTask") == (("process-item", None),)
    assert needs_of(kuflow, "findProcesses") == ()
    here = session()
    with lent(case(here), "completeProcessItemTask") as loan:
        one = loan.context["process-item"]
    with lent(case(here, "two"), "claimProcessItemTask") as loan:
        assert loan.context["process-item"].id != one.id


def test_what_cannot_be_read_is_not_lent_on(session: Callable[..., Session]) -> None:
    here = session()
    with lent(case(here), "downloadProcessDocument") as loan:
        one = loan.context["process"].id
    with lent(case(here, "two"), "downloadProcessDocument") as loan:
        assert loan.context["process"].id != one


PATCH = "kuflow/patchProcessMetadata/patch"


def created(transport: Any) -> int:
    """How many processes were asked for."""
    return sum(wire.method == "POST" and wire.url.endswith("/processes") for wire in transport.carried)


def verdicts(subject: Subject) -> list[str]:
    return [line.verdict for line in execute([subject], Options(9)) if isinstance(line, CaseLine)]


def test_patches_of_one_operation_follow_each_other_on_one_resource(cases: dict[str, Case], tapped: Make) -> None:
    chosen = [case for name, case in cases.items() if name.startswith(f"{PATCH}/")]
    subject, transport = tapped(*chosen)
    assert len(chosen) > 30
    assert set(verdicts(subject)) <= {"PASS", "OBSERVED"}
    assert created(transport) == 1


def test_a_resource_that_a_patch_got_wrong_is_not_patched_again(cases: dict[str, Case], tapped: Make) -> None:
    chosen = [cases[f"{PATCH}/{name}"] for name in ("atomic/test-of-another-value", "atomic/copy-from-nothing")]
    subject, transport = tapped(*chosen, deviations=["patch-half-done"])
    assert verdicts(subject) == ["WARN", "WARN"]
    own, shown_to_work = 2, 1
    assert created(transport) == own + shown_to_work


def test_a_log_is_filled_once_for_both_that_need_a_full_one(cases: dict[str, Case], tapped: Make) -> None:
    full, capacity = (cases[f"kuflow/appendProcessItemTaskLog/log/{name}"] for name in ("full", "capacity"))
    appended = []
    for chosen in ((full,), (capacity,), (full, capacity), (capacity, full)):
        subject, transport = tapped(*chosen)
        assert set(verdicts(subject)) <= {"PASS", "OBSERVED"}
        appended.append(sum("log" in wire.url for wire in transport.carried))
    alone, noted, *both = appended
    assert alone == noted + 2
    assert both == [alone, alone]


def test_a_value_that_stays_behind_keeps_no_patch_from_being_judged(cases: dict[str, Case], tapped: Make) -> None:
    chosen = [cases[f"kuflow/patchProcessItemTaskData/patch/applies/{name}"] for name in ("add", "remove")]
    subject, transport = tapped(*chosen, deviations=["put-merges"])
    assert verdicts(subject) == ["PASS", "PASS"]
    assert created(transport) == 2
