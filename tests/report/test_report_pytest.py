"""A case as pytest's failure block tells it."""

from __future__ import annotations

from made import failure

from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.testing.items import told

CASE = plan(Vendor.load(find("instabase", [])))[0]


def test_a_failure_tells_the_steps_that_led_to_it() -> None:
    line = failure(scenario=("1. create process 1: 201", "2. read process 1: 200"))
    assert "  scenario  1. create process 1: 201\n            2. read process 1: 200\n" in told(line, CASE)


def test_no_reply_steers_the_terminal() -> None:
    shown = told(failure(actual="\x1b[2Jowned\x07", scenario=("1. create: \x1b[31m",)), CASE)
    assert "\\u001b[2Jowned\\u0007" in shown
    assert "\x1b" not in shown
