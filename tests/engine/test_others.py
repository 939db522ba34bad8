"""What others have is neither undone nor touched, and what the run made is undone whatever the budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.model import Value
from conformance.contract.vendor import Vendor, find
from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.environment import Budget
from conformance.engine.generating import ready
from conformance.engine.making import build, make
from conformance.engine.opening import opened
from conformance.engine.outcome import Blocked
from conformance.engine.suite import Subject
from conformance.mocks.kit.model import Settings
from conformance.selftest.target import in_process

Make = Callable[..., tuple[Subject, Any]]
ID = Place("request", "body", "/id")
IDS = Place("request", "body", "/processids")
THEIRS = "e3e70682-c209-4cac-a29f-6fbed82c07cd"


@pytest.fixture
def subject(tapped: Make) -> Iterator[Subject]:
    """KuFlow's mock."""
    made, transport = tapped()
    yield made
    transport.close()


def at(subject: Subject, seed: int) -> Api:
    """A run of its own against the subject."""
    return Api(opened(subject.vendor, subject.target, seed, transport=subject.transport)[0], "case")


def test_what_others_have_under_a_key_is_not_undone(subject: Subject) -> None:
    theirs, ours = at(subject, 77), at(subject, 9)
    request = ID.put(build(theirs, "createProcess"), THEIRS)
    assert theirs.send(request).status == 201
    assert ours.send(request).status == 200
    assert ours.session.ledger.entries == ()
    assert not ours.session.ledger.holds(THEIRS)
    assert clean_up(ours.session) == (0, (), False)


def test_what_is_new_under_a_key_of_somebody_elses_making_is_undone(subject: Subject) -> None:
    api = at(subject, 9)
    assert api.send(ID.put(build(api, "createProcess"), THEIRS)).status == 201
    assert clean_up(api.session) == (1, (), False)


def test_nothing_is_done_to_what_a_generated_id_may_name(kuflow: Vendor, subject: Subject) -> None:
    api = at(subject, 9)
    for operation in ("createProcess", "cancelProcess"):
        call = kuflow.semantics.operations[operation]
        for one in ready(api, call, breaking=False):
            key = ID.sent(one.request) if operation == "createProcess" else one.request.path["id"]
            assert key is ABSENT or api.session.ledger.holds(key)


def test_ids_in_a_body_are_guarded_too() -> None:
    vendor = Vendor.load(find("optimajet"))
    subject = in_process(vendor, Settings(seed=1), ())
    assert subject.transport is not None
    theirs, ours = at(subject, 77), at(subject, 9)
    foreign, own = make(theirs, "instance").id, make(ours, "instance").id
    request = Request("deleteInstances", media_type="application/json", body={"processids": [own, foreign]})
    with pytest.raises(Blocked, match=f"would touch {foreign}, which this run did not create"):
        ours.send(request)
    assert ours.send(replace(request, body={"processids": [own]})).status == 200
    for one in ready(ours, vendor.semantics.operations["deleteInstances"], breaking=False):
        named = IDS.sent(one.request)
        ids = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
        assert all(map(ours.session.ledger.holds, ids))
    subject.transport.close()


def test_ids_are_found_wherever_a_value_holds_them() -> None:
    value = Value(literal={"items": [{"of": {"resource": "process"}, "size": 3}], "name": "a"})
    sent = {"items": [{"of": "1", "size": 4}, {"of": ["2", 3, True, None]}], "name": "b", "of": "4"}
    assert list(value.ids_in(sent)) == ["1", "2", "3"]
    assert list(value.ids_in("no-object")) == []


def test_a_spent_budget_leaves_nothing_behind(subject: Subject) -> None:
    target = subject.target.model_copy(update={"budget": Budget(requests=1)})
    session, transport = opened(subject.vendor, target, 9, transport=subject.transport)
    make(Api(session, "case"), "process")
    assert clean_up(session) == (1, (), False)
    assert transport.requests == 2
