"""What a run made is undone at its end, unless the run itself brought it to an end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.message import Reply, Request
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor, find
from conformance.engine.api import Api
from conformance.engine.ending import ended_by
from conformance.engine.making import make, run
from conformance.engine.plan import Case
from conformance.engine.suite import Options, Subject, execute
from conformance.results import FooterLine

Make = Callable[..., tuple[Subject, Any]]
ANY = "kuflow/createProcess/idempotency/replay-status"


def cancelled(transport: Any) -> int:
    """How often something was cancelled."""
    return sum(wire.url.endswith("/~actions/cancel") for wire in transport.carried)


def after(subject: Subject, case: Case, act: Callable[[Api], None]) -> FooterLine:
    """The footer of a run in which a case does nothing but ``act``."""

    def function(api: Api, _: Call) -> None:
        act(api)

    only = replace(case, check=replace(case.check, function=function), variant=None)
    *_, footer = execute([replace(subject, cases=(only,))], Options(9))
    assert isinstance(footer, FooterLine)
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


def reply(**body: Any) -> Reply:
    return Reply(200, {"content-type": "application/json"}, json.dumps(body).encode())


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
