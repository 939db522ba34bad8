"""What a run made is undone at its end, unless the run itself brought it to an end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.message import Reply, Request, Wire
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor, find
from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.ending import ended_by
from conformance.engine.ledger import Entry
from conformance.engine.making import build, made_by, make, run
from conformance.engine.opening import opened
from conformance.engine.outcome import Mismatch
from conformance.engine.plan import Case
from conformance.engine.suite import Options, Subject, execute
from conformance.engine.weather import SILENT
from conformance.mocks.kit.model import Settings
from conformance.results import FooterLine
from conformance.selftest.target import in_process
from conformance.transport.base import TransportError

Make = Callable[..., tuple[Subject, Any]]
JSON = {"content-type": "application/json"}
ANY = "kuflow/createProcess/idempotency/replay-status"


def cancelled(transport: Any) -> int:
    """How often something was cancelled."""
    return sum(wire.url.endswith("/~actions/cancel") for wire in transport.carried)


def footer_of(subject: Subject, case: Case, act: Callable[[Api], None]) -> FooterLine:
    """The footer of a run in which a case does nothing but ``act``."""

    def function(api: Api, _: Call) -> None:
        act(api)

    only = replace(case, check=replace(case.check, function=function), variant=None)
    *_, footer = execute([replace(subject, cases=(only,))], Options(9))
    assert isinstance(footer, FooterLine)
    return footer


def after(subject: Subject, case: Case, act: Callable[[Api], None]) -> FooterLine:
    """The footer of such a run, which ends well."""
    footer = footer_of(subject, case, act)
    assert footer.exit_code == 0
    return footer


@pytest.mark.parametrize(("name", "sent"), [("cancel", 1), ("complete", 0)])
def test_what_came_to_its_end_is_not_undone(name: str, sent: int, cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped()

    def act(api: Api) -> None:
        made = make(api, "process")
        api.expect_success(run(api, made.resource.commands[name], made))

    footer = after(subject, cases[ANY], act)
    assert (footer.created, footer.removed, footer.left_behind) == (1, 1, ())
    assert cancelled(transport) == sent


def test_a_refused_end_is_none(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped()

    def act(api: Api) -> None:
        made = make(api, "process")
        api.expect_refusal(run(api, made.resource.commands["cancel"], made, "other"))

    footer = after(subject, cases[ANY], act)
    assert (footer.created, footer.removed, footer.left_behind) == (1, 1, ())
    assert cancelled(transport) == 2


def test_an_end_that_the_reply_does_not_show_is_none(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(deviations=["cancel-reply-lags"])

    def act(api: Api) -> None:
        made = make(api, "process")
        api.expect_success(run(api, made.resource.commands["cancel"], made))

    footer = after(subject, cases[ANY], act)
    assert footer.removed == 1
    assert cancelled(transport) == 2


def test_an_end_whose_reply_was_lost_is_none(cases: dict[str, Case], tapped: Make) -> None:
    lost: list[str] = []
    subject, transport = tapped(
        lost=lambda wire: wire.url.endswith("/cancel") and not lost and not lost.append(wire.url)
    )

    def act(api: Api) -> None:
        made = make(api, "process")
        with pytest.raises(Exception, match="lost"):
            run(api, made.resource.commands["cancel"], made)

    assert after(subject, cases[ANY], act).removed == 1
    assert cancelled(transport) == 2


@pytest.mark.parametrize(
    ("status", "name", "left"), [(500, None, 1), (500, "complete", 1), (409, None, 1), (409, "complete", 0)]
)
def test_what_cannot_be_undone_is_left_behind_unless_it_is_at_its_end(
    status: int, name: str | None, left: int, cases: dict[str, Case], tapped: Make
) -> None:
    subject, transport = tapped()
    refused: list[str] = []

    class Refusing:
        """Cancels nothing, and does not let on what came to its end."""

        def send(self, wire: Wire) -> Reply:
            if wire.url.endswith("/~actions/cancel"):
                refused.append(wire.url)
                return replace(reply(message="No."), status=status)
            answer: Reply = transport.send(wire)
            return replace(answer, content=b"{}") if wire.url.endswith("/~actions/complete") else answer

        def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
            return [self.send(wire) for wire in wires]

        def close(self) -> None:
            transport.close()

    def act(api: Api) -> None:
        made = make(api, "process")
        if name:
            run(api, made.resource.commands[name], made)

    footer = after(replace(subject, transport=Refusing()), cases[ANY], act)
    assert len(refused) == 1
    assert (footer.created, footer.removed, len(footer.left_behind)) == (1, 1 - left, left)


def test_a_refusal_of_the_credentials_does_not_say_that_anything_is_gone(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped()

    def act(api: Api) -> None:
        make(api, "process")
        api.session.identities["main"].made.headers["authorization"] = "Basic bm86bm8="  # type: ignore[attr-defined]

    footer = after(subject, cases[ANY], act)
    assert (footer.created, footer.removed, len(footer.left_behind)) == (1, 0, 1)


def test_what_is_gone_already_is_not_left_behind() -> None:
    vendor = Vendor.load(find("optimajet"))
    subject = in_process(vendor, Settings(mode="open", seed=9), ())
    session, transport = opened(vendor, subject.target, 9, transport=subject.transport, controls=subject.controls)
    made = make(Api(session, "made"), "instance")
    assert clean_up(session) == (1, (), False)
    session.ledger.settle(None, Entry("instance", made.id, "main"))
    assert clean_up(session) == (1, (), False)
    transport.close()


def reply(**body: Any) -> Reply:
    return Reply(200, JSON, json.dumps(body).encode())


def test_a_child_goes_with_its_parent_and_has_no_end_of_its_own(kuflow: Vendor) -> None:
    request = Request("completeProcessItemTask", path={"id": "1"})
    assert list(ended_by(kuflow.semantics, request, reply(state="COMPLETED"))) == []


def test_a_reply_that_passes_shows_no_end() -> None:
    semantics = Vendor.load(find("smartflows")).semantics
    passing = Request("continueExecution", path={"executionId": "1"})
    shown = Request("cancelExecution", path={"executionId": "1"})
    assert list(ended_by(semantics, passing, reply(status="Success"))) == []
    assert list(ended_by(semantics, shown, reply(status="Canceled"))) == [("execution", "1")]


def test_what_is_removed_is_at_its_end() -> None:
    semantics = Vendor.load(find("optimajet")).semantics
    request = Request("deleteInstance", path={"processId": "1"})
    assert list(ended_by(semantics, request, reply(success=True))) == [("instance", "1")]


def test_an_interrupted_clean_up_tells_what_is_left_behind(cases: dict[str, Case], tapped: Make) -> None:
    cancels: list[str] = []

    def lost(wire: Wire) -> bool:
        if wire.url.endswith("/~actions/cancel"):
            cancels.append(wire.url)
            if len(cancels) == 2:
                raise KeyboardInterrupt
        return False

    subject, _ = tapped(lost=lost)

    def act(api: Api) -> None:
        for _ in range(4):
            make(api, "process")
        raise KeyboardInterrupt

    footer = footer_of(subject, cases[ANY], act)
    assert (footer.created, footer.removed, len(footer.left_behind)) == (4, 1, 3)
    assert (footer.complete, footer.exit_code) == (False, 3)
    assert len(cancels) == 2


def test_an_undoing_that_met_weather_is_tried_once_more(cases: dict[str, Case], tapped: Make) -> None:
    cancels: list[str] = []

    def lost(wire: Wire) -> bool:
        if wire.url.endswith("/~actions/cancel"):
            cancels.append(wire.url)
            return len(cancels) == 1
        return False

    subject, _ = tapped(lost=lost)
    footer = after(subject, cases[ANY], lambda api: make(api, "process"))
    assert (footer.removed, footer.left_behind, len(cancels)) == (1, (), 2)


def test_a_server_that_no_longer_answers_is_not_asked_to_undo_everything(cases: dict[str, Case], tapped: Make) -> None:
    cancels: list[str] = []

    def lost(wire: Wire) -> bool:
        if wire.url.endswith("/~actions/cancel"):
            cancels.append(wire.url)
        return bool(cancels)

    subject, _ = tapped(lost=lost)

    def act(api: Api) -> None:
        for _ in range(SILENT + 3):
            make(api, "process")

    footer = after(subject, cases[ANY], act)
    assert (footer.removed, len(footer.left_behind), len(cancels)) == (0, SILENT + 3, SILENT)


def is_create(wire: Wire) -> bool:
    """Whether a request creates a process."""
    return wire.method == "POST" and wire.url.endswith("/processes")


@pytest.mark.parametrize(("status", "content"), [(500, b"{}"), (503, b"later"), (504, b""), (201, b"{}")])
@pytest.mark.parametrize("with_key", [True, False])
def test_a_create_that_may_have_been_carried_out_is_undone_or_told(
    status: int, content: bytes, with_key: bool, cases: dict[str, Case], tapped: Make
) -> None:
    subject, transport = tapped(answers=lambda wire: Reply(status, JSON, content) if is_create(wire) else None)
    footer = after(subject, cases[ANY], lambda api: api.send(build(api, "createProcess", with_key=with_key)))
    left = () if with_key else ("process of unknown id",)
    assert (footer.created, footer.removed, footer.left_behind) == (1, int(with_key), left)
    assert cancelled(transport) == int(with_key)


def test_a_create_that_was_refused_leaves_nothing(cases: dict[str, Case], tapped: Make) -> None:
    subject, transport = tapped(answers=lambda wire: Reply(400, JSON, b"{}") if is_create(wire) else None)
    footer = after(subject, cases[ANY], lambda api: api.send(build(api, "createProcess")))
    assert (footer.created, footer.left_behind, cancelled(transport)) == (0, (), 0)


@pytest.mark.parametrize(("status", "left"), [(None, []), (500, ["process", "process-item"])])
def test_a_child_stays_where_its_parent_stays(
    status: int | None, left: list[str], cases: dict[str, Case], tapped: Make
) -> None:
    def refused(wire: Wire) -> Reply | None:
        return Reply(status, JSON, b"{}") if status and wire.url.endswith("/~actions/cancel") else None

    subject, _ = tapped(answers=refused)
    footer = after(subject, cases[ANY], lambda api: make(api, "process-item"))
    assert [one.split()[0] for one in footer.left_behind] == left
    assert (footer.created, footer.removed) == (2, 2 - len(left))


def test_a_lost_worker_is_told_by_its_key_since_its_id_is_not_known(cases: dict[str, Case], tapped: Make) -> None:
    subject, _ = tapped(lost=lambda wire: wire.url.endswith("/workers"))
    keys: list[str] = []

    def act(api: Api) -> None:
        request = build(api, "createWorker")
        keys.append(request.body["identity"])
        with pytest.raises(Mismatch):
            api.send(request)

    footer = after(subject, cases[ANY], act)
    assert footer.left_behind == (f"worker of unknown id, created with the key {keys[0]}",)


def test_what_was_made_by_a_replay_and_ended_counts_once(cases: dict[str, Case], tapped: Make) -> None:
    lost: list[Wire] = []
    subject, transport = tapped(lost=lambda wire: is_create(wire) and not lost and not lost.append(wire))

    def act(api: Api) -> None:
        request = build(api, "createProcess")
        with pytest.raises(Mismatch):
            api.send(request)
        made = made_by(api, api.vendor.semantics.resources["process"], request, api.send(request))
        api.expect_success(run(api, made.resource.commands["cancel"], made))

    footer = after(subject, cases[ANY], act)
    assert (footer.created, footer.removed, cancelled(transport)) == (1, 1, 1)
