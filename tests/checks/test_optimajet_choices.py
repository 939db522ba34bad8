"""An OptimaJet server is accused of nothing that its publications leave open."""

from __future__ import annotations

from typing import Any

import pytest
from bent import judged, subject

from conformance.mocks.kit.http import Reply
from conformance.mocks.optimajet.instances import missing


def for_everybody(server: Any) -> None:
    """Every command is listed for every caller, and taken from whoever gives it."""
    server.rules.commands.may_give = lambda *_: True


def with_parameters_of_its_own(server: Any) -> None:
    """Every process has parameters that nobody sent."""
    honest = server.rules.views.instance

    def instance(server: Any, record: Any) -> Any:
        shown = honest(server, record)
        return {**shown, "ProcessParameters": {"conformanceNote": None, "CreatedBy": "api", **record.parameters}}

    server.rules.views.instance = instance


def boxes_refuse_what_is_gone(server: Any) -> None:
    """The boxes of a process that there is not are refused."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Any, identity: str, call: Any) -> bool:
        if call.fields.processid not in (None, *server.store.instances):
            raise missing()
        return bool(honest(operation, instance, identity, call))

    server.rules.boxes.chosen = chosen


def some_time_under_way(server: Any) -> None:
    """A process takes some reads to come to rest, after its create and after each command."""
    server.rules.progress.under_way = lambda _, instance: max(0.0, 1 - instance.reads / 4)


def refused_by_post_in_other_words(server: Any) -> None:
    """A refusal by POST has another message than one by GET."""
    honest = server.rules.finish

    def finish(called: str, reply: Reply) -> Reply:
        finished: Reply = honest(called, reply)
        if called.endswith("ByPost") and not finished.body.get("success"):
            finished.body["message"] = f"{called} failed"
        return finished

    server.rules.finish = finish


def boxes_that_lag(server: Any) -> None:
    """The inbox shows some looks long what a process waited for before it moved."""
    honest, shown = server.rules.boxes.waiting, dict[tuple[str, int], int]()

    def waiting(server: Any, instance: Any) -> list[str]:
        looks = shown[instance.key, len(instance.steps)] = shown.get((instance.key, len(instance.steps)), 0) + 1
        return list(honest(server, instance)) if looks > 3 else []

    server.rules.boxes.waiting = waiting


def no_id_again(server: Any) -> None:
    """The id of a deleted instance stays taken."""
    server.choices = {**server.choices, "deleted_id": "refused"}


def lists_without_states(server: Any) -> None:
    """The list of instances shows their ids alone."""
    honest = server.rules.finish

    def finish(called: str, reply: Reply) -> Reply:
        finished: Reply = honest(called, reply)
        if called == "getInstances" and finished.body.get("success"):
            finished.body["data"] = [{"Id": item["Id"]} for item in finished.body["data"]]
        return finished

    server.rules.finish = finish


@pytest.mark.parametrize(
    ("path", "bend"),
    [
        ("getAvailableCommands/offers/unoffered-to-others/Draft", for_everybody),
        ("getAvailableCommands/offers/unoffered-to-others/Review", for_everybody),
        ("createInstanceWithParameters/stores/is-its-own/parameter", with_parameters_of_its_own),
        ("createInstanceWithParameters/stores/outlives/parameter", with_parameters_of_its_own),
        ("getInbox/box/follows/set", some_time_under_way),
        ("getInbox/box/follows/set", boxes_that_lag),
        ("getInbox/box/holds/Review", boxes_that_lag),
        ("instance/removal/made-again", no_id_again),
        ("instance/model/lives-as-promised", no_id_again),
        ("createInstanceWithParameters/stores/outlives/parameter", some_time_under_way),
        ("getAvailableCommands/offers/unoffered-to-others/Draft", some_time_under_way),
        ("executeCommandWithParameters/lifecycle/listed/submit", lists_without_states),
        ("setState/lifecycle/listed", lists_without_states),
        ("instance/removal/out-of-the-box/getInbox", boxes_refuse_what_is_gone),
        ("getInstanceInfoByPost/mirror/same-when-gone", refused_by_post_in_other_words),
        ("getAvailableCommandsByPost/mirror/same-when-gone", refused_by_post_in_other_words),
    ],
)
def test_it_is_accused_of_nothing_that_is_left_open(path: str, bend: Any) -> None:
    line = judged(subject("optimajet", path, bend))
    assert line.verdict == "PASS", line.reason
