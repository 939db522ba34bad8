"""What the job checks hold against each other: ids in URLs, outputs beside other names, texts that are JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.contract.facets.job import Acceptance, Synchronous
from conformance.contract.message import Reply
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, dig
from conformance.engine.jobs import expect_told, outputs
from conformance.engine.outcome import Mismatch


def replied(body: Any) -> Reply:
    return Reply(200, {"content-type": "application/json"}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        ("/plain", "text"),
        ("/encoded#", {"state": "DONE", "inner": "[1]"}),
        ("/encoded#/state", "DONE"),
        ("/encoded#/inner#/0", 1),
        ("/encoded#/nowhere", ABSENT),
        ("/plain#/state", ABSENT),
        ("/number#", ABSENT),
        ("/nowhere#/state", ABSENT),
    ],
)
def test_a_pointer_goes_on_inside_a_text_that_is_json(pointer: str, found: Any) -> None:
    value = {"plain": "text", "number": None, "encoded": '{"state": "DONE", "inner": "[1]"}'}
    assert dig(value, pointer) == found


def test_the_outputs_of_a_reply_are_what_is_not_left_out() -> None:
    reply = replied({"$id": 1, "answer": 42})
    assert outputs(Synchronous(outputs="", without=("$id",)), reply) == {"answer": 42}
    assert outputs(Synchronous(outputs="", without=("$*",)), reply) == {"answer": 42}
    assert outputs(Synchronous(outputs="", without=("*wer",)), reply) == {"$id": 1}
    assert outputs(Synchronous(outputs="/answer"), reply) == 42


def test_what_is_told_of_a_job_has_names_beside_the_outputs() -> None:
    assert Acceptance(alone=("$*",)).beside({"$id": 1, "$version": 2}) == []
    assert Acceptance(alone=("$id",)).beside({"$id": 1, "$version": 2, "answer": 42}) == ["$version", "answer"]


def test_a_reply_tells_one_of_the_values_at_each_place() -> None:
    told = {Place.parse("$response.body#/state"): ("R", "Running")}
    expect_told(told, replied({"state": "Running"}))
    for wrong in ({"state": "C"}, {}):
        with pytest.raises(Mismatch):
            expect_told(told, replied(wrong))
