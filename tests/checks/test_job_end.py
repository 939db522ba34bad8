"""What a job shows of its end."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.checks._ends import is_epoch
from conformance.contract.message import Reply, Wire
from conformance.engine.jobs import expect_shown
from conformance.engine.outcome import Mismatch
from conformance.mocks.pliant.runs import finish

BODY = {
    "state": "DONE",
    "status": json.dumps({"word": "COMPLETE"}),
    "results": [{"word": "OK", "folder": "/out"}, {"word": "ERROR", "msg": "why"}],
    "end": None,
}


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        (1_700_000_000, True),
        (1_700_000_000_000, False),
        (999_999_999, False),
        (-170_000_000, False),
        (1_700_000_000.5, False),
        ("1700000000", False),
        (True, False),
        (None, False),
    ],
)
def test_a_moment_in_seconds_has_ten_digits(value: Any, holds: bool) -> None:
    assert is_epoch(value) is holds


def test_a_moment_in_milliseconds_has_thirteen() -> None:
    assert is_epoch(1_700_000_000_000, "milliseconds")
    assert not is_epoch(1_700_000_000, "milliseconds")


def test_what_a_job_shows_is_one_of_the_values_even_inside_a_text() -> None:
    expect_shown({"/state": ("DONE", "COMPLETE"), "/status#/word": ("COMPLETE",)}, BODY)


def test_where_no_value_is_named_anything_but_null_will_do() -> None:
    expect_shown({"/results/0/folder": ()}, BODY)


def test_one_item_of_an_array_shows_all_that_an_item_is_to_show() -> None:
    expect_shown({"/results/*/word": ("OK",), "/results/*/folder": ()}, BODY)
    expect_shown({"/state": ("DONE",), "/results/*/word": ("ERROR",), "/results/*/msg": ()}, BODY)
    with pytest.raises(Mismatch, match="an item of /results with /word 'OK' and /msg present"):
        expect_shown({"/results/*/word": ("OK",), "/results/*/msg": ()}, BODY)
    for wrong in ({}, {"results": []}, {"results": "OK"}):
        with pytest.raises(Mismatch):
            expect_shown({"/results/*/word": ("OK",)}, wrong)


@pytest.mark.parametrize(
    ("pointer", "values", "expected"),
    [
        ("/state", ("FAILED",), "'FAILED'"),
        ("/status#/word", ("FAILED", "CANCELLED"), "'FAILED' or 'CANCELLED'"),
        ("/results/0/msg", (), "present"),
        ("/end", (), "present"),
        ("/state#/word", ("DONE",), "absent"),
    ],
)
def test_what_it_does_not_show_is_a_mismatch(pointer: str, values: tuple[str, ...], expected: str) -> None:
    with pytest.raises(Mismatch, match=expected):
        expect_shown({pointer: values}, BODY)


@pytest.mark.parametrize(
    ("date", "deviation", "verdict"),
    [
        ("Mon, 02 Mar 2026 09:00:05 GMT", "", "PASS"),
        ("Mon, 02 Mar 2026 09:00:05 GMT", "end-in-local-time", "FAIL"),
        ("Mon, 02 Mar 2026 09:00:05 GMT", "end-before-the-start", "FAIL"),
        ("yesterday", "end-in-local-time", "PASS"),
        (None, "end-in-local-time", "PASS"),
    ],
)
def test_without_a_control_the_date_of_replies_says_when_a_job_was(
    date: str | None, deviation: str, verdict: str
) -> None:
    bent = subject("instabase", "instabase/runFlowAsync/job/end-time", deviations=[deviation] if deviation else [])
    without = replace(bent, controls={}, target=bent.target.model_copy(update={"controls": {}}))

    def dated(_: Wire, reply: Reply) -> Reply:
        return replace(reply, headers={**reply.headers, **({"date": date} if date else {})})

    assert judged(without, answered=dated).verdict == verdict


@pytest.mark.parametrize(("late", "verdict"), [(1, "PASS"), (2, "PASS"), (3, "FAIL")])
def test_a_start_that_is_answered_late_now_and_then_does_not_wait(late: int, verdict: str) -> None:
    def bend(server: Any) -> None:
        honest, starts = server.rules.trigger.acceptance, iter(range(9))

        def acceptance(server: Any, run: Any) -> Any:
            told = honest(server, run)
            if next(starts) < late:
                finish(server, run)
            return told

        server.rules.trigger.acceptance = acceptance

    assert judged(subject("pliant", "triggerWorkflow/job/ends-too/slow", bend)).verdict == verdict
